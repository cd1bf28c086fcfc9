package dev.signet.outbound;

import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.VerifiedJwt;
import dev.signet.jwt.key.EncryptionKey;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.VerificationKey;
import java.util.List;
import java.util.Set;

/** The keys that were registered with a party. */
record FixedKeys(JwkSet keys) implements KeySource {

    @Override
    public VerifiedJwt verify(UnverifiedJwt jwt, Set<JwsAlgorithm> allowed) {
        return jwt.verify(keys, allowed);
    }

    @Override
    public boolean contains(VerificationKey key) {
        return holds(keys, key);
    }

    @Override
    public List<EncryptionKey> encryptionKeys(String algorithm) {
        return keys.encryptionKeys(algorithm);
    }

    /** Whether the key is in the set, found by its identifier where it has one. */
    static boolean holds(JwkSet keys, VerificationKey key) {
        return key.keyId().map(keys::withKeyId).orElseGet(keys::keys).contains(key);
    }
}
