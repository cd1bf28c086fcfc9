package dev.signet.authorizationserver.store;

import dev.signet.authorizationserver.registry.ProtectedResource;
import dev.signet.jwt.key.KeyUse;
import dev.signet.jwt.key.PrivateJwk;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a key of the server stands at a time. The keys of one algorithm are a line in the order in which they are in use: each takes
 * over from the one before it. Everything follows from the times kept with the keys, so nodes with the same keys and algorithms
 * agree.
 *
 * @param <K> a signing key, or a decryption key
 * @param key the key
 * @param phase where in its life it is
 * @param succeededAt when the next key takes over or took over; empty if there is no next key of its algorithm
 */
public record KeyState<K extends PrivateJwk>(StoredKey<K> key, Phase phase, Optional<Instant> succeededAt) {

    /** The stations of a key's life, in order. */
    public enum Phase {
        /** It is not published yet; a decryption key decrypts already, should a node be ahead. */
        PLANNED,
        /** It is in the JWK Set beside the one before it; a signing key will sign, a decryption key is encrypted to. */
        PUBLISHED,
        /** It signs, or is the one that is encrypted to. */
        ACTIVE,
        /**
         * There is another, or its algorithm is not used. A signing key is in the JWK Set for the tokens it signed; a decryption key
         * is no more, and decrypts what those encrypt to it who keep the set that had it.
         */
        SUCCEEDED,
        /** Every token it signed has expired, or nobody encrypts to it; it is about to be removed from the store. */
        RETIRED
    }

    /** No token lives longer, clocks that differ included. */
    private static final Duration SIGNATURES_CHECKED_FOR = ProtectedResource.MAXIMUM_TOKEN_LIFETIME.plusMinutes(5);

    /** A JWK Set is kept for a day, and what is encrypted is good for an hour; clocks that differ included. */
    private static final Duration DECRYPTS_FOR = Duration.ofHours(25).plusMinutes(5);

    /** How long a key is still good for something after its successor took over. */
    public static Duration retiredAfter(KeyUse use) {
        return use == KeyUse.SIGNATURE ? SIGNATURES_CHECKED_FOR : DECRYPTS_FOR;
    }

    /**
     * The states of all keys of a store, by the time from which they are in use.
     *
     * @param used the names of the algorithms that are used
     */
    public static <K extends PrivateJwk> List<KeyState<K>> of(
            Collection<StoredKey<K>> keys, Collection<String> used, Instant now) {
        List<StoredKey<K>> line = keys.stream()
                .sorted(Comparator.<StoredKey<K>, Instant>comparing(StoredKey::activeFrom)
                        .thenComparing(StoredKey::publishedAt)
                        .thenComparing(key -> key.key().keyId()))
                .toList();
        boolean allAreToCome = line.stream().allMatch(key -> key.activeFrom().isAfter(now));
        Set<String> seen = new HashSet<>();
        List<KeyState<K>> states = new ArrayList<>();
        for (int each = 0; each < line.size(); each++) {
            StoredKey<K> key = line.get(each);
            String algorithm = key.key().algorithmName();
            Optional<Instant> succeededAt = line.subList(each + 1, line.size()).stream()
                    .filter(later -> later.key().algorithmName().equals(algorithm))
                    .findFirst()
                    .map(StoredKey::activeFrom);
            // Of keys that are all still to come the first ones are in use: there are no others.
            boolean first = seen.add(algorithm);
            boolean hasBegun = !key.activeFrom().isAfter(now) || (first && allAreToCome);
            Phase phase = hasBegun
                    ? begun(key.key().use(), used.contains(algorithm), succeededAt, now)
                    : key.publishedAt().isAfter(now) ? Phase.PLANNED : Phase.PUBLISHED;
            states.add(new KeyState<>(key, phase, succeededAt));
        }
        return List.copyOf(states);
    }

    private static Phase begun(KeyUse use, boolean used, Optional<Instant> succeededAt, Instant now) {
        if (succeededAt.isEmpty() || succeededAt.get().isAfter(now)) {
            return used ? Phase.ACTIVE : Phase.SUCCEEDED;
        }
        return succeededAt.get().plus(retiredAfter(use)).isAfter(now) ? Phase.SUCCEEDED : Phase.RETIRED;
    }

    /** Until when it is good for something; empty if there is no next key of its algorithm. */
    public Optional<Instant> keptUntil() {
        return succeededAt.map(
                succeeded -> succeeded.plus(retiredAfter(key.key().use())));
    }

    /** Whether it is in the JWK Set. */
    public boolean isPublished() {
        return switch (phase) {
            case PLANNED, RETIRED -> false;
            case PUBLISHED, ACTIVE -> true;
            case SUCCEEDED -> key.key().use() == KeyUse.SIGNATURE;
        };
    }
}
