package dev.signet.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.authorizationserver.claims.ClaimCondition;
import dev.signet.authorizationserver.registry.FederatedIdentity;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.registry.SelfIssuedAssertions;
import dev.signet.authorizationserver.trust.SubjectPolicy;
import dev.signet.authorizationserver.trust.TrustedIssuer;
import dev.signet.authorizationserver.trust.TrustedIssuer.Leniency;
import dev.signet.authorizationserver.trust.TrustedIssuers;
import dev.signet.core.ClientId;
import dev.signet.core.assertion.ClientAssertion;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.explanation.Explanation;
import dev.signet.core.explanation.Finding;
import dev.signet.core.explanation.JwtKind;
import dev.signet.core.explanation.Verdict;
import dev.signet.outbound.KeysUnavailableException;
import dev.signet.testkit.Requirement;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FederatedClientTest {

    private static final String WORKER = "orders-worker";
    private static final String POD = "system:serviceaccount:shop:orders-worker";
    private static final String NEIGHBOUR = "system:serviceaccount:other:orders-worker";

    /** A client that is the pod of that name, if the cluster says so. */
    private static RegisteredClient.Builder worker() {
        return worker(ClaimCondition.equalTo("sub", POD));
    }

    private static RegisteredClient.Builder worker(ClaimCondition... conditions) {
        return Fixture.client(WORKER, ClientAuthenticationMethod.PRIVATE_KEY_JWT)
                .federatedIdentity(new FederatedIdentity(Fixture.TRUSTED_ISSUER, List.of(conditions)));
    }

    /** A server that trusts a cluster for all its pods, with that client. */
    private static Fixture server(UnaryOperator<TrustedIssuer.Builder> trust) {
        return Fixture.withIssuer(issuer ->
                        trust.apply(issuer.subjects(SubjectPolicy.matching("system:serviceaccount:*", WORKER))))
                .and(worker());
    }

    private static Fixture server() {
        return server(trust -> trust);
    }

    /** The JWT that the cluster gave to a pod. */
    private static TestAssertion jwtOf(Fixture server, String pod) {
        return server.grantAssertion().claim("sub", pod);
    }

    private static TestCall call(Fixture server, TestAssertion jwt) {
        return server.clientCredentials().assertion(jwt).with("client_id", WORKER);
    }

    private static RefusalReason reason(Fixture server) {
        return server.events.refusal().reason();
    }

    @Nested
    @DisplayName("RFC 7521 §4.2: a client whose JWTs somebody else makes")
    class Authenticates {

        @Test
        @Requirement({"D-55", "7521-4.2-04", "7523-2.2-01"})
        void gets_tokens_as_itself() {
            Fixture server = server();
            var claims = call(server, jwtOf(server, POD)).send().token().claims();
            assertThat(claims.requireString("sub")).isEqualTo(WORKER);
            assertThat(claims.requireString("client_id")).isEqualTo(WORKER);
        }

        @Test
        void is_named_by_sub_where_that_is_its_client_id() {
            Fixture server = Fixture.withIssuer(issuer -> issuer.subjects(SubjectPolicy.exactly(Set.of(WORKER))))
                    .and(worker(ClaimCondition.equalTo("sub", WORKER)));
            server.clientCredentials().assertion(jwtOf(server, WORKER)).send().isIssued();
        }

        @Test
        @Requirement("7521-4.2-03")
        void is_nobody_without_its_name() {
            Fixture server = server();
            server.clientCredentials().assertion(jwtOf(server, POD)).send().isInvalidClient();
            assertThat(reason(server)).isEqualTo(RefusalReason.CLIENT_UNKNOWN);
            call(server, jwtOf(server, POD))
                    .with("client_id", Fixture.REPORTER)
                    .send()
                    .isInvalidClient();
            assertThat(reason(server)).isEqualTo(RefusalReason.CLIENT_ID_MISMATCH);
        }

        @Test
        @Requirement("7521-4.2-05")
        void does_so_at_every_endpoint() {
            Fixture server = server();
            String token = call(server, jwtOf(server, POD)).send().json().requireString("access_token");
            server.revocation(token)
                    .assertion(jwtOf(server, POD))
                    .with("client_id", WORKER)
                    .send()
                    .isEmpty();
            server.introspection(token)
                    .assertion(jwtOf(server, POD))
                    .with("client_id", WORKER)
                    .send()
                    .isInactive();
            server.exchange(server.grantAssertion()
                            .claim("sub", "system:serviceaccount:shop:other")
                            .compact())
                    .assertion(jwtOf(server, POD))
                    .with("client_id", WORKER)
                    .send()
                    .isIssued();
        }
    }

    @Nested
    @DisplayName("RFC 7523 §3: what is refused")
    class Refused {

        static Stream<Arguments> jwts() {
            long now = Fixture.NOW.getEpochSecond();
            return Stream.of(
                    jwt(RefusalReason.CLIENT_IDENTITY_OTHER, jwt -> jwt.claim("sub", NEIGHBOUR)),
                    jwt(RefusalReason.CLIENT_IDENTITY_OTHER, jwt -> jwt.claim("sub", POD + "2")),
                    jwt(RefusalReason.ASSERTION_SUBJECT_REFUSED, jwt -> jwt.claim("sub", "somebody")),
                    jwt(RefusalReason.JWT_ISSUER, jwt -> jwt.claim("iss", "https://ci.example.com/")),
                    jwt(
                            RefusalReason.JWT_ISSUER,
                            jwt -> jwt.claim("iss", WORKER).claim("sub", WORKER)),
                    jwt(RefusalReason.JWT_ISSUER, jwt -> jwt.without("iss")),
                    jwt(RefusalReason.JWT_MISSING_CLAIM, jwt -> jwt.without("sub")),
                    jwt(RefusalReason.JWT_MISSING_CLAIM, jwt -> jwt.without("jti")),
                    jwt(RefusalReason.JWT_AUDIENCE, jwt -> jwt.claim("aud", "https://other.example.com")),
                    jwt(RefusalReason.JWT_AUDIENCE, jwt -> jwt.claim("aud", Fixture.TOKEN_ENDPOINT)),
                    jwt(RefusalReason.JWT_EXPIRED, jwt -> jwt.claim("exp", now - 31)),
                    jwt(RefusalReason.JWT_LIFETIME_TOO_LONG, jwt -> jwt.claim("exp", now + 7200)),
                    jwt(RefusalReason.JWT_KEY_UNKNOWN, jwt -> jwt.signedWith(TestKeys.CLIENT)),
                    jwt(
                            RefusalReason.JWT_BAD_SIGNATURE,
                            jwt -> jwt.signedWith(TestKeys.ATTACKER).header("kid", TestKeys.ISSUER.keyId())),
                    jwt(RefusalReason.JWT_ALGORITHM_NOT_ALLOWED, jwt -> jwt.signedWith(TestKeys.RSA)),
                    jwt(RefusalReason.JWT_TYPE, jwt -> jwt.header("typ", "at+jwt")));
        }

        private static Arguments jwt(RefusalReason reason, UnaryOperator<TestAssertion> change) {
            return Arguments.of(reason, change);
        }

        @ParameterizedTest
        @MethodSource("jwts")
        @Requirement({"D-55", "7521-4.2.1-01", "7523-3.2-01"})
        void is_invalid_client_and_explained_so(RefusalReason reason, UnaryOperator<TestAssertion> change) {
            Fixture server = server();
            TestAssertion jwt = change.apply(jwtOf(server, POD));
            call(server, jwt).send().isInvalidClient();
            assertThat(reason(server)).isEqualTo(reason);
            Explanation explanation =
                    server.server.explain(new ClientId(WORKER), JwtKind.CLIENT_ASSERTION, jwt.compact());
            assertThat(explanation.refusal().flatMap(Finding::reason)).contains(reason);
        }

        @Test
        void leaves_the_JWT_for_whom_it_is() {
            Fixture server = server();
            TestAssertion jwt = jwtOf(server, POD);
            server.and(Fixture.client("impostor", ClientAuthenticationMethod.PRIVATE_KEY_JWT)
                    .federatedIdentity(new FederatedIdentity(
                            Fixture.TRUSTED_ISSUER, List.of(ClaimCondition.equalTo("sub", NEIGHBOUR)))));
            call(server, jwt).with("client_id", "impostor").send().isInvalidClient();
            call(server, jwt).send().isIssued();
        }

        @Test
        void meets_every_condition() {
            Fixture server = Fixture.withIssuer(issuer -> issuer)
                    .and(worker(ClaimCondition.beginsWith("sub", "repo:acme/"), ClaimCondition.equalTo("ref", "main")));
            call(server, server.grantAssertion().claim("ref", "main")).send().isIssued();
            call(server, server.grantAssertion()).send().isInvalidClient();
            call(server, server.grantAssertion().claim("ref", "next")).send().isInvalidClient();
        }

        @Test
        void is_a_trust_that_is_for_others_or_not_enabled_or_gone() {
            Fixture others = server(trust -> trust.clients(Set.of(new ClientId(Fixture.BATCH))));
            call(others, jwtOf(others, POD)).send().isInvalidClient();
            assertThat(reason(others)).isEqualTo(RefusalReason.GRANT_TYPE_NOT_ALLOWED);
            Fixture named = server(trust -> trust.clients(Set.of(new ClientId(WORKER))));
            call(named, jwtOf(named, POD)).send().isIssued();
            Fixture disabled = server(trust -> trust.enabled(false));
            call(disabled, jwtOf(disabled, POD)).send().isInvalidClient();
            assertThat(reason(disabled)).isEqualTo(RefusalReason.ASSERTION_ISSUER_DISABLED);
            Fixture gone = Fixture.with(builder -> builder.trustedIssuers(TrustedIssuers.none()))
                    .and(worker());
            call(gone, jwtOf(gone, POD)).send().isInvalidClient();
            assertThat(reason(gone)).isEqualTo(RefusalReason.ASSERTION_ISSUER_UNTRUSTED);
        }

        @Test
        void is_a_condition_of_the_trust_that_is_not_met() {
            Fixture server = server(trust -> trust.conditions(List.of(ClaimCondition.equalTo("cluster", "one"))));
            call(server, jwtOf(server, POD)).send().isInvalidClient();
            assertThat(reason(server)).isEqualTo(RefusalReason.ASSERTION_CONDITION_UNMET);
            call(server, jwtOf(server, POD).claim("cluster", "one")).send().isIssued();
        }

        @Test
        void is_nothing_where_the_keys_cannot_be_had() {
            Fixture server = server(trust -> trust.keys((jwt, allowed) -> {
                throw new KeysUnavailableException("down", new IllegalStateException());
            }));
            call(server, jwtOf(server, POD)).send().isRefused(503, "temporarily_unavailable");
        }

        @Test
        void is_a_client_that_another_client_speaks_for() {
            Fixture server = Fixture.with(builder -> builder.selfIssuedAssertions(true))
                    .and(Fixture.keyClient("agent", TestKeys.CLIENT)
                            .selfIssuedAssertions(
                                    SelfIssuedAssertions.aboutItself().andAbout("pod-*")))
                    .and(Fixture.client(WORKER, ClientAuthenticationMethod.PRIVATE_KEY_JWT)
                            .federatedIdentity(
                                    new FederatedIdentity("agent", List.of(ClaimCondition.equalTo("sub", "pod-1")))));
            call(
                            server,
                            server.grantAssertion()
                                    .claim("iss", "agent")
                                    .claim("sub", "pod-1")
                                    .signedWith(TestKeys.CLIENT))
                    .send()
                    .isInvalidClient();
        }
    }

    @Nested
    @DisplayName("One way to authenticate")
    class OneWay {

        @Test
        @Requirement({"D-55", "7521-5.2-02", "7523-3.2-02"})
        void is_never_a_trusted_issuer_for_a_client_with_keys_of_its_own() {
            Fixture server = Fixture.withIssuer(issuer -> issuer.subjects(SubjectPolicy.allowAny()));
            server.clientCredentials()
                    .assertion(server.grantAssertion().claim("sub", Fixture.REPORTER))
                    .send()
                    .isInvalidClient();
            server.clientCredentials()
                    .assertion(server.grantAssertion())
                    .with("client_id", Fixture.REPORTER)
                    .send()
                    .isInvalidClient();
        }

        @Test
        void is_never_an_assertion_that_the_client_signs_itself() {
            Fixture server = server();
            server.clientCredentials()
                    .assertion(server.clientAssertion(WORKER))
                    .send()
                    .isInvalidClient();
            assertThat(reason(server)).isEqualTo(RefusalReason.JWT_ISSUER);
            call(server, jwtOf(server, POD).header("typ", ClientAssertion.TYPE))
                    .send()
                    .isInvalidClient();
        }

        @Test
        void is_off_where_the_method_is() {
            Fixture server = Fixture.with(builder -> builder.authenticationMethods(
                                    Set.of(ClientAuthenticationMethod.CLIENT_SECRET_BASIC))
                            .trustedIssuers(TrustedIssuers.of(List.of(Fixture.ci()
                                    .subjects(SubjectPolicy.matching("system:*"))
                                    .build()))))
                    .and(worker());
            call(server, jwtOf(server, POD)).send().isInvalidClient();
            assertThat(reason(server)).isEqualTo(RefusalReason.CLIENT_METHOD_NOT_REGISTERED);
        }
    }

    @Nested
    @DisplayName("RFC 7523 §3 item 7: replay")
    class Replay {

        @Test
        @Requirement({"D-04", "D-55", "7523-3-16", "OIDC-9-04"})
        void is_refused_whatever_the_JWT_was_used_for() {
            Fixture server = server();
            TestAssertion first = jwtOf(server, POD);
            call(server, first).send().isIssued();
            call(server, first).send().isInvalidClient();
            assertThat(reason(server)).isEqualTo(RefusalReason.ASSERTION_REPLAYED);
            server.exchange(first).send().isInvalidGrant();
            assertThat(reason(server)).isEqualTo(RefusalReason.ASSERTION_REPLAYED);
            TestAssertion second = jwtOf(server, POD);
            server.exchange(second).send().isIssued();
            call(server, second).send().isInvalidClient();
            assertThat(reason(server)).isEqualTo(RefusalReason.ASSERTION_REPLAYED);
        }

        @Test
        @Requirement("D-04")
        void is_using_one_JWT_twice_in_a_request() {
            Fixture server = server();
            TestAssertion both = jwtOf(server, POD);
            server.exchange(both.compact())
                    .assertion(both)
                    .with("client_id", WORKER)
                    .send()
                    .isInvalidGrant();
            assertThat(reason(server)).isEqualTo(RefusalReason.ASSERTION_REPLAYED);
            call(server, both).send().isIssued();
        }

        @Test
        @Requirement("D-04")
        void is_no_replay_where_the_trust_allows_reuse_which_is_reported() {
            Fixture server =
                    server(trust -> trust.allow(Leniency.ALLOW_ASSERTION_REUSE).allow(Leniency.JTI_OPTIONAL));
            TestAssertion jwt = jwtOf(server, POD).without("jti");
            call(server, jwt).send().isIssued();
            call(server, jwt).send().isIssued();
            assertThat(server.events.leniencies())
                    .containsExactly("jtiOptional", "allowAssertionReuse", "jtiOptional", "allowAssertionReuse");
        }
    }

    @Nested
    @DisplayName("What is explained")
    class Explained {

        @Test
        void is_each_check_in_its_order() {
            Fixture server = server();
            Explanation explanation = server.server.explain(
                    new ClientId(WORKER),
                    JwtKind.CLIENT_ASSERTION,
                    jwtOf(server, POD).compact());
            assertThat(explanation.isAccepted()).isTrue();
            assertThat(explanation.kind()).isEqualTo(JwtKind.CLIENT_ASSERTION);
            assertThat(explanation.findings())
                    .filteredOn(finding -> finding.verdict() == Verdict.PASSED)
                    .extracting(finding -> finding.check().id())
                    .containsExactly(
                            "form",
                            "client",
                            "method",
                            "issuer",
                            "algorithm",
                            "key",
                            "signature",
                            "type",
                            "claims",
                            "audience",
                            "expiry",
                            "not-before",
                            "issued-at",
                            "conditions",
                            "subject",
                            "identity",
                            "permission",
                            "enabled");
            assertThat(server.events.all()).isEmpty();
        }

        @Test
        void is_a_name_that_does_not_fit() {
            Fixture server = server();
            Explanation explanation = server.server.explain(
                    new ClientId(Fixture.REPORTER),
                    JwtKind.CLIENT_ASSERTION,
                    jwtOf(server, POD).compact());
            assertThat(explanation.refusal().flatMap(Finding::reason)).contains(RefusalReason.CLIENT_ID_MISMATCH);
            assertThat(server.server
                            .explain(new ClientId(WORKER), JwtKind.CLIENT_ASSERTION, "no JWT")
                            .refusal()
                            .flatMap(Finding::reason))
                    .contains(RefusalReason.JWT_MALFORMED);
        }
    }
}
