package dev.signet.authorizationserver.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signet.authorizationserver.claims.ClaimCondition;
import dev.signet.authorizationserver.trust.TrustedIssuer.Leniency;
import dev.signet.core.ClientId;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.jwt.JwtSigner;
import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.json.JsonNull;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.SigningKey;
import dev.signet.outbound.KeySource;
import dev.signet.outbound.KeysUnavailableException;
import dev.signet.testkit.Requirement;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A trust as it is kept and as it is read. */
@DisplayName("RFC 7523 §5: a trust that is written down")
class TrustMetadataTest {

    private static final KeySources SOURCES = KeySources.offline(CryptoProvider.jdk());
    private static final SigningKey KEY =
            SigningKey.generate(JwsAlgorithm.ES256, CryptoProvider.jdk(), new SecureRandom());
    private static final JwkSet KEYS = JwkSet.of(List.of(KEY.verificationKey()));
    private static final JsonObject CLAIMS =
            JsonObject.builder().put("job", "nightly").build();

    private static TrustedIssuer.Builder trust() {
        return TrustedIssuer.builder("https://ci.example.com")
                .keys(new IssuerKeys.Known(KEYS), SOURCES)
                .subjects(SubjectPolicy.matching("repo:acme/*"));
    }

    private static JsonObject json() {
        return trust().build().toJson();
    }

    private static JsonObject with(String name, Object value) {
        return json().toBuilder().put(name, value).build();
    }

    private static List<String> faults(JsonObject json) {
        return catchThrowableOfType(InvalidTrust.class, () -> TrustedIssuer.fromJson(json, SOURCES)).faults().stream()
                .map(InvalidTrust.Fault::toString)
                .toList();
    }

    static Stream<TrustedIssuer.Builder> trusts() {
        Stream<SubjectPolicy> policies = Stream.of(
                SubjectPolicy.allowAny(),
                SubjectPolicy.exactly(Set.of("repo:acme/shop", "b")),
                SubjectPolicy.matching("*:main", "repo:acme/*").prefixedWith("ci/"),
                SubjectPolicy.matching("repo:*").fromClaim("job"),
                SubjectPolicy.matching("repo:*")
                        .prefixedWith("lost/")
                        .fromClaim("job")
                        .prefixedWith("ci/"),
                SubjectPolicy.matching("repo:*").as("builder"),
                SubjectPolicy.matching("repo:*").as("builder").prefixedWith("the "),
                SubjectPolicy.mapping(Map.of("repo:acme/shop", "shop", "x", "y")),
                SubjectPolicy.mapping(Map.of("repo:acme/shop", "shop")).prefixedWith("ci/"));
        Stream<TrustedIssuer.Builder> others = Stream.of(
                trust().scope(Scope.of("a", "b")),
                trust().scope(Scope.empty()),
                trust().clients(Set.of(new ClientId("c1"), new ClientId("c2"))),
                trust().resources(Set.of(new ResourceIndicator("https://api.example.com"))),
                trust().algorithms(Set.of(JwsAlgorithm.RS256, JwsAlgorithm.ES256)),
                trust().requiredClaims(Set.of("ref")).attributes(Set.of("mail", "groups")),
                trust().maximumLifetime(Duration.ofSeconds(90)),
                trust().accountRequired(true).enabled(false),
                trust().allowUnauthenticatedClient(new ClientId("somebody")),
                trust().allow(Leniency.ALLOW_ASSERTION_REUSE).allow(Leniency.JTI_OPTIONAL),
                trust().allow(Leniency.ACCEPT_ADDITIONAL_AUDIENCES)
                        .allow(Leniency.ACCEPT_TOKEN_ENDPOINT_AUDIENCE)
                        .allow(Leniency.TOKEN_MAY_OUTLIVE_ASSERTION),
                trust().keys(new IssuerKeys.PublishedAt(URI.create("https://ci.example.com/jwks")), SOURCES),
                trust().keys(new IssuerKeys.Discovered(), SOURCES));
        return Stream.concat(policies.map(policy -> trust().subjects(policy)), others);
    }

    @ParameterizedTest
    @MethodSource("trusts")
    @Requirement("7523-5-02")
    void is_read_as_it_was_written(TrustedIssuer.Builder builder) {
        TrustedIssuer written = builder.build();
        TrustedIssuer read =
                TrustedIssuer.fromJson(JsonObject.parse(written.toJson().toJson()), SOURCES);
        assertThat(read.toJson()).isEqualTo(written.toJson());
        assertThat(read)
                .usingRecursiveComparison()
                .ignoringFields("keys", "keysWritten", "subjects")
                .isEqualTo(written);
        for (String subject : List.of("repo:acme/shop", "repo:evil/shop", "b", "x")) {
            assertThat(read.subjects().subjectFor(subject, CLAIMS))
                    .isEqualTo(written.subjects().subjectFor(subject, CLAIMS));
        }
    }

    @Test
    @Requirement("7523-5-02")
    void has_its_conditions_again() {
        TrustedIssuer read = TrustedIssuer.fromJson(
                JsonObject.parse(trust().conditions(List.of(
                                ClaimCondition.equalTo("repository_id", "74"),
                                ClaimCondition.equalTo("level", 3),
                                ClaimCondition.equalTo("protected", true),
                                ClaimCondition.oneOf("env", List.of("a", "b")),
                                ClaimCondition.contains("groups", List.of("ops")),
                                ClaimCondition.beginsWith("kubernetes.io/x", "refs/")))
                        .build()
                        .toJson()
                        .toJson()),
                SOURCES);
        JsonObject met = JsonObject.parse("""
                {"repository_id": "74", "level": 3, "protected": true, "env": "b", "groups": ["ops", "x"],
                 "kubernetes.io/x": "refs/main"}""");
        assertThat(read.conditions()).hasSize(6).allMatch(condition -> condition.isMet(met));
        Map<String, Object> wrong = Map.of(
                "repository_id",
                74,
                "level",
                "3",
                "protected",
                "true",
                "env",
                "c",
                "groups",
                List.of("x"),
                "kubernetes.io/x",
                "x");
        wrong.forEach((claim, value) -> {
            JsonObject unmet = met.toBuilder().put(claim, value).build();
            assertThat(read.conditions())
                    .filteredOn(condition -> !condition.isMet(unmet))
                    .extracting(ClaimCondition::claim)
                    .containsExactly(claim);
        });
    }

    @Test
    void says_what_would_otherwise_follow_the_defaults_of_the_version_that_reads_it() {
        assertThat(json().findStrings("algorithms")).hasValue(List.of("RS256", "PS256", "ES256", "EdDSA", "Ed25519"));
        assertThat(json().findLong("maximum_lifetime")).hasValue(3600L);
    }

    @Test
    void names_every_fault_with_its_place_and_no_value() {
        JsonObject wrong = json().toBuilder()
                .put("issuer", 7)
                .put("algorithms", List.of("ES256", "secret-value"))
                .put("clients", List.of())
                .put("scope", "secret\tvalue")
                .put("subjects", List.of("a*b*secret-value"))
                .put("maximum_lifetime", "15m")
                .put("enabled", "yes")
                .put("jti_optional", JsonNull.NULL)
                .put("conditions", JsonObject.parse("""
                        {"ref": {"equals": ["a"]}, "aud": {"equals": "a"}, "env": {"matches": "a"}, "x": "y"}"""))
                .build();
        assertThat(faults(wrong))
                .containsExactlyInAnyOrder(
                        "issuer: expected the iss of its assertions (numbers, true and false need quotes to be text)",
                        "algorithms[1]: expected a JWS algorithm such as ES256",
                        "clients: expected one at least",
                        "scope: expected scopes with spaces between",
                        "subjects[0]: expected text with at most one *",
                        "maximum_lifetime: expected a whole number of seconds, found a single value",
                        "enabled: expected true or false, found a single value",
                        "jti_optional: expected true or false, found nothing",
                        "conditions.ref.equals: a value must be text that is not empty, a whole number, or true or false",
                        "conditions.aud.equals: aud has rules of its own",
                        "conditions.env.matches: unknown key: expected one of begins_with, contains, equals, one_of",
                        "conditions.env: expected one of equals, one_of, contains and begins_with",
                        "conditions.x: expected a mapping, found a single value");
    }

    @Test
    void takes_nothing_it_does_not_know_since_that_may_be_a_limit() {
        assertThat(faults(with("only_on_sundays", true)))
                .singleElement()
                .asString()
                .startsWith("only_on_sundays: unknown key");
    }

    @Test
    void holds_the_faults_of_the_whole_against_it_too() {
        assertThatThrownBy(() -> TrustedIssuer.fromJson(with("maximum_lifetime", 90_000), SOURCES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the longest lifetime must be one second to a day");
        assertThatThrownBy(() -> TrustedIssuer.fromJson(with("algorithms", List.of("HS256")), SOURCES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("HS256 is a MAC");
    }

    @Nested
    class Keys {

        @Test
        void come_from_one_place() {
            String expected = "expected one of jwks, jwks_uri and discovery: true";
            assertThat(faults(json().toBuilder().remove("jwks").build())).containsExactly(expected);
            assertThat(faults(with("discovery", true))).containsExactly(expected);
            assertThat(faults(with("jwks_uri", "https://ci.example.com/jwks"))).containsExactly(expected);
        }

        @Test
        void are_never_private_and_never_none() {
            JsonObject priv = JsonObject.builder()
                    .put("keys", List.of(KEY.toPrivateJwk()))
                    .build();
            assertThat(faults(with("jwks", priv))).singleElement().asString().startsWith("jwks: keys[0]: ");
            assertThat(faults(with("jwks", JsonObject.parse("{\"keys\": []}"))))
                    .containsExactly("jwks: expected at least one key");
            assertThat(json().toJson()).doesNotContain("\"d\"");
        }

        @Test
        void that_are_somewhere_else_are_one_source_however_often_the_trust_changes() {
            IssuerKeys there = new IssuerKeys.PublishedAt(URI.create("https://ci.example.com/jwks"));
            TrustedIssuer first = trust().keys(there, SOURCES).build();
            TrustedIssuer changed = TrustedIssuer.fromJson(
                    first.toBuilder().enabled(false).build().toJson(), SOURCES);
            assertThat(changed.keys()).isSameAs(first.keys());
            TrustedIssuer found =
                    trust().keys(new IssuerKeys.Discovered(), SOURCES).build();
            assertThat(TrustedIssuer.fromJson(found.toJson(), SOURCES).keys()).isSameAs(found.keys());
        }

        @Test
        @Requirement("D-42")
        void that_cannot_be_fetched_from_here_are_unavailable_and_refuse_nobody() {
            for (IssuerKeys where : List.of(
                    new IssuerKeys.PublishedAt(URI.create("http://10.0.0.1/jwks")), new IssuerKeys.Discovered())) {
                KeySource keys = trust().keys(where, SOURCES).build().keys();
                UnverifiedJwt jwt = UnverifiedJwt.parse(JwtSigner.of(KEY, "JWT").sign(CLAIMS));
                assertThatThrownBy(() -> keys.verify(jwt, Set.of(JwsAlgorithm.ES256)))
                        .isInstanceOf(KeysUnavailableException.class);
            }
        }
    }

    @Nested
    class Code {

        @Test
        void cannot_be_written() {
            assertThatThrownBy(trust().keys(KeySource.of(KEYS)).build()::toJson)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the keys of https://ci.example.com are given as code, which can't be written down");
            for (SubjectPolicy policy : List.<SubjectPolicy>of(
                    (asserted, claims) -> Optional.of(asserted),
                    SubjectPolicy.exactly(Set.of("a*")),
                    SubjectPolicy.mapping(Map.of("a", "b")).fromClaim("job"))) {
                assertThatThrownBy(trust().subjects(policy).build()::toJson)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage(
                                "the subjects of https://ci.example.com are given as code, which can't be written down");
            }
        }
    }
}
