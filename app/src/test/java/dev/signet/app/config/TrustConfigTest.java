package dev.signet.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.signet.app.crypto.CryptoChoice;
import dev.signet.authorizationserver.claims.ClaimCondition;
import dev.signet.authorizationserver.event.ServerEvent;
import dev.signet.authorizationserver.registry.ProtectedResource;
import dev.signet.authorizationserver.trust.TrustedIssuer;
import dev.signet.authorizationserver.trust.TrustedIssuer.Leniency;
import dev.signet.authorizationserver.trust.TrustedIssuers;
import dev.signet.core.ClientId;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.error.RefusalReason;
import dev.signet.jwt.json.JsonObject;
import dev.signet.testkit.FixedKeys;
import dev.signet.testkit.Requirement;
import dev.signet.testkit.ServerFixture;
import dev.signet.testkit.TokenCall;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the file says about whose JWTs count, and for what. */
class TrustConfigTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T08:00:00Z"), ZoneOffset.UTC);
    private static final String SITE = """
            issuer: http://localhost:8080
            store: {url: "jdbc:h2:file:./data/signet"}
            resources: [{resource: "https://api.example.com", scopes: [a], default: true}, {resource: "urn:example:stock", scopes: [b]}]
            trusted_issuers:
              - issuer: https://ci.example.com
            """;
    private static final String KEYS =
            "    jwks: " + FixedKeys.publicKeys(FixedKeys.issuer()).toJson() + "\n";
    private static final String SUBJECTS = "    subjects: [\"repo:acme/*\"]\n";
    private static final String TRUSTED = SITE + KEYS + SUBJECTS;

    @TempDir
    Path folder;

    private Settings read(String yaml) {
        try {
            Path file = Files.writeString(folder.resolve("signet.yaml"), yaml);
            return ConfigFile.parse(file, Environment.of(Map.of())).read(CryptoChoice.JDK::select, CLOCK);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private TrustedIssuer issuer(String yaml) {
        return read(yaml).parties().trustedIssuers().all().get(0);
    }

    private List<String> faults(String yaml) {
        ConfigException thrown = catchThrowableOfType(ConfigException.class, () -> read(yaml));
        return thrown.faults().stream()
                .map(fault -> fault.toString().replace(folder + "/signet.yaml:", ""))
                .toList();
    }

    @Nested
    class Keys {

        @Test
        void come_from_one_place() {
            String expected = "5: trusted_issuers[0]: expected one of jwks, jwks_uri and discovery: true";
            assertThat(faults(SITE + SUBJECTS)).containsExactly(expected);
            assertThat(faults(SITE + SUBJECTS + "    discovery: false\n")).containsExactly(expected);
            assertThat(faults(TRUSTED + "    discovery: true\n")).containsExactly(expected);
            assertThat(faults(TRUSTED + "    jwks_uri: https://ci.example.com/jwks\n"))
                    .containsExactly(expected);
            for (String keys : List.of(KEYS, "    jwks_uri: https://ci.example.com/jwks\n", "    discovery: true\n")) {
                assertThat(issuer(SITE + SUBJECTS + keys).issuer()).isEqualTo("https://ci.example.com");
            }
        }

        @ParameterizedTest
        @CsvSource({"ci", "http://ci.example.com", "https://ci.example.com?tenant=1"})
        void are_discovered_only_where_metadata_can_be_fetched(String issuer) {
            String yaml = SITE.replace("https://ci.example.com", "\"" + issuer + "\"") + SUBJECTS;
            assertThat(faults(yaml + "    discovery: true\n"))
                    .containsExactly(
                            "7: trusted_issuers[0].discovery: expected an issuer that is an https URL without query"
                                    + " and fragment");
            assertThat(issuer(yaml + KEYS).issuer()).isEqualTo(issuer);
        }
    }

    @Nested
    class Discovery {

        private static final String OPENID = "/.well-known/openid-configuration";

        private HttpServer http;
        private final Map<String, String> documents = new ConcurrentHashMap<>();

        @BeforeEach
        void start() throws IOException {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
            http.createContext("/", exchange -> {
                byte[] body = documents
                        .getOrDefault(exchange.getRequestURI().getPath(), "")
                        .getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(body.length == 0 ? 404 : 200, body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            http.start();
            documents.put("/keys", FixedKeys.publicKeys(FixedKeys.issuer()).toJson());
        }

        @AfterEach
        void stop() {
            http.stop(0);
        }

        private String issuer() {
            return "http://localhost:" + http.getAddress().getPort();
        }

        /** As the discovery provider of SPIRE writes it. */
        private String document(String issuer) {
            return """
                    {"issuer": "%s", "jwks_uri": "%s/keys", "authorization_endpoint": "",
                     "response_types_supported": ["id_token"], "subject_types_supported": [],
                     "id_token_signing_alg_values_supported": ["RS256", "ES256", "ES384"]}""".formatted(issuer, issuer());
        }

        private TokenCall exchange() {
            TrustedIssuers trusted = read(SITE.replace("https://ci.example.com", issuer())
                            + SUBJECTS
                            + "    discovery: true\n    algorithms: [ES256]\n    allow_unauthenticated_client: ci\n"
                            + "    scope: a\noutbound: {allow_hosts: [localhost]}\n")
                    .parties()
                    .trustedIssuers();
            ServerFixture fixture = ServerFixture.with(builder -> builder.trustedIssuers(trusted)
                    .resources(List.of(ProtectedResource.builder(new ResourceIndicator("https://api.example.com"))
                            .scope(Scope.of("a"))
                            .isDefault(true)
                            .build())));
            return fixture.exchange(fixture.grantAssertion().withIssuer(issuer()));
        }

        @Test
        @Requirement("8414-3.3-01")
        void finds_the_keys_of_the_issuer_that_publishes_them() {
            documents.put(OPENID, document(issuer()));
            exchange().send().isIssued();
        }

        @Test
        @Requirement("8414-3.3-01")
        void finds_none_in_the_document_of_another() {
            documents.put(OPENID, document(issuer() + "/"));
            assertThat(exchange()
                            .send()
                            .isRefused(503, "temporarily_unavailable")
                            .events())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            ServerEvent.RequestFailed.class,
                            failed -> assertThat(failed.reason()).isEqualTo(RefusalReason.KEYS_UNAVAILABLE));
        }
    }

    @Nested
    class Conditions {

        @Test
        @Requirement("7523-5-02")
        void are_read_with_the_types_of_their_values() {
            List<ClaimCondition> conditions = issuer(TRUSTED + """
                                conditions:
                                  repository_id: {equals: "74"}
                                  environment: {one_of: [production, staging]}
                                  groups: {contains: deployers}
                                  roles: {contains: [a, b]}
                                  ref: {begins_with: refs/tags/}
                                  protected: {equals: true}
                                  level: {equals: 3}
                            """).conditions();
            assertThat(conditions)
                    .extracting(ClaimCondition::claim)
                    .containsExactly("repository_id", "environment", "groups", "roles", "ref", "protected", "level");
        }

        @Test
        void name_their_faults_at_their_place() {
            assertThat(faults(TRUSTED + """
                        conditions:
                          aud: {equals: x}
                          a: {equals: [x, y]}
                          b: {one_of: []}
                          c: {begins_with: ""}
                          d: {begins_with: 7}
                          e: {equals: x, contains: y}
                          f: {matches: ".*"}
                          g: text
                          h: {equals: null}
                          i: {contains: {x: y}}
                    """))
                    .containsExactly(
                            "9: trusted_issuers[0].conditions.aud.equals: aud has rules of its own",
                            "10: trusted_issuers[0].conditions.a.equals: a value must be text that is not empty, a whole number,"
                                    + " or true or false",
                            "11: trusted_issuers[0].conditions.b.one_of: there must be 1 to 64 values",
                            "12: trusted_issuers[0].conditions.c.begins_with: a value must be text that is not empty, a whole"
                                    + " number, or true or false",
                            "13: trusted_issuers[0].conditions.d.begins_with: the beginning must be text (numbers, true and"
                                    + " false need quotes)",
                            "14: trusted_issuers[0].conditions.e: expected one of equals, one_of, contains and begins_with",
                            "15: trusted_issuers[0].conditions.f.matches: unknown key: expected one of begins_with, contains,"
                                    + " equals, one_of",
                            "15: trusted_issuers[0].conditions.f: expected one of equals, one_of, contains and begins_with",
                            "16: trusted_issuers[0].conditions.g: expected a mapping, found a single value",
                            "17: trusted_issuers[0].conditions.h.equals: a value must be text that is not empty, a whole number,"
                                    + " or true or false",
                            "18: trusted_issuers[0].conditions.i.contains: a value must be text that is not empty, a whole"
                                    + " number, or true or false");
        }

        @Test
        void are_bounded() {
            StringBuilder many = new StringBuilder("    conditions:\n");
            for (int i = 0; i < 33; i++) {
                many.append("      c").append(i).append(": {equals: x}\n");
            }
            assertThat(faults(TRUSTED + many)).containsExactly("8: trusted_issuers[0].conditions: must be at most 32");
        }
    }

    @Nested
    class Subjects {

        private static final JsonObject CLAIMS =
                JsonObject.builder().put("job", "nightly").build();

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "subject_prefix: ci/ | ci/repo:acme/shop",
                    "subject_claim: job | nightly",
                    "{subject_claim: job, subject_prefix: ci/} | ci/nightly",
                    "fixed_subject: builder | builder"
                })
        @Requirement("7521-6.3-01")
        void are_named_as_the_file_says(String keys, String subject) {
            StringBuilder yaml = new StringBuilder(TRUSTED);
            for (String key : keys.replaceAll("[{}]", "").split(", ")) {
                yaml.append("    ").append(key).append('\n');
            }
            TrustedIssuer issuer = issuer(yaml.toString());
            assertThat(issuer.subjects().subjectFor("repo:acme/shop", CLAIMS)).hasValue(subject);
            assertThat(issuer.subjects().subjectFor("repo:evil/shop", CLAIMS)).isEmpty();
        }

        @Test
        void have_one_name() {
            String expected = ": expected one of subject_claim, fixed_subject and a mapping in subjects";
            assertThat(faults(TRUSTED + "    subject_claim: job\n    fixed_subject: builder\n"))
                    .containsExactly("9: trusted_issuers[0].fixed_subject" + expected);
            assertThat(faults(SITE + KEYS + "    subjects: {u1: alice}\n    subject_claim: job\n"))
                    .containsExactly("8: trusted_issuers[0].subject_claim" + expected);
            assertThat(faults(TRUSTED + "    fixed_subject: builder\n    subject_prefix: ci/\n"))
                    .containsExactly("9: trusted_issuers[0].subject_prefix: expected as a part of fixed_subject");
            assertThat(faults(TRUSTED + "    subject_claim: \"\"\n"))
                    .containsExactly("8: trusted_issuers[0].subject_claim: expected the name of a claim");
        }
    }

    @Nested
    class Limits {

        @Test
        void are_off_and_on_as_the_file_says() {
            assertThat(issuer(TRUSTED).isAccountRequired()).isFalse();
            assertThat(issuer(TRUSTED + "    require_account: true\n").isAccountRequired())
                    .isTrue();
            assertThat(issuer(TRUSTED).isEnabled()).isTrue();
            assertThat(issuer(TRUSTED + "    enabled: false\n").isEnabled()).isFalse();
        }

        @Test
        void name_resources_that_are_registered() {
            assertThat(issuer(TRUSTED + "    resources: [\"urn:example:stock\"]\n")
                            .resources())
                    .isEqualTo(Set.of(new ResourceIndicator("urn:example:stock")));
            assertThat(faults(TRUSTED + "    resources: [\"urn:example:stock\", \"urn:example:none\", \"x y\"]\n"))
                    .containsExactly("8: trusted_issuers[0].resources[2]: expected an absolute URI without fragment");
            assertThat(faults(TRUSTED + "    resources: [\"urn:example:stock\", \"urn:example:none\"]\n"))
                    .containsExactly("8: trusted_issuers[0].resources: is not among the resources: urn:example:none");
        }

        @ParameterizedTest
        @EnumSource(Leniency.class)
        @Requirement({"D-02", "D-04", "D-07", "D-08"})
        void are_loosened_by_name(Leniency leniency) {
            String key = leniency.switchName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
            boolean named = leniency == Leniency.ALLOW_UNAUTHENTICATED_CLIENT;
            TrustedIssuer issuer = issuer(TRUSTED + "    " + key + ": " + (named ? "somebody" : "true") + "\n");
            for (Leniency each : Leniency.values()) {
                assertThat(issuer.has(each)).isEqualTo(each == leniency);
            }
            assertThat(issuer.unauthenticatedClient().isPresent()).isEqualTo(named);
            assertThat(issuer.permits(new ClientId("anybody"))).isTrue();
        }
    }
}
