package dev.signet.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.authorizationserver.clientauth.AllowedMethods;
import dev.signet.authorizationserver.explanation.Rehearsal;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.trust.TrustedIssuers;
import dev.signet.core.ClientId;
import dev.signet.core.Scope;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.explanation.Check;
import dev.signet.core.explanation.Finding;
import dev.signet.core.explanation.Verdict;
import dev.signet.core.http.FormParameters;
import dev.signet.core.token.GrantType;
import dev.signet.jwt.json.JsonObject;
import dev.signet.testkit.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What would be answered to a request that presents an assertion, found out without one. */
@DisplayName("RFC 7523 §2.1: an exchange that is only tried")
class RehearsalTest {

    private final Fixture fixture = Fixture.standard();

    private static FormParameters form(String... pairs) {
        List<Map.Entry<String, String>> form = new ArrayList<>();
        for (int i = 0; i < pairs.length; i += 2) {
            form.add(Map.entry(pairs[i], pairs[i + 1]));
        }
        return FormParameters.parse(FormParameters.encode(form));
    }

    private static Rehearsal rehearsal(Fixture fixture, TestAssertion assertion, String... pairs) {
        List<String> all = new ArrayList<>(List.of("assertion", assertion.compact()));
        all.addAll(List.of(pairs));
        return fixture.server.rehearseExchange(form(all.toArray(String[]::new)));
    }

    private Rehearsal rehearsal(TestAssertion assertion, String... pairs) {
        return rehearsal(fixture, assertion, pairs);
    }

    private static void isRefused(Rehearsal rehearsal, Check check, RefusalReason reason) {
        Finding refusal = rehearsal.explanation().refusal().orElseThrow();
        assertThat(refusal.check()).isEqualTo(check);
        assertThat(refusal.reason()).hasValue(reason);
        assertThat(rehearsal.claims()).isEmpty();
    }

    @Test
    @Requirement({"7523-5-02", "D-07"})
    void says_what_the_token_says_that_the_same_request_gets() {
        TestAssertion assertion = fixture.grantAssertion();
        JsonObject claims = rehearsal(assertion, "client_id", Fixture.REPORTER, "scope", "orders.read")
                .claims()
                .orElseThrow();
        JsonObject issued = fixture.exchange(assertion)
                .with("scope", "orders.read")
                .send()
                .token()
                .claims();
        assertThat(claims.toBuilder().remove("jti").build())
                .isEqualTo(issued.toBuilder().remove("jti").build());
    }

    @Test
    @Requirement("7523-3-17")
    void makes_every_check_but_the_last_and_leaves_no_trace() {
        TestAssertion assertion = fixture.grantAssertion();
        for (int round = 0; round < 2; round++) {
            assertThat(rehearsal(assertion, "client_id", Fixture.REPORTER)
                            .explanation()
                            .findings())
                    .filteredOn(finding -> finding.verdict() != Verdict.PASSED)
                    .extracting(Finding::check)
                    .containsExactly(Check.SINGLE_USE);
        }
        assertThat(fixture.events.all()).isEmpty();
        fixture.exchange(assertion).send().isIssued();
    }

    @Nested
    class Who_presents_it {

        @Test
        @Requirement("D-08")
        void has_to_authenticate_unless_the_trust_lets_callers_go_without() {
            isRefused(rehearsal(fixture.grantAssertion()), Check.PERMISSION, RefusalReason.CLIENT_CREDENTIALS_MISSING);
            Fixture open = Fixture.withIssuer(JwtBearerGrantTest::open);
            assertThat(rehearsal(open, open.grantAssertion())
                            .claims()
                            .orElseThrow()
                            .requireString("client_id"))
                    .isEqualTo("somebody");
        }

        @Test
        void is_a_client_that_is_registered_and_enabled() {
            isRefused(
                    rehearsal(fixture.grantAssertion(), "client_id", "nobody"),
                    Check.CLIENT,
                    RefusalReason.CLIENT_UNKNOWN);
            fixture.and(Fixture.keyClient("off", TestKeys.CLIENT).enabled(false));
            isRefused(
                    rehearsal(fixture.grantAssertion(), "client_id", "off"),
                    Check.ENABLED,
                    RefusalReason.CLIENT_DISABLED);
        }

        @Test
        @Requirement("6749-2.3-01")
        void authenticates_by_a_method_that_is_allowed_for_that() {
            Fixture keysOnly = Fixture.with(builder -> builder.allowedMethods(AllowedMethods.all()
                    .forGrant(GrantType.JWT_BEARER, Set.of(ClientAuthenticationMethod.PRIVATE_KEY_JWT))));
            isRefused(
                    rehearsal(keysOnly, keysOnly.grantAssertion(), "client_id", Fixture.BATCH),
                    Check.ALLOWED_METHOD,
                    RefusalReason.CLIENT_METHOD_NOT_ALLOWED);
            isRefused(
                    rehearsal(keysOnly, keysOnly.grantAssertion()),
                    Check.ALLOWED_METHOD,
                    RefusalReason.CLIENT_METHOD_NOT_ALLOWED);
            assertThat(rehearsal(keysOnly, keysOnly.grantAssertion(), "client_id", Fixture.REPORTER)
                            .claims())
                    .isPresent();
        }

        @Test
        @Requirement("D-08")
        void never_has_authenticated_if_it_is_a_public_client() {
            RegisteredClient.Builder mobile = Fixture.client("mobile", ClientAuthenticationMethod.NONE)
                    .grantTypes(Set.of(GrantType.JWT_BEARER))
                    .scope(Scope.of("orders.read"));
            fixture.and(mobile);
            isRefused(
                    rehearsal(fixture.grantAssertion(), "client_id", "mobile"),
                    Check.PERMISSION,
                    RefusalReason.CLIENT_CREDENTIALS_MISSING);
            Fixture open = Fixture.withIssuer(JwtBearerGrantTest::open).and(mobile);
            assertThat(rehearsal(open, open.grantAssertion(), "client_id", "mobile")
                            .claims()
                            .orElseThrow()
                            .requireString("client_id"))
                    .isEqualTo("mobile");
        }

        @Test
        @Requirement("7521-8.2-02")
        void is_one_that_the_trust_is_for() {
            Fixture others = Fixture.withIssuer(issuer -> issuer.clients(Set.of(new ClientId(Fixture.BATCH))));
            isRefused(
                    rehearsal(others, others.grantAssertion(), "client_id", Fixture.REPORTER),
                    Check.PERMISSION,
                    RefusalReason.GRANT_TYPE_NOT_ALLOWED);
            assertThat(rehearsal(others, others.grantAssertion(), "client_id", Fixture.BATCH)
                            .claims())
                    .isPresent();
        }
    }

    @Test
    void is_refused_for_what_is_asked_for() {
        isRefused(
                rehearsal(fixture.grantAssertion(), "client_id", Fixture.REPORTER, "scope", "orders.admin"),
                Check.TARGET,
                RefusalReason.SCOPE_REFUSED);
        isRefused(
                rehearsal(fixture.grantAssertion(), "client_id", Fixture.REPORTER, "resource", "urn:x:y"),
                Check.TARGET,
                RefusalReason.TARGET_UNKNOWN);
    }

    @Test
    void is_refused_for_the_assertion_whoever_presents_it() {
        isRefused(
                rehearsal(fixture.grantAssertion().claim("sub", "stranger"), "client_id", "nobody"),
                Check.SUBJECT,
                RefusalReason.ASSERTION_SUBJECT_REFUSED);
        isRefused(
                rehearsal(fixture.grantAssertion().claim("iss", "https://other.example")),
                Check.ISSUER,
                RefusalReason.ASSERTION_ISSUER_UNTRUSTED);
    }

    @Test
    void is_no_rehearsal_without_parameters_in_form() {
        assertThatThrownBy(() -> fixture.server.rehearseExchange(form())).isInstanceOf(OAuthException.class);
        assertThatThrownBy(() -> rehearsal(fixture.grantAssertion(), "resource", "not absolute"))
                .isInstanceOf(OAuthException.class);
    }

    @Test
    void says_that_there_is_no_such_grant() {
        Fixture none = Fixture.with(builder -> builder.trustedIssuers(TrustedIssuers.none()));
        isRefused(rehearsal(none, none.grantAssertion()), Check.GRANT, RefusalReason.GRANT_TYPE_UNSUPPORTED);
    }
}
