package dev.signet.authorizationserver.accesstoken;

import dev.signet.authorizationserver.accesstoken.SigningKeyState.Phase;
import dev.signet.authorizationserver.store.StoredSigningKey;
import dev.signet.jwt.key.JwkSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The signing keys as they stand at a time, and until when they stand so. Immutable. */
final class KeyRing {

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final List<SigningKeyState> states;
    private final Optional<TokenSigner> signer;
    private final JwkSet published;
    private final Instant standsUntil;
    private final Instant reloadAt;

    /**
     * The keys at a time.
     *
     * @param reloadAt when the store is to be asked again
     */
    KeyRing(Collection<StoredSigningKey> stored, Instant now, Instant reloadAt) {
        this.states = SigningKeyState.of(stored, now);
        this.reloadAt = reloadAt;
        this.signer = keys(state -> state.phase() == Phase.SIGNING).stream()
                .findFirst()
                .map(key -> new TokenSigner(key.key()));
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

    /** The key that signs; empty if there are no keys. */
    Optional<TokenSigner> signer() {
        return signer;
    }

    /** The keys that tokens are to be checked with. */
    JwkSet published() {
        return published;
    }

    /** The keys whose last token has expired. */
    List<StoredSigningKey> retired() {
        return keys(state -> state.phase() == Phase.RETIRED);
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
        return new KeyRing(keys(), now, reloadAt);
    }

    /** The same keys, to be asked for again at another time. */
    KeyRing reloadedAt(Instant now, Instant nextReload) {
        return new KeyRing(keys(), now, nextReload);
    }
}
