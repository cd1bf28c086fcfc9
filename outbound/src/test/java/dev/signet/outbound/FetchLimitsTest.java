package dev.signet.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.testkit.Requirement;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FetchLimitsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Set<String> JSON = Set.of("application/json");

    @Test
    @Requirement("D-42")
    void a_jwk_set_has_256_kilobytes_and_5_seconds() {
        assertThat(FetchLimits.JWK_SET.maxBytes()).isEqualTo(262_144);
        assertThat(FetchLimits.JWK_SET.timeout()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void types_have_no_case() {
        assertThat(new FetchLimits(1, Set.of("Application/JWT"), SECOND).contentTypes())
                .containsExactly("application/jwt");
    }

    @Test
    void nothing_is_unlimited() {
        assertThatIllegalArgumentException().isThrownBy(() -> new FetchLimits(0, JSON, SECOND));
        assertThatIllegalArgumentException().isThrownBy(() -> new FetchLimits(16 * 1024 * 1024 + 1, JSON, SECOND));
        assertThatIllegalArgumentException().isThrownBy(() -> new FetchLimits(1, JSON, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> new FetchLimits(1, JSON, Duration.ofSeconds(61)));
        assertThatIllegalArgumentException().isThrownBy(() -> new FetchLimits(1, Set.of(), SECOND));
        assertThatIllegalArgumentException().isThrownBy(() -> new FetchLimits(1, Set.of("*/*"), SECOND));
        assertThatIllegalArgumentException().isThrownBy(() -> new FetchLimits(1, Set.of("a/b\r\nX: y"), SECOND));
    }
}
