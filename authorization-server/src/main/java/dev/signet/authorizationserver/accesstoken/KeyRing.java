package dev.signet.authorizationserver.accesstoken;

import dev.signet.authorizationserver.registry.ProtectedResource;
import dev.signet.authorizationserver.store.StoredSigningKey;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The signing keys as they stand at a time, and until when they stand so: which key of each algorithm signs, which are
 * published, which are through. Everything follows from the times kept with the keys, so nodes with the same keys agree.
 * Immutable.
 */
final class KeyRing {

    /** How long a key is published after its successor took over: no token it signed lives longer, clocks that differ included. */
    static final Duration RETIRED_AFTER = ProtectedResource.MAXIMUM_TOKEN_LIFETIME.plusMinutes(5);

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final List<StoredSigningKey> keys;
    private final Map<JwsAlgorithm, TokenSigner> signers = new EnumMap<>(JwsAlgorithm.class);
    private final JwkSet published;
    private final List<StoredSigningKey> retired = new ArrayList<>();
    private final Instant standsUntil;
    private final Instant reloadAt;

    /**
     * The keys at a time.
     *
     * @param reloadAt when the store is to be asked again
     */
    KeyRing(List<StoredSigningKey> stored, Instant now, Instant reloadAt) {
        this.keys = stored.stream()
                .sorted(Comparator.comparing(StoredSigningKey::activeFrom)
                        .thenComparing(StoredSigningKey::publishedAt)
                        .thenComparing(key -> key.key().keyId()))
                .toList();
        this.reloadAt = reloadAt;
        keys.stream()
                .map(key -> key.key().algorithm())
                .distinct()
                .forEach(algorithm -> signers.put(
                        algorithm, new TokenSigner(active(algorithm, now).key())));
        List<StoredSigningKey> shown = new ArrayList<>();
        Instant change = Instant.MAX;
        for (StoredSigningKey key : keys) {
            Optional<Instant> end = successor(key).map(next -> next.activeFrom().plus(RETIRED_AFTER));
            if (end.isPresent() && !end.get().isAfter(now)) {
                retired.add(key);
            } else if (!key.publishedAt().isAfter(now) || isSigning(key)) {
                shown.add(key);
            }
            change = earliest(change, now, key.publishedAt(), key.activeFrom(), end.orElse(Instant.MAX));
        }
        this.standsUntil = change;
        this.published =
                JwkSet.of(shown.stream().map(key -> key.key().verificationKey()).toList());
    }

    private Optional<StoredSigningKey> successor(StoredSigningKey key) {
        return keys.subList(keys.indexOf(key) + 1, keys.size()).stream()
                .filter(later -> later.key().algorithm() == key.key().algorithm())
                .findFirst();
    }

    /** Of keys that are all still to come the first signs: there is no other. */
    private StoredSigningKey active(JwsAlgorithm algorithm, Instant now) {
        List<StoredSigningKey> own =
                keys.stream().filter(key -> key.key().algorithm() == algorithm).toList();
        return own.stream()
                .filter(key -> !key.activeFrom().isAfter(now))
                .reduce((earlier, later) -> later)
                .orElse(own.get(0));
    }

    /** A clock that is behind those of other nodes must not hide the key that signs. */
    private boolean isSigning(StoredSigningKey key) {
        return signer(key.key().algorithm())
                .map(TokenSigner::keyId)
                .equals(Optional.of(key.key().keyId()));
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
        return keys;
    }

    /** The key of the algorithm that signs. */
    Optional<TokenSigner> signer(JwsAlgorithm algorithm) {
        return Optional.ofNullable(signers.get(algorithm));
    }

    /** The keys that tokens are to be checked with. */
    JwkSet published() {
        return published;
    }

    /** The keys whose last token has expired. */
    List<StoredSigningKey> retired() {
        return retired;
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
        return new KeyRing(keys, now, reloadAt);
    }

    /** The same keys, to be asked for again at another time. */
    KeyRing reloadedAt(Instant now, Instant nextReload) {
        return new KeyRing(keys, now, nextReload);
    }
}
