package dev.signet.authorizationserver.internal;

import dev.signet.jwt.EncryptedJwt;
import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.key.DecryptionKey;
import java.util.List;

/** Reads an assertion, which may be signed, or signed and then encrypted to a key of this server (RFC 7523 §3 item 9). */
public final class AssertionReader {

    private final List<DecryptionKey> keys;

    /** @param keys those that assertions may be encrypted to; none, and none may be encrypted */
    public AssertionReader(List<DecryptionKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * The signed JWT, unverified: that it could be decrypted proves nothing.
     *
     * @throws dev.signet.jwt.JwtRejected if it is none
     */
    public UnverifiedJwt read(String assertion) {
        if (!keys.isEmpty() && EncryptedJwt.looksEncrypted(assertion)) {
            return EncryptedJwt.parse(assertion).decrypt(keys, DecryptionKey.ALGORITHMS, EncryptedJwt.ENCRYPTIONS);
        }
        return UnverifiedJwt.parse(assertion);
    }
}
