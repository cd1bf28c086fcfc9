package dev.signet.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.authorizationserver.claims.ClaimCondition;
import dev.signet.authorizationserver.store.StoreException;
import dev.signet.authorizationserver.trust.TrustedIssuer;
import dev.signet.authorizationserver.trust.TrustedIssuers;
import dev.signet.core.ClientId;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.error.RefusalReason;
import dev.signet.testkit.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Trusts that come and go while the server runs. */
@DisplayName("RFC 7521 §6: trusts that change")
class TrustRegistryTest {

    private final Map<String, TrustedIssuer> trusts = new ConcurrentHashMap<>();
    private final List<String> asked = new ArrayList<>();
    private final Fixture fixture = Fixture.with(builder -> builder.trustedIssuers(this::find));

    private Optional<TrustedIssuer> find(String issuer) {
        asked.add(issuer);
        return Optional.ofNullable(trusts.get(issuer));
    }

    private void trust(TrustedIssuer.Builder trust) {
        trusts.put(Fixture.TRUSTED_ISSUER, trust.build());
    }

    private void isRefused(RefusalReason reason) {
        fixture.validExchange().send().isInvalidGrant();
        assertThat(fixture.events.refusal().reason()).isEqualTo(reason);
    }

    @Test
    @Requirement("7523-3-04")
    void count_from_the_next_request_on_and_no_longer_than_they_are_there() {
        isRefused(RefusalReason.ASSERTION_ISSUER_UNTRUSTED);
        trust(Fixture.ci());
        fixture.validExchange().send().isIssued();
        trusts.clear();
        isRefused(RefusalReason.ASSERTION_ISSUER_UNTRUSTED);
    }

    @Test
    @Requirement("7523-5-02")
    void are_held_to_what_they_are_at_that_moment() {
        trust(Fixture.ci());
        fixture.validExchange().send().isIssued();
        trust(Fixture.ci().conditions(List.of(ClaimCondition.equalTo("ref", "refs/heads/main"))));
        isRefused(RefusalReason.ASSERTION_CONDITION_UNMET);
        trust(Fixture.ci().enabled(false));
        isRefused(RefusalReason.ASSERTION_ISSUER_DISABLED);
        trust(Fixture.ci());
        fixture.validExchange().send().isIssued();
    }

    @Test
    void are_asked_for_once_with_each_assertion() {
        trust(Fixture.ci());
        fixture.validExchange().send().isIssued();
        assertThat(asked).containsExactly(Fixture.TRUSTED_ISSUER);
    }

    @Test
    @Requirement({"7521-5.1-01", "7523-3-03"})
    void count_for_their_own_issuer_only_whatever_the_registry_finds() {
        Fixture careless = Fixture.with(builder ->
                builder.trustedIssuers(any -> Optional.of(Fixture.ci().build())));
        careless.exchange(careless.grantAssertion().claim("iss", Fixture.TRUSTED_ISSUER + "/"))
                .send()
                .isInvalidGrant();
        assertThat(careless.events.refusal().reason()).isEqualTo(RefusalReason.ASSERTION_ISSUER_UNTRUSTED);
        careless.validExchange().send().isIssued();
    }

    @Test
    void give_no_scope_and_no_resource_that_is_not_registered() {
        trust(Fixture.ci().scope(Scope.of("orders.read", "unheard.of")));
        assertThat(fixture.validExchange().send().token().claims().requireString("scope"))
                .isEqualTo("orders.read");
        trust(Fixture.ci().resources(Set.of(new ResourceIndicator("https://unheard.example.com"))));
        fixture.validExchange().send().isRefused(400, "invalid_target");
    }

    @Test
    @Requirement("D-04")
    void that_cannot_be_looked_up_refuse_nobody() {
        Fixture down = Fixture.with(builder -> builder.trustedIssuers(issuer -> {
            throw new StoreException("the store does not answer");
        }));
        TestAnswer answer = down.validExchange().send();
        assertThat(answer.status()).isEqualTo(503);
        down.assertNothingStoredSince(answer);
    }

    @Test
    @Requirement({"8414-2-06", "8414-C-02"})
    void may_come_so_the_metadata_name_the_grant_and_the_method_none_before_there_is_one() {
        assertThat(fixture.server.metadata().grantTypesSupported())
                .contains("urn:ietf:params:oauth:grant-type:jwt-bearer");
        assertThat(fixture.server.metadata().tokenEndpointAuthMethodsSupported())
                .contains("none");
    }

    @Nested
    @DisplayName("D-08: callers without authentication")
    class WithoutAuthentication {

        private TestCall anonymous() {
            return fixture.exchange(fixture.grantAssertion().compact());
        }

        @Test
        @Requirement({"D-08", "7521-4.1-05"})
        void are_let_in_by_the_trust_that_says_so() {
            trust(Fixture.ci());
            anonymous().send().isInvalidClient();
            trust(JwtBearerGrantTest.open(Fixture.ci()));
            anonymous().send().isIssued();
            trust(JwtBearerGrantTest.open(Fixture.ci()).enabled(false));
            anonymous().send().isInvalidClient();
        }

        @Test
        @Requirement({"D-08", "7523-3.1-03"})
        void learn_nothing_of_who_is_trusted() {
            trust(JwtBearerGrantTest.open(Fixture.ci()));
            fixture.exchange(fixture.grantAssertion()
                            .claim("iss", "https://other.example")
                            .compact())
                    .send()
                    .isInvalidClient();
            assertThat(fixture.events.refusal().reason()).isEqualTo(RefusalReason.ASSERTION_ISSUER_UNTRUSTED);
            fixture.exchange("no JWT").send().isInvalidClient();
            fixture.exchange(fixture.grantAssertion().claim("sub", "stranger").compact())
                    .send()
                    .isInvalidGrant();
        }

        @Test
        @Requirement("D-08")
        void get_no_token_in_the_name_of_a_registered_client() {
            trust(Fixture.ci().allowUnauthenticatedClient(new ClientId("newcomer")));
            anonymous().send().isIssued();
            fixture.and(Fixture.keyClient("newcomer", TestKeys.CLIENT));
            anonymous().send().isInvalidClient();
        }
    }

    @Nested
    @DisplayName("Those that are known beforehand")
    class KnownBeforehand {

        private final Fixture both = Fixture.with(builder -> builder.trustedIssuers(
                TrustedIssuers.of(List.of(Fixture.ci().build())).before(TrustRegistryTest.this::find)));

        @Test
        void come_first() {
            trust(Fixture.ci().enabled(false));
            both.validExchange().send().isIssued();
            assertThat(asked).isEmpty();
        }

        @Test
        void leave_room_for_others() {
            String other = "https://other.example";
            TestAssertion assertion = both.grantAssertion().claim("iss", other);
            both.exchange(assertion).send().isInvalidGrant();
            trusts.put(
                    other,
                    TrustedIssuer.builder(other)
                            .keys(Fixture.ci().build().keys())
                            .subjects(Fixture.ci().build().subjects())
                            .build());
            both.exchange(assertion).send().isIssued();
        }
    }
}
