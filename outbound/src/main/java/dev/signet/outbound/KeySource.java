package dev.signet.outbound;

import dev.signet.jwt.JwtRejected;
import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.VerifiedJwt;
import dev.signet.jwt.key.EncryptionKey;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.VerificationKey;
import java.util.List;
import java.util.Set;

/**
 * Knows which keys speak for one party. Replace it to keep keys elsewhere: hand the party's keys to
 * {@link UnverifiedJwt#verify(JwkSet, Set)}, which chooses among them. Thread-safe.
 */
@FunctionalInterface
public interface KeySource {

    /**
     * Checks the signature with the party's keys.
     *
     * @param allowed the algorithms accepted from the party
     * @throws JwtRejected if no key of the party made the signature
     * @throws KeysUnavailableException if the party's keys cannot be had
     */
    VerifiedJwt verify(UnverifiedJwt jwt, Set<JwsAlgorithm> allowed);

    /**
     * Whether the key is among the party's usable keys now. Who remembers what {@link #verify} found out asks this
     * before relying on it. Never waits; a source that cannot tell says no.
     */
    default boolean contains(VerificationKey key) {
        return false;
    }

    /**
     * The keys to encrypt to the party with; none unless the source has some.
     *
     * @param algorithm of {@link dev.signet.jwt.key.DecryptionKey#ALGORITHMS}
     * @throws KeysUnavailableException if the party's keys cannot be had
     */
    default List<EncryptionKey> encryptionKeys(String algorithm) {
        return List.of();
    }

    /** Keys that stay as they are. */
    static KeySource of(JwkSet keys) {
        return new FixedKeys(keys);
    }
}
