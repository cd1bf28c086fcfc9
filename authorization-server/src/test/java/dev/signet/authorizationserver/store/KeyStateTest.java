package dev.signet.authorizationserver.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.authorizationserver.store.KeyState.Phase;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.DecryptionKey;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.SigningKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyStateTest {

    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");
    private static final Instant CHANGE = START.plusSeconds(600);
    private static final List<String> USED = List.of("ES256");
    private static final Duration KEPT = Duration.ofMinutes(65);

    private final StoredKey<SigningKey> next = new StoredKey<>(key(JwsAlgorithm.ES256), START, CHANGE);
    private final List<StoredKey<SigningKey>> keys =
            List.of(next, new StoredKey<>(key(JwsAlgorithm.ES256), START.minusSeconds(60), START.minusSeconds(60)));

    private static SigningKey key(JwsAlgorithm algorithm) {
        return SigningKey.generate(algorithm, CryptoProvider.jdk(), new SecureRandom());
    }

    private List<Phase> at(Instant now) {
        return KeyState.of(keys, USED, now).stream().map(KeyState::phase).toList();
    }

    @Test
    void goes_through_the_phases_as_the_next_key_takes_over() {
        assertThat(at(START.minusMillis(1))).containsExactly(Phase.ACTIVE, Phase.PLANNED);
        assertThat(at(START)).containsExactly(Phase.ACTIVE, Phase.PUBLISHED);
        assertThat(at(CHANGE.minusMillis(1))).containsExactly(Phase.ACTIVE, Phase.PUBLISHED);
        assertThat(at(CHANGE)).containsExactly(Phase.SUCCEEDED, Phase.ACTIVE);
        assertThat(at(CHANGE.plus(KEPT).minusMillis(1))).containsExactly(Phase.SUCCEEDED, Phase.ACTIVE);
        assertThat(at(CHANGE.plus(KEPT))).containsExactly(Phase.RETIRED, Phase.ACTIVE);
    }

    @Test
    void tells_until_when_a_key_is_published() {
        List<KeyState<SigningKey>> states = KeyState.of(keys, USED, START);
        assertThat(states.get(0).keptUntil()).hasValue(CHANGE.plus(KEPT));
        assertThat(states.get(1).keptUntil()).isEmpty();
    }

    @Test
    void has_the_first_key_sign_if_all_are_still_to_come() {
        assertThat(KeyState.of(List.of(next), USED, START.minusSeconds(20)))
                .extracting(KeyState::phase)
                .containsExactly(Phase.ACTIVE);
        assertThat(KeyState.of(List.of(), USED, START)).isEmpty();
    }

    @Test
    void leaves_the_keys_of_another_algorithm_as_they_are() {
        StoredKey<SigningKey> other = new StoredKey<>(key(JwsAlgorithm.Ed25519), START, CHANGE.minusSeconds(1));
        List<StoredKey<SigningKey>> both = List.of(next, other);
        assertThat(KeyState.of(both, List.of("ES256", "Ed25519"), CHANGE))
                .extracting(KeyState::phase)
                .containsExactly(Phase.ACTIVE, Phase.ACTIVE);
    }

    @Test
    void has_no_key_sign_whose_algorithm_is_not_used() {
        StoredKey<SigningKey> other = new StoredKey<>(key(JwsAlgorithm.Ed25519), START, CHANGE);
        assertThat(KeyState.of(List.of(other), USED, CHANGE)).singleElement().satisfies(state -> {
            assertThat(state.phase()).isEqualTo(Phase.SUCCEEDED);
            assertThat(state.keptUntil()).isEmpty();
        });
    }

    @Test
    void withdraws_a_decryption_key_when_the_next_is_offered_alone_and_keeps_it_for_a_day_and_an_hour() {
        DecryptionKey old = DecryptionKey.generate("ECDH-ES", CryptoProvider.jdk(), new SecureRandom());
        DecryptionKey young = DecryptionKey.generate("ECDH-ES", CryptoProvider.jdk(), new SecureRandom());
        List<StoredKey<DecryptionKey>> both =
                List.of(new StoredKey<>(young, START, CHANGE), new StoredKey<>(old, Instant.EPOCH, Instant.EPOCH));
        List<String> used = List.of("ECDH-ES");
        assertThat(KeyState.of(both, used, CHANGE.minusMillis(1)))
                .extracting(KeyState::isPublished)
                .containsExactly(true, true);
        assertThat(KeyState.of(both, used, CHANGE))
                .extracting(KeyState::isPublished)
                .containsExactly(false, true);
        Instant end = CHANGE.plus(Duration.ofHours(25)).plus(Duration.ofMinutes(5));
        assertThat(KeyState.of(both, used, end.minusMillis(1)))
                .extracting(KeyState::phase)
                .containsExactly(Phase.SUCCEEDED, Phase.ACTIVE);
        assertThat(KeyState.of(both, used, end))
                .extracting(KeyState::phase)
                .containsExactly(Phase.RETIRED, Phase.ACTIVE);
    }
}
