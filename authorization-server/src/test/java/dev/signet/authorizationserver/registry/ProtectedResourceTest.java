package dev.signet.authorizationserver.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.authorizationserver.claims.ClaimMapping;
import dev.signet.authorizationserver.claims.ClaimSource;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.testkit.Requirement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProtectedResourceTest {

    private static ProtectedResource.Builder resource(String indicator) {
        return ProtectedResource.builder(new ResourceIndicator(indicator));
    }

    @Test
    @Requirement("6750-5.3-02")
    void lets_tokens_live_ten_minutes_and_never_more_than_an_hour() {
        assertThat(resource("urn:a").build().tokenLifetime()).isEqualTo(Duration.ofMinutes(10));
        assertThat(resource("urn:a").tokenLifetime(Duration.ofHours(1)).build().tokenLifetime())
                .isEqualTo(Duration.ofHours(1));
        for (Duration wrong : List.of(
                Duration.ofSeconds(3601), Duration.ofSeconds(59), Duration.ofSeconds(-1), Duration.ofMillis(90_500))) {
            assertThatThrownBy(() -> resource("urn:a").tokenLifetime(wrong).build())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("token lifetime must be 60 to 3600 whole seconds");
        }
    }

    @Test
    void names_every_fault_at_once() {
        assertThatThrownBy(() -> resource("urn:a")
                        .scopeRequired(true)
                        .tokenLifetime(Duration.ZERO)
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("urn:a", "token lifetime", "a scope is required, though there is none");
    }

    @Test
    @Requirement({"9068-2.1-03", "9068-2.1-04"})
    void has_tokens_signed_with_an_asymmetric_algorithm_of_its_own_or_the_server_s() {
        assertThat(resource("urn:a").build().signingAlgorithm()).isEmpty();
        assertThat(resource("urn:a")
                        .signingAlgorithm(JwsAlgorithm.RS256)
                        .build()
                        .signingAlgorithm())
                .hasValue(JwsAlgorithm.RS256);
        assertThatThrownBy(() ->
                        resource("urn:a").signingAlgorithm(JwsAlgorithm.HS256).build())
                .hasMessageContaining("signing algorithm is a MAC");
    }

    @Test
    @Requirement("D-13")
    void has_jwts_unless_it_says_otherwise_and_signs_no_opaque_tokens() {
        assertThat(resource("urn:a").build().tokenFormat()).isEqualTo(TokenFormat.jwt());
        assertThat(resource("urn:a").tokenFormat(TokenFormat.opaque()).build().tokenFormat())
                .isEqualTo(TokenFormat.opaque());
        assertThatThrownBy(() -> resource("urn:a")
                        .tokenFormat(TokenFormat.opaque())
                        .signingAlgorithm(JwsAlgorithm.ES256)
                        .build())
                .hasMessageContaining("signing algorithm is given, though opaque tokens are not signed");
    }

    @Test
    void may_be_like_another_but_for_what_is_said() {
        ProtectedResource full = resource("urn:a")
                .scope(Scope.of("x"))
                .isDefault(true)
                .scopeRequired(true)
                .tokenLifetime(Duration.ofMinutes(20))
                .claims(ClaimMapping.builder()
                        .claim("tier", ClaimSource.fixed("gold"))
                        .build())
                .pairwiseSubject(true)
                .enabled(false)
                .signingAlgorithm(JwsAlgorithm.RS256)
                .build();
        assertThat(full.toBuilder().build()).usingRecursiveComparison().isEqualTo(full);
        ProtectedResource changed =
                full.toBuilder().signingAlgorithm(JwsAlgorithm.ES256).build();
        assertThat(changed.signingAlgorithm()).hasValue(JwsAlgorithm.ES256);
        assertThat(changed)
                .usingRecursiveComparison()
                .ignoringFields("signingAlgorithm")
                .isEqualTo(full);
        assertThatThrownBy(
                        () -> full.toBuilder().tokenFormat(TokenFormat.opaque()).build())
                .hasMessageContaining("signing algorithm is given, though opaque tokens are not signed");
    }

    @Test
    @Requirement("9068-5-03")
    void are_told_apart_by_their_identifiers() {
        ProtectedResources resources = ProtectedResources.of(List.of(
                resource("urn:a").scope(Scope.of("x", "y")).build(),
                resource("urn:b")
                        .scope(Scope.of("y", "z"))
                        .tokenLifetime(Duration.ofMinutes(20))
                        .build()));
        assertThat(resources.find(new ResourceIndicator("urn:a"))).isPresent();
        assertThat(resources.find(new ResourceIndicator("URN:a"))).isEmpty();
        assertThat(resources.having(Scope.of("y"))).hasSize(2);
        assertThat(resources.having(Scope.of("x", "z"))).isEmpty();
        assertThat(resources.scope()).isEqualTo(Scope.of("x", "y", "z"));
        assertThat(resources.findDefault()).isEmpty();
        assertThatThrownBy(() -> ProtectedResources.of(
                        List.of(resource("urn:a").build(), resource("urn:a").build())))
                .hasMessageContaining("two resources are urn:a");
    }
}
