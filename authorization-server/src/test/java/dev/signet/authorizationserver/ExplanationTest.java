package dev.signet.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.authorizationserver.claims.ClaimCondition;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.registry.TokenFormat;
import dev.signet.authorizationserver.requestobject.RequestPolicy;
import dev.signet.authorizationserver.trust.TrustedIssuer;
import dev.signet.authorizationserver.trust.TrustedIssuers;
import dev.signet.core.ClientId;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.explanation.Check;
import dev.signet.core.explanation.Explanation;
import dev.signet.core.explanation.Finding;
import dev.signet.core.explanation.JwtKind;
import dev.signet.core.explanation.Verdict;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.requestobject.RequestObject;
import dev.signet.core.token.GrantType;
import dev.signet.jwt.Reason;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.JwkSet;
import dev.signet.outbound.KeySource;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A server that explains what it does: the same reason that a request is refused for, at the check that it belongs to. */
class ExplanationTest {

    private static final String REVOKED = "revoked-jti";

    /** A client that is not enabled. */
    private static final String OUT = "out";

    /** A client that may ask people for something. */
    private static final String ASKER = "asker";

    /** A client that people could be sent back to, but that has no grant for that. */
    private static final String ALONE = "alone";

    private final Fixture fixture = withRevoked(standard());

    /** A server whose trusted issuer speaks for production only. */
    private static Fixture standard() {
        return speakingForProduction(builder -> {})
                .and(Fixture.keyClient(OUT, TestKeys.CLIENT))
                .and(asking(ASKER).grantTypes(Set.of(GrantType.AUTHORIZATION_CODE)))
                .and(asking(ALONE))
                .disable(OUT);
    }

    private static Fixture speakingForProduction(Consumer<AuthorizationServer.Builder> settings) {
        TrustedIssuer issuer = Fixture.ci()
                .conditions(List.of(ClaimCondition.equalTo("stage", "production")))
                .build();
        return Fixture.granting(builder -> settings.accept(builder.trustedIssuers(TrustedIssuers.of(List.of(issuer)))));
    }

    private static RegisteredClient.Builder asking(String clientId) {
        return Fixture.keyClient(clientId, TestKeys.CLIENT)
                .authorization(AuthorizationFixture.redirectingTo(AuthorizationFixture.CALLBACK)
                        .build());
    }

    private static Fixture withRevoked(Fixture fixture) {
        fixture.revoke(fixture.accessToken().claim("jti", REVOKED).compact()).isEmpty();
        fixture.events.all().clear();
        return fixture;
    }

    /** What is done to a good JWT so that it fails a check, and passes all others that nothing is said about. */
    private static Map<Check, UnaryOperator<TestAssertion>> defects(JwtKind kind) {
        long now = Fixture.NOW.getEpochSecond();
        Map<Check, UnaryOperator<TestAssertion>> defects = new EnumMap<>(Check.class);
        defects.put(Check.GRANT, jwt -> jwt);
        defects.put(Check.TAKEN, jwt -> jwt);
        defects.put(Check.REQUEST, jwt -> jwt.claim("request_uri", "https://client.example.com/request"));
        defects.put(Check.PARAMETERS, jwt -> jwt.claim("redirect_uri", "https://other.example.com/callback"));
        defects.put(Check.PERMISSION, jwt -> ofClient(kind, ALONE, jwt));
        defects.put(Check.TARGET, jwt -> jwt.claim("scope", "orders.admin"));
        defects.put(Check.FORM, jwt -> jwt.header("crit", List.of("exp")));
        defects.put(Check.CLIENT, jwt -> ofClient(kind, "nobody", jwt));
        defects.put(Check.METHOD, jwt -> jwt.claim("sub", Fixture.BATCH));
        defects.put(Check.ISSUER, jwt -> jwt.claim("iss", "https://other.example.com"));
        defects.put(Check.ALGORITHM, jwt -> jwt.header("alg", "HS256"));
        defects.put(Check.KEY, jwt -> jwt.header("kid", "made-up"));
        defects.put(Check.SIGNATURE, jwt -> jwt.signedWith(TestKeys.ATTACKER).header("kid", keyId(kind)));
        defects.put(Check.TYPE, jwt -> jwt.header("typ", "dpop+jwt"));
        defects.put(Check.CLAIMS, jwt -> jwt.without("aud"));
        defects.put(Check.AUDIENCE, jwt -> jwt.claim("aud", "https://other.example.com"));
        defects.put(Check.EXPIRY, jwt -> jwt.claim("exp", now - 60));
        defects.put(Check.NOT_BEFORE, jwt -> jwt.claim("nbf", now + 60));
        defects.put(Check.ISSUED_AT, jwt -> jwt.claim("iat", now + 60));
        defects.put(Check.CLAIM_FORM, jwt -> jwt.claim("client_id", "\u00e9"));
        defects.put(Check.CONDITIONS, jwt -> jwt.claim("stage", "test"));
        defects.put(Check.SUBJECT, jwt -> jwt.claim("sub", "repo:other/shop"));
        defects.put(Check.REVOCATION, jwt -> jwt.claim("jti", REVOKED));
        defects.put(Check.ENABLED, jwt -> ofClient(kind, OUT, jwt));
        return defects;
    }

    private static TestAssertion ofClient(JwtKind kind, String clientId, TestAssertion jwt) {
        return switch (kind) {
            case ACCESS_TOKEN -> jwt.claim("client_id", clientId);
            case REQUEST_OBJECT -> jwt.claim("client_id", clientId).claim("iss", clientId);
            case CLIENT_ASSERTION, GRANT_ASSERTION -> jwt.claim("sub", clientId).claim("iss", clientId);
        };
    }

    private static String keyId(JwtKind kind) {
        return switch (kind) {
            case ACCESS_TOKEN -> TestKeys.SERVER.keyId();
            case CLIENT_ASSERTION, REQUEST_OBJECT -> TestKeys.CLIENT.keyId();
            case GRANT_ASSERTION -> TestKeys.ISSUER.keyId();
        };
    }

    private static TestAssertion good(Fixture fixture, JwtKind kind) {
        return switch (kind) {
            case ACCESS_TOKEN -> fixture.accessToken();
            case CLIENT_ASSERTION -> fixture.clientAssertion();
            case GRANT_ASSERTION -> fixture.grantAssertion().claim("stage", "production");
            case REQUEST_OBJECT ->
                fixture.clientAssertion(ASKER)
                        .header("typ", RequestObject.TYPE)
                        .without("sub")
                        .claim("client_id", ASKER)
                        .claim("response_type", "code")
                        .claim("redirect_uri", AuthorizationFixture.CALLBACK)
                        .claim("scope", "orders.read")
                        .claim(
                                "code_challenge",
                                AuthorizationFixture.VERIFIER.challenge().value())
                        .claim("code_challenge_method", "S256");
        };
    }

    private static List<Check> checks(Explanation explanation, Verdict verdict) {
        return explanation.findings().stream()
                .filter(finding -> finding.verdict() == verdict)
                .map(Finding::check)
                .toList();
    }

    private Explanation explain(JwtKind kind, TestAssertion jwt) {
        return fixture.server.explain(kind, jwt.compact());
    }

    private RefusalReason reason(JwtKind kind, TestAssertion jwt) {
        return explain(kind, jwt).refusal().flatMap(Finding::reason).orElseThrow();
    }

    /** The checks of a kind, in the order in which they are made. */
    private static List<Check> made(JwtKind kind) {
        Fixture fixture = standard();
        return checks(fixture.server.explain(kind, good(fixture, kind).compact()), Verdict.PASSED);
    }

    @Nested
    @DisplayName("What is accepted")
    class Accepted {

        @ParameterizedTest
        @EnumSource(JwtKind.class)
        void passes_every_check_that_can_be_made_and_uses_nothing_up(JwtKind kind) {
            TestAssertion jwt = good(fixture, kind);
            Explanation explanation = explain(kind, jwt);
            assertThat(explanation.isAccepted()).isTrue();
            assertThat(explanation.refusal()).isEmpty();
            assertThat(explanation.kind()).isEqualTo(kind);
            assertThat(checks(explanation, Verdict.FAILED)).isEmpty();
            assertThat(checks(explanation, Verdict.NOT_REACHED))
                    .containsExactlyElementsOf(
                            switch (kind) {
                                case ACCESS_TOKEN -> List.of(Check.AUDIENCE);
                                case CLIENT_ASSERTION -> List.of(Check.SINGLE_USE);
                                case GRANT_ASSERTION -> List.of(Check.PERMISSION, Check.TARGET, Check.SINGLE_USE);
                                case REQUEST_OBJECT -> List.of(Check.SINGLE_USE);
                            });
            assertThat(explanation.findings())
                    .filteredOn(finding -> finding.verdict() == Verdict.NOT_REACHED)
                    .allMatch(finding -> !finding.detail().isEmpty());
            assertThat(fixture.events.all()).isEmpty();
        }

        @Test
        void can_be_used_afterwards_once_as_ever() {
            TestAssertion client = fixture.clientAssertion();
            TestAssertion grant = good(fixture, JwtKind.GRANT_ASSERTION);
            explain(JwtKind.CLIENT_ASSERTION, client);
            explain(JwtKind.GRANT_ASSERTION, grant);
            fixture.exchange(grant.compact()).assertion(client).send().isIssued();
            fixture.exchange(grant.compact()).assertion(client).send().isInvalidClient();
        }

        @Test
        void may_be_issued_by_another_node_of_the_server() {
            Fixture other = Fixture.standard();
            assertThat(fixture.server
                            .explain(JwtKind.ACCESS_TOKEN, other.token())
                            .isAccepted())
                    .isTrue();
        }
    }

    @Nested
    @DisplayName("The order of the checks is that of the code")
    class Order {

        static Stream<Arguments> pairs() {
            List<Arguments> pairs = new ArrayList<>();
            for (JwtKind kind : JwtKind.values()) {
                List<Check> made = made(kind);
                for (int first = 0; first < made.size(); first++) {
                    for (int second = first; second < made.size(); second++) {
                        pairs.add(Arguments.of(kind, made.get(first), made.get(second)));
                    }
                }
            }
            return pairs.stream();
        }

        @ParameterizedTest
        @MethodSource("pairs")
        void what_fails_two_checks_is_refused_at_the_first(JwtKind kind, Check first, Check second) {
            Fixture tried = withRevoked(
                    switch (first) {
                        case GRANT -> Fixture.with(builder -> builder.trustedIssuers(TrustedIssuers.none()));
                        case TAKEN ->
                            speakingForProduction(builder -> builder.requestPolicy(RequestPolicy.builder()
                                    .takeRequestObjects(false)
                                    .build()));
                        default -> standard();
                    });
            Map<Check, UnaryOperator<TestAssertion>> defects = defects(kind);
            // The first is made last, where both change the same member.
            TestAssertion jwt = defects.get(first).apply(defects.get(second).apply(good(tried, kind)));
            Explanation explanation = tried.server.explain(kind, jwt.compact());
            assertThat(explanation.isAccepted()).isFalse();
            assertThat(checks(explanation, Verdict.FAILED)).containsExactly(first);
            List<Check> made = made(kind);
            assertThat(checks(explanation, Verdict.PASSED)).isEqualTo(made.subList(0, made.indexOf(first)));
            assertThat(checks(explanation, Verdict.NOT_REACHED))
                    .containsAll(made.subList(made.indexOf(first) + 1, made.size()));
            Finding refusal = explanation.refusal().orElseThrow();
            assertThat(refusal.check().reasons()).contains(refusal.reason().orElseThrow());
            assertThat(refusal.detail()).isNotEmpty();
            assertThat(tried.events.all()).isEmpty();
        }

        static Stream<Arguments> failing() {
            return Arrays.stream(JwtKind.values())
                    .flatMap(kind -> made(kind).stream()
                            .filter(check -> check != Check.GRANT && check != Check.TAKEN)
                            .map(check -> Arguments.of(kind, check)));
        }

        @ParameterizedTest
        @MethodSource("failing")
        void a_request_is_refused_for_the_same_reason(JwtKind kind, Check check) {
            TestAssertion jwt = defects(kind).get(check).apply(good(fixture, kind));
            RefusalReason explained = reason(kind, jwt);
            switch (kind) {
                case ACCESS_TOKEN -> fixture.introspect(jwt.compact()).isInactive();
                case CLIENT_ASSERTION ->
                    fixture.clientCredentials().assertion(jwt).send().isInvalidClient();
                case GRANT_ASSERTION -> fixture.exchange(jwt).send().isInvalidGrant();
                case REQUEST_OBJECT -> {
                    String clientId = jwt.text("client_id");
                    fixture.server.handle(ProtocolRequest.of(
                            "GET", "/authorize?client_id=" + clientId + "&request=" + jwt.compact(), Map.of()));
                }
            }
            assertThat(fixture.events.refusalOrInactive()).isEqualTo(explained);
        }

        @ParameterizedTest
        @EnumSource(JwtKind.class)
        void every_reason_to_refuse_a_jwt_belongs_to_a_check_of_each_kind_that_gives_it(JwtKind kind) {
            Set<Check> neverMade = EnumSet.noneOf(Check.class);
            for (Reason reason : Reason.values()) {
                Check check = Check.find(RefusalReason.of(reason)).orElseThrow();
                if (!made(kind).contains(check)) {
                    neverMade.add(check);
                }
            }
            assertThat(neverMade)
                    .isEqualTo(
                            switch (kind) {
                                case ACCESS_TOKEN -> EnumSet.of(Check.ENCRYPTION, Check.AUDIENCE, Check.SUBJECT);
                                case CLIENT_ASSERTION -> EnumSet.of(Check.ENCRYPTION, Check.CLAIM_FORM, Check.SUBJECT);
                                case GRANT_ASSERTION -> EnumSet.of(Check.ENCRYPTION, Check.CLAIM_FORM);
                                case REQUEST_OBJECT ->
                                    EnumSet.of(Check.ENCRYPTION, Check.CLAIM_FORM, Check.ISSUER, Check.SUBJECT);
                            });
        }
    }

    @Nested
    @DisplayName("What is refused")
    class Refused {

        @Test
        void is_refused_when_keys_cannot_be_had() {
            fixture.and(Fixture.client("remote", ClientAuthenticationMethod.PRIVATE_KEY_JWT)
                    .jwksUri(URI.create("https://client.example.com/jwks")));
            TestAssertion jwt = fixture.clientAssertion("remote");
            assertThat(reason(JwtKind.CLIENT_ASSERTION, jwt)).isEqualTo(RefusalReason.KEYS_UNAVAILABLE);
            assertThat(reason(JwtKind.CLIENT_ASSERTION, jwt.header("alg", "HS256")))
                    .isEqualTo(RefusalReason.JWT_ALGORITHM_NOT_ALLOWED);
        }

        @ParameterizedTest
        @EnumSource(JwtKind.class)
        void may_be_anything(JwtKind kind) {
            for (String garbage : List.of("", "garbage", "a.b.c", "a.b.c.d.e", "\ud83d\ude00.e30.e30", "....")) {
                Explanation explanation = fixture.server.explain(kind, garbage);
                assertThat(checks(explanation, Verdict.FAILED)).containsExactly(Check.FORM);
                assertThat(explanation.toJson().toJson()).doesNotContain("garbage");
            }
        }

        @Test
        void may_be_a_token_whose_key_is_no_longer_published() {
            TestAssertion token = fixture.accessToken().signedWith(TestKeys.ED25519);
            assertThat(reason(JwtKind.ACCESS_TOKEN, token)).isEqualTo(RefusalReason.JWT_KEY_UNKNOWN);
        }

        @Test
        void may_be_a_token_that_has_expired_by_now() {
            TestAssertion token = fixture.accessToken();
            assertThat(explain(JwtKind.ACCESS_TOKEN, token).isAccepted()).isTrue();
            fixture.clock.advance(Duration.ofMinutes(10));
            assertThat(reason(JwtKind.ACCESS_TOKEN, token)).isEqualTo(RefusalReason.JWT_EXPIRED);
        }

        /** Whatever is in a JWT, some check of its kind has the reason that it is refused for. */
        @ParameterizedTest
        @EnumSource(JwtKind.class)
        void may_hold_any_value_in_any_claim(JwtKind kind) {
            long now = Fixture.NOW.getEpochSecond();
            List<String> names = List.of("iss", "sub", "aud", "exp", "nbf", "iat", "jti", "client_id", "scope", "cnf");
            List<Object> values = List.of(
                    "",
                    "x",
                    "\u0000",
                    Fixture.ISSUER.value(),
                    Fixture.REPORTER,
                    List.of(),
                    List.of("x", 5L),
                    true,
                    -1L,
                    now,
                    now + 31,
                    now - 31,
                    Long.MAX_VALUE,
                    JsonObject.empty());
            for (String name : names) {
                for (Object value : values) {
                    Explanation explanation = explain(kind, good(fixture, kind).claim(name, value));
                    assertThat(checks(explanation, Verdict.FAILED))
                            .as("%s = %s", name, value)
                            .hasSize(explanation.isAccepted() ? 0 : 1);
                }
            }
        }

        @ParameterizedTest
        @EnumSource(JwtKind.class)
        void may_be_changed_anywhere(JwtKind kind) {
            String jwt = good(fixture, kind).compact();
            Random random = new Random(20_261_121);
            for (int change = 0; change < 500; change++) {
                StringBuilder changed = new StringBuilder(jwt);
                changed.setCharAt(
                        random.nextInt(jwt.length()), (char) random.nextInt(random.nextBoolean() ? 128 : 65_536));
                boolean same = changed.toString().equals(jwt);
                assertThat(fixture.server.explain(kind, changed.toString()).isAccepted())
                        .isEqualTo(same);
            }
        }

        @Test
        void may_be_a_request_object_of_another_than_the_client_named_beside_it() {
            String jwt = good(fixture, JwtKind.REQUEST_OBJECT).claim("iss", OUT).compact();
            Explanation explanation = fixture.server.explain(new ClientId(ASKER), JwtKind.REQUEST_OBJECT, jwt);
            assertThat(explanation.refusal().flatMap(Finding::reason)).contains(RefusalReason.JWT_ISSUER);
            String own = good(fixture, JwtKind.REQUEST_OBJECT).compact();
            assertThat(fixture.server.recognize(own)).contains(JwtKind.REQUEST_OBJECT);
            assertThat(fixture.server
                            .explain(new ClientId(ASKER), JwtKind.REQUEST_OBJECT, own)
                            .isAccepted())
                    .isTrue();
        }

        @Test
        void is_everything_where_nobody_is_asked_for_anything() {
            Explanation explanation = Fixture.standard()
                    .server
                    .explain(
                            JwtKind.REQUEST_OBJECT,
                            good(fixture, JwtKind.REQUEST_OBJECT).compact());
            assertThat(explanation.refusal().flatMap(Finding::reason))
                    .contains(RefusalReason.REQUEST_OBJECT_UNSUPPORTED);
        }

        @Test
        void never_shows_what_is_in_the_jwt() {
            TestAssertion jwt = fixture.grantAssertion().claim("aud", "https://secret.example.com");
            assertThat(explain(JwtKind.GRANT_ASSERTION, jwt).toString()).doesNotContain("secret.example.com");
        }
    }

    @Nested
    @DisplayName("RFC 9068 §6: tokens that say nothing themselves")
    class Kept {

        private final Fixture opaque = Fixture.with(builder -> builder.resources(List.of(
                Fixture.orders().tokenFormat(TokenFormat.opaque()).build(),
                Fixture.stock().build())));

        private List<Verdict> verdicts(String token) {
            Explanation explanation = opaque.server.explain(JwtKind.ACCESS_TOKEN, token);
            assertThat(explanation.findings())
                    .extracting(Finding::check)
                    .containsExactly(
                            Check.KEPT, Check.EXPIRY, Check.REVOCATION, Check.CLIENT, Check.ENABLED, Check.AUDIENCE);
            return explanation.findings().stream().map(Finding::verdict).toList();
        }

        @Test
        void are_held_to_what_is_kept_about_them() {
            String token = opaque.token();
            String other = opaque.token();
            assertThat(opaque.server.recognize(token)).contains(JwtKind.ACCESS_TOKEN);
            assertThat(verdicts(token))
                    .containsExactly(
                            Verdict.PASSED,
                            Verdict.PASSED,
                            Verdict.PASSED,
                            Verdict.PASSED,
                            Verdict.PASSED,
                            Verdict.NOT_REACHED);
            opaque.revoke(token).isEmpty();
            assertThat(verdicts(token))
                    .containsExactly(
                            Verdict.PASSED,
                            Verdict.PASSED,
                            Verdict.FAILED,
                            Verdict.NOT_REACHED,
                            Verdict.NOT_REACHED,
                            Verdict.NOT_REACHED);
            assertThat(verdicts(other))
                    .containsExactly(
                            Verdict.PASSED,
                            Verdict.PASSED,
                            Verdict.PASSED,
                            Verdict.PASSED,
                            Verdict.PASSED,
                            Verdict.NOT_REACHED);
            opaque.clock.advance(Duration.ofMinutes(10));
            assertThat(verdicts(token))
                    .containsExactly(
                            Verdict.PASSED,
                            Verdict.FAILED,
                            Verdict.NOT_REACHED,
                            Verdict.NOT_REACHED,
                            Verdict.NOT_REACHED,
                            Verdict.NOT_REACHED);
        }

        @Test
        void are_no_jwts_where_nothing_is_kept_about_them() {
            String unknown = TestAssertion.base64(new byte[32]);
            assertThat(opaque.server.recognize(unknown)).isEmpty();
            assertThat(opaque.server
                            .explain(JwtKind.ACCESS_TOKEN, unknown)
                            .refusal()
                            .flatMap(Finding::reason))
                    .contains(RefusalReason.JWT_MALFORMED);
        }
    }

    @Nested
    @DisplayName("Without revocation")
    class WithoutRevocation {

        @Test
        void revocation_is_told_as_never_asked() {
            Fixture without = Fixture.withoutRevocation(builder -> {});
            Explanation explanation = without.server.explain(JwtKind.ACCESS_TOKEN, without.token());
            assertThat(explanation.isAccepted()).isTrue();
            assertThat(checks(explanation, Verdict.NOT_REACHED)).containsExactly(Check.REVOCATION, Check.AUDIENCE);
        }
    }

    @Nested
    @DisplayName("What a JWT seems to be")
    class Recognized {

        @ParameterizedTest
        @EnumSource(JwtKind.class)
        void follows_from_its_type_and_issuer(JwtKind kind) {
            TestAssertion jwt = good(fixture, kind);
            assertThat(fixture.server.recognize(jwt.compact())).contains(kind);
            assertThat(fixture.server.recognize(jwt.header("typ", "JWT").compact()))
                    .contains(kind);
            assertThat(fixture.server.recognize(jwt.withoutHeader("typ").compact()))
                    .contains(kind);
        }

        @Test
        void may_be_told_by_a_type_in_any_form() {
            TestAssertion jwt = fixture.grantAssertion();
            assertThat(fixture.server.recognize(
                            jwt.header("typ", "Application/AT+JWT").compact()))
                    .contains(JwtKind.ACCESS_TOKEN);
        }

        @Test
        void may_be_nothing_that_is_taken_here() {
            assertThat(fixture.server.recognize("garbage")).isEmpty();
            assertThat(fixture.server.recognize(
                            fixture.grantAssertion().header("typ", "dpop+jwt").compact()))
                    .isEmpty();
            assertThat(fixture.server.recognize(
                            fixture.grantAssertion().without("iss").compact()))
                    .isEmpty();
        }
    }

    @Test
    void a_trusted_issuer_that_is_not_enabled_is_told_from_one_that_is_not_trusted() {
        Fixture disabled = Fixture.withIssuer(issuer -> issuer.enabled(false));
        Finding refusal = disabled.server
                .explain(JwtKind.GRANT_ASSERTION, disabled.grantAssertion().compact())
                .refusal()
                .orElseThrow();
        assertThat(refusal.check()).isEqualTo(Check.ISSUER);
        assertThat(refusal.reason()).contains(RefusalReason.ASSERTION_ISSUER_DISABLED);
    }

    @Test
    void a_trusted_issuer_without_a_fitting_key_is_told_from_one_that_is_not_trusted() {
        Fixture keyless = Fixture.withIssuer(issuer -> issuer.keys(KeySource.of(JwkSet.empty())));
        assertThat(keyless.server
                        .explain(
                                JwtKind.GRANT_ASSERTION,
                                keyless.grantAssertion().compact())
                        .refusal()
                        .map(Finding::check))
                .contains(Check.KEY);
    }
}
