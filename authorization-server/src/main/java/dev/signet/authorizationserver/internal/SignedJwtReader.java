package dev.signet.authorizationserver.internal;

import dev.signet.jwt.EncryptedJwt;
import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.key.DecryptionKey;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Reads an assertion or a request object, which may be signed, or signed and then encrypted to a key of this server (RFC 7523 §3 item 9,
 * RFC 9101 §6.1).
 */
public final class SignedJwtReader {

    private final Supplier<List<DecryptionKey>> keys;

    /** @param keys those that JWTs may be encrypted to now; none, and none may be encrypted */
    public SignedJwtReader(Supplier<List<DecryptionKey>> keys) {
        this.keys = keys;
    }

    /**
     * The signed JWT, unverified: that it could be decrypted proves nothing.
     *
     * @throws dev.signet.jwt.JwtRejected if it is none
     */
    public UnverifiedJwt read(String jwt) {
        return read(jwt, DecryptionKey.ALGORITHMS, EncryptedJwt.ENCRYPTIONS);
    }

    /**
     * The same, of a sender with whom the encryption was agreed, if there is one.
     *
     * @param algorithms of {@link DecryptionKey#ALGORITHMS}
     * @param encryptions of {@link EncryptedJwt#ENCRYPTIONS}
     * @throws dev.signet.jwt.JwtRejected if it is none
     */
    public UnverifiedJwt read(String jwt, Set<String> algorithms, Set<String> encryptions) {
        if (!EncryptedJwt.looksEncrypted(jwt)) {
            return UnverifiedJwt.parse(jwt);
        }
        List<DecryptionKey> known = keys.get();
        return known.isEmpty()
                ? UnverifiedJwt.parse(jwt)
                : EncryptedJwt.parse(jwt).decrypt(known, algorithms, encryptions);
    }
}
