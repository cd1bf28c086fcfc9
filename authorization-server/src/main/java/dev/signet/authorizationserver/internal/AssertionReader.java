package dev.signet.authorizationserver.internal;

import dev.signet.jwt.EncryptedJwt;
import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.key.DecryptionKey;
import java.util.List;
import java.util.function.Supplier;

/** Reads an assertion, which may be signed, or signed and then encrypted to a key of this server (RFC 7523 §3 item 9). */
public final class AssertionReader {

    private final Supplier<List<DecryptionKey>> keys;

    /** @param keys those that assertions may be encrypted to now; none, and none may be encrypted */
    public AssertionReader(Supplier<List<DecryptionKey>> keys) {
        this.keys = keys;
    }

    /**
     * The signed JWT, unverified: that it could be decrypted proves nothing.
     *
     * @throws dev.signet.jwt.JwtRejected if it is none
     */
    public UnverifiedJwt read(String assertion) {
        if (!EncryptedJwt.looksEncrypted(assertion)) {
            return UnverifiedJwt.parse(assertion);
        }
        List<DecryptionKey> known = keys.get();
        return known.isEmpty()
                ? UnverifiedJwt.parse(assertion)
                : EncryptedJwt.parse(assertion).decrypt(known, DecryptionKey.ALGORITHMS, EncryptedJwt.ENCRYPTIONS);
    }
}
