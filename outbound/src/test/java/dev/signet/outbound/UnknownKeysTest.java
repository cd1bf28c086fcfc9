package dev.signet.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.testkit.Requirement;
import java.time.Instant;
import org.junit.jupiter.api.Test;

@Requirement("D-42")
class UnknownKeysTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private final UnknownKeys unknown = new UnknownKeys();

    @Test
    void what_was_looked_for_in_vain_is_hopeless_for_a_while() {
        assertThat(unknown.isHopeless("a", NOW)).isFalse();
        unknown.noteMissing("a", NOW);
        assertThat(unknown.isHopeless("a", NOW)).isTrue();
        assertThat(unknown.isHopeless("b", NOW)).isFalse();
        Instant end = NOW.plus(UnknownKeys.REMEMBERED);
        assertThat(unknown.isHopeless("a", end.minusNanos(1))).isTrue();
        assertThat(unknown.isHopeless("a", end)).isFalse();
    }

    @Test
    void the_oldest_is_forgotten_when_there_are_too_many() {
        for (int number = 0; number < UnknownKeys.MOST_REMEMBERED; number++) {
            unknown.noteMissing("k" + number, NOW);
        }
        unknown.noteMissing("k0", NOW);
        assertThat(unknown.isHopeless("k1", NOW)).isTrue();
        unknown.noteMissing("another", NOW);
        assertThat(unknown.isHopeless("k0", NOW)).isTrue();
        assertThat(unknown.isHopeless("k1", NOW)).isFalse();
        assertThat(unknown.isHopeless("another", NOW)).isTrue();
    }

    @Test
    void an_identifier_beyond_256_characters_is_hopeless_from_the_start() {
        assertThat(unknown.isHopeless("k".repeat(256), NOW)).isFalse();
        assertThat(unknown.isHopeless("k".repeat(257), NOW)).isTrue();
    }

    @Test
    void a_fetch_for_whatever_reason_counts_for_both() {
        assertThat(unknown.permitsFetch(true, NOW)).isTrue();
        assertThat(unknown.permitsFetch(false, NOW.plusSeconds(29))).isFalse();
        assertThat(unknown.permitsFetch(false, NOW.plusSeconds(30))).isTrue();
        assertThat(unknown.permitsFetch(true, NOW.plusSeconds(30 + 299))).isFalse();
        assertThat(unknown.permitsFetch(true, NOW.plusSeconds(30 + 300))).isTrue();
    }

    @Test
    void a_clock_that_was_ahead_for_a_while_holds_nothing_up() {
        Instant wrong = NOW.plusSeconds(1_000_000);
        assertThat(unknown.permitsFetch(false, wrong)).isTrue();
        unknown.noteMissing("a", wrong);
        assertThat(unknown.isHopeless("a", NOW)).isFalse();
        assertThat(unknown.permitsFetch(false, NOW)).isTrue();
        assertThat(unknown.permitsFetch(false, NOW)).isFalse();
    }
}
