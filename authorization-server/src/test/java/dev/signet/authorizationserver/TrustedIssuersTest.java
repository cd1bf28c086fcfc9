package dev.signet.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.authorizationserver.claims.ClaimCondition;
import dev.signet.authorizationserver.trust.SubjectPolicy;
import dev.signet.authorizationserver.trust.TrustedIssuer;
import dev.signet.authorizationserver.trust.TrustedIssuers;
import dev.signet.core.ClientId;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.error.RefusalReason;
import dev.signet.jwt.json.JsonNull;
import dev.signet.jwt.key.JwkSet;
import dev.signet.testkit.Requirement;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Whose JWTs count and for what, as the JWT-bearer grant sees it. */
class TrustedIssuersTest {

    private final Fixture fixture = Fixture.withIssuer(issuer -> issuer.conditions(List.of(
            ClaimCondition.equalTo("ref", "refs/heads/main"), ClaimCondition.contains("groups", Set.of("deployers")))));

    private TestAssertion met() {
        return fixture.grantAssertion().claim("ref", "refs/heads/main").claim("groups", List.of("staff", "deployers"));
    }

    @Nested
    @DisplayName("RFC 7523 §5: conditions on claims")
    class Conditions {

        private void isRefused(TestAssertion assertion, String detail) {
            fixture.exchange(assertion).send().isInvalidGrant();
            assertThat(fixture.events.refusal().reason()).isEqualTo(RefusalReason.ASSERTION_CONDITION_UNMET);
            assertThat(fixture.events.refusal().detail()).isEqualTo(detail);
        }

        @Test
        @Requirement("7523-5-02")
        void must_all_be_met() {
            fixture.exchange(met()).send().isIssued();
            isRefused(met().claim("ref", "refs/heads/secret-branch"), "ref is not what it must be");
            isRefused(met().claim("groups", List.of("staff")), "groups is not what it must be");
            isRefused(met().claim("groups", JsonNull.NULL), "groups is not what it must be");
            isRefused(met().without("ref"), "ref is missing");
        }

        @Test
        @Requirement({"7521-4.1.1-02", "7523-3-17"})
        void say_nothing_of_the_assertion_in_public_and_leave_it_unused() {
            TestAssertion wrong = met().claim("ref", "refs/heads/secret-branch");
            TestAnswer answer = fixture.exchange(wrong).send().isInvalidGrant();
            assertThat(answer.json().toJson()).doesNotContain("secret-branch", "refs/", "\"ref\"");
            fixture.exchange(wrong.claim("ref", "refs/heads/main")).send().isIssued();
        }

        @Test
        @Requirement({"7521-6.3.1-01", "7523-3-06"})
        void carry_the_decision_about_subjects_that_say_nothing() {
            Fixture anonymous = Fixture.withIssuer(issuer -> issuer.subjects(
                            SubjectPolicy.exactly(Set.of("anonymous")).as("some deployer"))
                    .conditions(List.of(ClaimCondition.contains("groups", Set.of("deployers")))));
            TestAssertion assertion =
                    anonymous.grantAssertion().claim("sub", "anonymous").claim("groups", List.of("deployers"));
            assertThat(anonymous.exchange(assertion).send().token().claims().requireString("sub"))
                    .isEqualTo("some deployer");
            anonymous.exchange(assertion.without("groups")).send().isInvalidGrant();
        }
    }

    @Nested
    @DisplayName("RFC 7521 §6.3: names of subjects")
    class Subjects {

        @Test
        @Requirement("7521-6.3-01")
        void may_come_from_a_claim() {
            Fixture named = Fixture.withIssuer(issuer -> issuer.subjects(
                    SubjectPolicy.matching("repo:acme/*").fromClaim("job").prefixedWith("ci/")));
            TestAssertion assertion = named.grantAssertion().claim("job", "nightly");
            assertThat(named.exchange(assertion).send().token().claims().requireString("sub"))
                    .isEqualTo("ci/nightly");
            for (TestAssertion wrong :
                    List.of(assertion.without("job"), assertion.claim("job", 7), assertion.claim("job", "a\r\nb"))) {
                named.exchange(wrong).send().isInvalidGrant();
                assertThat(named.events.refusal().reason()).isEqualTo(RefusalReason.ASSERTION_SUBJECT_REFUSED);
            }
            named.exchange(assertion.claim("sub", "repo:evil/shop")).send().isInvalidGrant();
        }

        @Test
        @Requirement({"D-12", "7521-6.3-01"})
        void are_never_those_of_another_client_wherever_they_come_from() {
            SubjectPolicy acme = SubjectPolicy.matching("repo:acme/*");
            Fixture claimed = Fixture.withIssuer(issuer -> issuer.subjects(acme.fromClaim("job")));
            TestAssertion assertion = claimed.grantAssertion();
            claimed.exchange(assertion.claim("job", Fixture.BATCH)).send().isInvalidGrant();
            claimed.exchange(assertion.claim("job", "nightly")).send().isIssued();
            Fixture.withIssuer(issuer -> issuer.subjects(acme.as(Fixture.BATCH)))
                    .validExchange()
                    .send()
                    .isInvalidGrant();
            Fixture.withIssuer(issuer -> issuer.subjects(acme.as("builder")))
                    .validExchange()
                    .send()
                    .isIssued();
            Fixture.withIssuer(issuer ->
                            issuer.subjects(SubjectPolicy.exactly(Set.of("tch")).prefixedWith("ba")))
                    .exchange(fixture.grantAssertion().claim("sub", "tch"))
                    .send()
                    .isInvalidGrant();
        }
    }

    @Nested
    @DisplayName("RFC 8707 §2.2: resources")
    class Resources {

        private final Fixture stock = Fixture.withIssuer(
                issuer -> issuer.scope(Scope.of("stock.read")).resources(resources(Fixture.STOCK)));

        private static Set<ResourceIndicator> resources(String resource) {
            return Set.of(new ResourceIndicator(resource));
        }

        @Test
        @Requirement("8707-2-03")
        void are_those_that_the_issuer_is_trusted_for() {
            assertThat(stock.validExchange()
                            .with("resource", Fixture.STOCK)
                            .send()
                            .token()
                            .claims()
                            .requireString("aud"))
                    .isEqualTo(Fixture.STOCK);
            stock.validExchange().with("scope", "stock.read").send().isIssued();
            stock.validExchange().with("resource", Fixture.ORDERS).send().isRefused(400, "invalid_target");
            assertThat(stock.events.refusal().reason()).isEqualTo(RefusalReason.TARGET_UNKNOWN);
            stock.validExchange().send().isRefused(400, "invalid_target");
            stock.validExchange().with("scope", "orders.read").send().isRefused(400, "invalid_scope");
            fixture.exchange(met()).with("resource", Fixture.ORDERS).send().isIssued();
        }

        @Test
        void bind_the_assertions_not_the_client_that_presents_them() {
            stock.validCall().with("resource", Fixture.ORDERS).send().isIssued();
        }

        @Test
        void bind_those_who_do_not_say_who_they_are() {
            Fixture open = Fixture.withIssuer(issuer -> JwtBearerGrantTest.open(issuer)
                    .scope(Scope.of("stock.read"))
                    .resources(resources(Fixture.STOCK)));
            String assertion = open.grantAssertion().compact();
            open.exchange(assertion).with("resource", Fixture.ORDERS).send().isRefused(400, "invalid_target");
            open.exchange(assertion).with("resource", Fixture.STOCK).send().isIssued();
        }

        @Test
        void must_be_registered_and_have_the_scopes() {
            assertThatThrownBy(() -> Fixture.withIssuer(issuer -> issuer.resources(resources("urn:example:none"))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("a resource is not registered");
            assertThatThrownBy(() -> Fixture.withIssuer(
                            issuer -> issuer.scope(Scope.of("orders.read")).resources(resources(Fixture.STOCK))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("a scope belongs to no resource of its own");
        }
    }

    @Nested
    @DisplayName("RFC 7523 §3 item 1: an issuer that is not enabled")
    class Disabled {

        @Test
        @Requirement("7523-3-04")
        void is_not_trusted_and_its_keys_are_not_asked_for() {
            AtomicInteger asked = new AtomicInteger();
            Fixture disabled =
                    Fixture.withIssuer(issuer -> issuer.enabled(false).keys((jwt, allowed) -> {
                        asked.incrementAndGet();
                        return jwt.verify(JwkSet.of(List.of(TestKeys.ISSUER.verificationKey())), allowed);
                    }));
            disabled.validExchange().send().isInvalidGrant();
            assertThat(disabled.events.refusal().reason()).isEqualTo(RefusalReason.ASSERTION_ISSUER_DISABLED);
            assertThat(asked).hasValue(0);
            disabled.validCall().send().isIssued();
            Fixture.withIssuer(issuer -> issuer.enabled(true))
                    .validExchange()
                    .send()
                    .isIssued();
        }

        @Test
        @Requirement("D-08")
        void lets_nobody_do_without_authentication() {
            TrustedIssuer.Builder second = TrustedIssuer.builder("https://second.example.com")
                    .keys(dev.signet.outbound.KeySource.of(JwkSet.empty()))
                    .subjects(SubjectPolicy.allowAny())
                    .allowUnauthenticatedClient(new ClientId("somebody"));
            assertThat(anonymous(second.enabled(true))).isEqualTo("invalid_grant");
            assertThat(anonymous(second.enabled(false))).isEqualTo("invalid_client");
        }

        /** What somebody is told who presents what that issuer did not sign, without saying who it is. */
        private static String anonymous(TrustedIssuer.Builder second) {
            Fixture two = Fixture.with(builder -> builder.trustedIssuers(
                    TrustedIssuers.of(List.of(Fixture.ci().build(), second.build()))));
            return two.exchange(two.grantAssertion()
                            .claim("iss", "https://second.example.com")
                            .compact())
                    .send()
                    .error();
        }
    }
}
