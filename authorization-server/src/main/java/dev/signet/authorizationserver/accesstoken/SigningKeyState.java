package dev.signet.authorizationserver.accesstoken;

import dev.signet.authorizationserver.registry.ProtectedResource;
import dev.signet.authorizationserver.store.StoredSigningKey;
import dev.signet.jwt.key.JwsAlgorithm;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a signing key stands at a time. The keys of one algorithm are a line in the order in which they sign: each takes over from
 * the one before it. Everything follows from the times kept with the keys, so nodes with the same keys and algorithms agree.
 *
 * @param key the key
 * @param phase where in its life it is
 * @param succeededAt when the next key takes over or took over; empty if there is no next key of its algorithm
 */
public record SigningKeyState(StoredSigningKey key, Phase phase, Optional<Instant> succeededAt) {

    /** The stations of a key's life, in order. */
    public enum Phase {
        /** It is not published yet. */
        PLANNED,
        /** It is in the JWK Set and will sign. */
        PUBLISHED,
        /** It signs. */
        SIGNING,
        /** It signs no more, for there is another or its algorithm is not used; it is in the JWK Set for the tokens it signed. */
        SUCCEEDED,
        /** Every token it signed has expired; it is in the JWK Set no more, and about to be removed from the store. */
        RETIRED
    }

    /** How long a key is published after its successor took over: no token it signed lives longer, clocks that differ included. */
    static final Duration RETIRED_AFTER = ProtectedResource.MAXIMUM_TOKEN_LIFETIME.plusMinutes(5);

    /**
     * The states of all keys of a store, by the time from which they sign.
     *
     * @param used the algorithms that tokens are signed with
     */
    public static List<SigningKeyState> of(
            Collection<StoredSigningKey> keys, Collection<JwsAlgorithm> used, Instant now) {
        List<StoredSigningKey> line = keys.stream()
                .sorted(Comparator.comparing(StoredSigningKey::activeFrom)
                        .thenComparing(StoredSigningKey::publishedAt)
                        .thenComparing(key -> key.key().keyId()))
                .toList();
        boolean allAreToCome = line.stream().allMatch(key -> key.activeFrom().isAfter(now));
        Set<JwsAlgorithm> seen = EnumSet.noneOf(JwsAlgorithm.class);
        List<SigningKeyState> states = new ArrayList<>();
        for (int each = 0; each < line.size(); each++) {
            StoredSigningKey key = line.get(each);
            JwsAlgorithm algorithm = key.key().algorithm();
            Optional<Instant> succeededAt = line.subList(each + 1, line.size()).stream()
                    .filter(later -> later.key().algorithm() == algorithm)
                    .findFirst()
                    .map(StoredSigningKey::activeFrom);
            // Of keys that are all still to come the first ones sign: there are no others.
            boolean first = seen.add(algorithm);
            boolean hasBegun = !key.activeFrom().isAfter(now) || (first && allAreToCome);
            Phase phase = hasBegun
                    ? begun(used.contains(algorithm), succeededAt, now)
                    : key.publishedAt().isAfter(now) ? Phase.PLANNED : Phase.PUBLISHED;
            states.add(new SigningKeyState(key, phase, succeededAt));
        }
        return List.copyOf(states);
    }

    private static Phase begun(boolean used, Optional<Instant> succeededAt, Instant now) {
        if (succeededAt.isEmpty() || succeededAt.get().isAfter(now)) {
            return used ? Phase.SIGNING : Phase.SUCCEEDED;
        }
        return succeededAt.get().plus(RETIRED_AFTER).isAfter(now) ? Phase.SUCCEEDED : Phase.RETIRED;
    }

    /** Until when it is published; empty if there is no next key of its algorithm. */
    public Optional<Instant> publishedUntil() {
        return succeededAt.map(succeeded -> succeeded.plus(RETIRED_AFTER));
    }

    /** Whether it is in the JWK Set. */
    public boolean isPublished() {
        return phase != Phase.PLANNED && phase != Phase.RETIRED;
    }
}
