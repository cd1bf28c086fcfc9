package dev.signet.authorizationserver.internal;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.core.ClientId;
import dev.signet.core.error.OAuthException;
import dev.signet.testkit.Requirement;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

@Requirement("6749-2.3.1-04")
class RateLimitTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final ClientId BATCH = new ClientId("batch");

    private final RateLimit<ClientId> limit = new RateLimit<>(10, Duration.ofSeconds(6));

    private void fail(int times, Instant now) {
        for (int time = 0; time < times; time++) {
            limit.note(BATCH, now);
        }
    }

    private void assertHeldUp(Instant now) {
        assertThatThrownBy(() -> limit.require(BATCH, "it was done", now)).isInstanceOf(OAuthException.class);
    }

    private void assertPermitted(Instant now) {
        assertThatNoException().isThrownBy(() -> limit.require(BATCH, "it was done", now));
    }

    @Test
    void attempts_that_passed_together_hold_up_no_longer_than_the_allowed_number_would() {
        // A thousand requests may all be let in before the first of them has failed.
        fail(1_000, NOW);
        assertHeldUp(NOW.plusSeconds(5));
        assertPermitted(NOW.plusSeconds(6));
    }

    @Test
    void a_clock_that_was_ahead_for_a_while_holds_nobody_up() {
        fail(10, NOW.plus(Duration.ofDays(365)));
        assertPermitted(NOW);
        fail(1, NOW);
        assertHeldUp(NOW);
        assertPermitted(NOW.plusSeconds(6));
    }
}
