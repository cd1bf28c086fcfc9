package dev.signet.authorizationserver.accesstoken;

import dev.signet.authorizationserver.accesstoken.SigningKeyState.Phase;
import dev.signet.authorizationserver.store.StoredSigningKey;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The signing keys as they stand at a time, and until when they stand so. Immutable. */
final class KeyRing {

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final List<JwsAlgorithm> algorithms;
    private final List<SigningKeyState> states;
    private final Map<JwsAlgorithm, TokenSigner> signers = new EnumMap<>(JwsAlgorithm.class);
    private final JwkSet published;
    private final Instant standsUntil;
    private final Instant reloadAt;

    /**
     * The keys at a time.
     *
     * @param algorithms what tokens are signed with, the server's own first
     * @param reloadAt when the store is to be asked again
     */
    KeyRing(Collection<StoredSigningKey> stored, List<JwsAlgorithm> algorithms, Instant now, Instant reloadAt) {
        this.algorithms = algorithms;
        this.states = SigningKeyState.of(stored, algorithms, now);
        this.reloadAt = reloadAt;
        putSigners();
        this.published = JwkSet.of(keys(SigningKeyState::isPublished).stream()
                .map(key -> key.key().verificationKey())
                .toList());
        Instant change = Instant.MAX;
        for (SigningKeyState state : states) {
            change = earliest(
                    change,
                    now,
                    state.key().publishedAt(),
                    state.key().activeFrom(),
                    state.publishedUntil().orElse(Instant.MAX));
        }
        this.standsUntil = change;
    }

    private void putSigners() {
        for (StoredSigningKey key : keys(state -> state.phase() == Phase.SIGNING)) {
            signers.put(key.key().algorithm(), new TokenSigner(key.key()));
        }
        // Until the first key of an algorithm signs, another one does that everybody knows: the server's own, else the
        // latest.
        Optional<TokenSigner> other = Optional.ofNullable(signers.get(algorithms.get(0)))
                .or(() -> keys(state -> state.phase() == Phase.SIGNING || state.phase() == Phase.SUCCEEDED).stream()
                        .reduce((earlier, later) -> later)
                        .map(key -> new TokenSigner(key.key())));
        other.ifPresent(signer -> algorithms.forEach(algorithm -> signers.putIfAbsent(algorithm, signer)));
    }

    private List<StoredSigningKey> keys(Predicate<SigningKeyState> wanted) {
        return states.stream().filter(wanted).map(SigningKeyState::key).toList();
    }

    private static Instant earliest(Instant found, Instant now, Instant... times) {
        Instant result = found;
        for (Instant time : times) {
            if (time.isAfter(now) && time.isBefore(result)) {
                result = time;
            }
        }
        return result;
    }

    /** All keys, those still to come and those that are through included, by the time from which they sign. */
    List<StoredSigningKey> keys() {
        return keys(state -> true);
    }

    /** The key that signs where that algorithm is asked for; empty if there are no keys. */
    Optional<TokenSigner> signer(JwsAlgorithm algorithm) {
        return Optional.ofNullable(signers.get(algorithm));
    }

    /** The keys that tokens are to be checked with. */
    JwkSet published() {
        return published;
    }

    /** The keys whose last token has expired. */
    List<StoredSigningKey> retired() {
        return keys(state -> state.phase() == Phase.RETIRED);
    }

    /** The keys of algorithms that are not used, though they may have been. */
    List<StoredSigningKey> unused() {
        return keys(state -> state.phase() == Phase.SUCCEEDED
                && !algorithms.contains(state.key().key().algorithm()));
    }

    /** From when on another ring is needed. */
    boolean standsAt(Instant now) {
        return now.isBefore(standsUntil);
    }

    /** Whether it is time to ask the store again, or the clock was set back so far that it would be long in coming. */
    boolean isDue(Instant now) {
        return !now.isBefore(reloadAt) || now.isBefore(reloadAt.minus(LONGEST_WAIT));
    }

    /** The same keys at another time. */
    KeyRing at(Instant now) {
        return new KeyRing(keys(), algorithms, now, reloadAt);
    }

    /** The same keys, to be asked for again at another time. */
    KeyRing reloadedAt(Instant now, Instant nextReload) {
        return new KeyRing(keys(), algorithms, now, nextReload);
    }
}
