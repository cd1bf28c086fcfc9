package dev.signet.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.authorizationserver.trust.TrustedIssuers;
import dev.signet.core.ClientId;
import dev.signet.core.Scope;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.testkit.Requirement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BuilderTest {

    private static void isRefused(Consumer<AuthorizationServer.Builder> settings, String... faults) {
        assertThatThrownBy(() -> Fixture.with(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(faults);
    }

    @Nested
    @DisplayName("What must be given")
    class Required {

        @Test
        @Requirement("7523b-4-04")
        void names_everything_that_is_missing_at_once() {
            assertThatThrownBy(() -> AuthorizationServer.builder().build())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll(
                            "issuer is missing",
                            "clients is missing",
                            "signingKeys is missing",
                            "replayGuard is missing",
                            "there is no resource");
        }
    }

    @Nested
    @DisplayName("What contradicts itself")
    class Contradictions {

        @Test
        @Requirement("9068-5-03")
        void refuses_two_resources_with_one_identifier_and_two_defaults() {
            isRefused(
                    builder -> builder.resources(
                            List.of(Fixture.orders().build(), Fixture.orders().build())),
                    "two resources are " + Fixture.ORDERS);
            isRefused(
                    builder -> builder.resources(List.of(
                            Fixture.orders().build(),
                            Fixture.stock().isDefault(true).build())),
                    "more than one resource is the default: " + Fixture.ORDERS + ", " + Fixture.STOCK);
        }

        @Test
        void refuses_an_issuer_that_is_trusted_twice() {
            assertThatThrownBy(() -> TrustedIssuers.of(
                            List.of(Fixture.ci().build(), Fixture.ci().build())))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(Fixture.TRUSTED_ISSUER);
        }

        @Test
        @Requirement("9068-2.1-03")
        void refuses_macs() {
            isRefused(builder -> builder.signingAlgorithm(JwsAlgorithm.HS256), "signingAlgorithm is a MAC");
            isRefused(
                    builder -> builder.assertionAlgorithms(Set.of(JwsAlgorithm.HS256, JwsAlgorithm.ES256)),
                    "assertionAlgorithms hold a MAC");
            isRefused(builder -> builder.assertionAlgorithms(Set.of()), "assertionAlgorithms are empty");
        }

        @Test
        void refuses_to_let_nobody_authenticate() {
            isRefused(builder -> builder.authenticationMethods(Set.of()), "no way to authenticate");
            isRefused(
                    builder -> builder.authenticationMethods(Set.of(ClientAuthenticationMethod.NONE)),
                    "no way to authenticate");
        }

        @Test
        void refuses_a_trust_that_cannot_be_meant() {
            isRefused(
                    builder -> builder.trustedIssuers(TrustedIssuers.of(
                            List.of(Fixture.ci().scope(Scope.of("unknown")).build()))),
                    "a scope belongs to no resource");
            isRefused(
                    builder -> builder.trustedIssuers(TrustedIssuers.of(List.of(Fixture.ci()
                            .allowUnauthenticatedClient(new ClientId(Fixture.BATCH))
                            .build()))),
                    "is that of a registered one");
        }

        @Test
        @Requirement("D-44")
        void refuses_a_store_of_revoked_tokens_where_none_can_be_revoked() {
            isRefused(
                    builder -> builder.allowIrrevocableAccessTokens(true),
                    "revokedTokens are given, though allowIrrevocableAccessTokens is on");
            isRefused(builder -> builder.revocationsInMemory(0), "revocationsInMemory must be 1 to 100000000");
            isRefused(builder -> builder.revocationsInMemory(100_000_001), "revocationsInMemory");
            assertThat(Fixture.with(builder -> builder.revocationsInMemory(1)).server)
                    .isNotNull();
        }

        @Test
        @Requirement("D-06")
        void refuses_limits_out_of_range() {
            isRefused(builder -> builder.clockSkew(Duration.ofSeconds(9)), "clockSkew must be 10 to 60 seconds");
            isRefused(builder -> builder.clockSkew(Duration.ofSeconds(61)), "clockSkew must be 10 to 60 seconds");
            isRefused(builder -> builder.secretFailures(0, Duration.ofSeconds(1)), "secretFailures");
            isRefused(builder -> builder.secretFailures(1, Duration.ZERO), "secretFailures");
            assertThat(Fixture.with(builder ->
                                    builder.clockSkew(Duration.ofSeconds(10)).secretFailures(1, Duration.ofMillis(1)))
                            .server)
                    .isNotNull();
        }
    }
}
