package dev.signet.authorizationserver.accesstoken;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.authorizationserver.accesstoken.SigningKeyState.Phase;
import dev.signet.authorizationserver.store.StoredSigningKey;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.SigningKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SigningKeyStateTest {

    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");
    private static final Instant CHANGE = START.plusSeconds(600);
    private static final List<JwsAlgorithm> USED = List.of(JwsAlgorithm.ES256);
    private static final Duration KEPT = Duration.ofMinutes(65);

    private final StoredSigningKey next = new StoredSigningKey(key(JwsAlgorithm.ES256), START, CHANGE);
    private final List<StoredSigningKey> keys = List.of(
            next, new StoredSigningKey(key(JwsAlgorithm.ES256), START.minusSeconds(60), START.minusSeconds(60)));

    private static SigningKey key(JwsAlgorithm algorithm) {
        return SigningKey.generate(algorithm, CryptoProvider.jdk(), new SecureRandom());
    }

    private List<Phase> at(Instant now) {
        return SigningKeyState.of(keys, USED, now).stream()
                .map(SigningKeyState::phase)
                .toList();
    }

    @Test
    void goes_through_the_phases_as_the_next_key_takes_over() {
        assertThat(at(START.minusMillis(1))).containsExactly(Phase.SIGNING, Phase.PLANNED);
        assertThat(at(START)).containsExactly(Phase.SIGNING, Phase.PUBLISHED);
        assertThat(at(CHANGE.minusMillis(1))).containsExactly(Phase.SIGNING, Phase.PUBLISHED);
        assertThat(at(CHANGE)).containsExactly(Phase.SUCCEEDED, Phase.SIGNING);
        assertThat(at(CHANGE.plus(KEPT).minusMillis(1))).containsExactly(Phase.SUCCEEDED, Phase.SIGNING);
        assertThat(at(CHANGE.plus(KEPT))).containsExactly(Phase.RETIRED, Phase.SIGNING);
    }

    @Test
    void tells_until_when_a_key_is_published() {
        List<SigningKeyState> states = SigningKeyState.of(keys, USED, START);
        assertThat(states.get(0).publishedUntil()).hasValue(CHANGE.plus(KEPT));
        assertThat(states.get(1).publishedUntil()).isEmpty();
    }

    @Test
    void has_the_first_key_sign_if_all_are_still_to_come() {
        assertThat(SigningKeyState.of(List.of(next), USED, START.minusSeconds(20)))
                .extracting(SigningKeyState::phase)
                .containsExactly(Phase.SIGNING);
        assertThat(SigningKeyState.of(List.of(), USED, START)).isEmpty();
    }

    @Test
    void leaves_the_keys_of_another_algorithm_as_they_are() {
        StoredSigningKey other = new StoredSigningKey(key(JwsAlgorithm.Ed25519), START, CHANGE.minusSeconds(1));
        List<StoredSigningKey> both = List.of(next, other);
        assertThat(SigningKeyState.of(both, List.of(JwsAlgorithm.ES256, JwsAlgorithm.Ed25519), CHANGE))
                .extracting(SigningKeyState::phase)
                .containsExactly(Phase.SIGNING, Phase.SIGNING);
    }

    @Test
    void has_no_key_sign_whose_algorithm_is_not_used() {
        StoredSigningKey other = new StoredSigningKey(key(JwsAlgorithm.Ed25519), START, CHANGE);
        assertThat(SigningKeyState.of(List.of(other), USED, CHANGE))
                .singleElement()
                .satisfies(state -> {
                    assertThat(state.phase()).isEqualTo(Phase.SUCCEEDED);
                    assertThat(state.publishedUntil()).isEmpty();
                });
    }
}
