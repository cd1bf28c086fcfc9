package dev.signet.authorizationserver.accesstoken;

import dev.signet.authorizationserver.registry.ProtectedResource;
import dev.signet.authorizationserver.store.StoredSigningKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How a signing key stands at a time. The keys of a store are one line in the order in which they sign, whatever their
 * algorithm: each takes over from the one before it. Everything follows from the times kept with the keys, so nodes with the
 * same keys agree.
 *
 * @param key the key
 * @param phase where in its life it is
 * @param succeededAt when the next key takes over or took over; empty if there is no next key
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
        /** Another one signs; it is in the JWK Set for the tokens it signed. */
        SUCCEEDED,
        /** Every token it signed has expired; it is in the JWK Set no more, and about to be removed from the store. */
        RETIRED
    }

    /** How long a key is published after its successor took over: no token it signed lives longer, clocks that differ included. */
    private static final Duration RETIRED_AFTER = ProtectedResource.MAXIMUM_TOKEN_LIFETIME.plusMinutes(5);

    /** The states of all keys of a store, by the time from which they sign. */
    public static List<SigningKeyState> of(Collection<StoredSigningKey> keys, Instant now) {
        List<StoredSigningKey> line = keys.stream()
                .sorted(Comparator.comparing(StoredSigningKey::activeFrom)
                        .thenComparing(StoredSigningKey::publishedAt)
                        .thenComparing(key -> key.key().keyId()))
                .toList();
        List<SigningKeyState> states = new ArrayList<>();
        for (int each = 0; each < line.size(); each++) {
            StoredSigningKey key = line.get(each);
            Optional<Instant> succeededAt =
                    each + 1 < line.size() ? Optional.of(line.get(each + 1).activeFrom()) : Optional.empty();
            // Of keys that are all still to come the first signs: there is no other.
            boolean hasBegun = each == 0 || !key.activeFrom().isAfter(now);
            states.add(new SigningKeyState(key, phase(key, hasBegun, succeededAt, now), succeededAt));
        }
        return List.copyOf(states);
    }

    private static Phase phase(StoredSigningKey key, boolean hasBegun, Optional<Instant> succeededAt, Instant now) {
        if (!hasBegun) {
            return key.publishedAt().isAfter(now) ? Phase.PLANNED : Phase.PUBLISHED;
        }
        if (succeededAt.isEmpty() || succeededAt.get().isAfter(now)) {
            return Phase.SIGNING;
        }
        return succeededAt.get().plus(RETIRED_AFTER).isAfter(now) ? Phase.SUCCEEDED : Phase.RETIRED;
    }

    /** Until when it is published; empty if there is no next key. */
    public Optional<Instant> publishedUntil() {
        return succeededAt.map(succeeded -> succeeded.plus(RETIRED_AFTER));
    }

    /** Whether it is in the JWK Set. */
    public boolean isPublished() {
        return phase != Phase.PLANNED && phase != Phase.RETIRED;
    }
}
