package dev.signet.storejdbc;

import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key that private keys and MAC secrets are encrypted with in the store. Keep it apart from the database: whoever has
 * both can sign tokens. Losing it loses the signing keys. Immutable.
 */
public final class EncryptionKey {

    /** Its octets. */
    public static final int LENGTH = 32;

    private final SecretKey key;

    private EncryptionKey(byte[] octets) {
        if (octets.length != LENGTH) {
            throw new IllegalArgumentException("an encryption key must have " + LENGTH + " octets");
        }
        this.key = new SecretKeySpec(octets, "AES");
    }

    /**
     * The key with these octets.
     *
     * @throws IllegalArgumentException if they are not 32
     */
    public static EncryptionKey of(byte[] octets) {
        return new EncryptionKey(octets);
    }

    /** A new key; {@code random} must be cryptographically strong. */
    public static EncryptionKey generate(SecureRandom random) {
        byte[] octets = new byte[LENGTH];
        random.nextBytes(octets);
        return new EncryptionKey(octets);
    }

    /**
     * Reads what {@link #toBase64Url()} gave; white space around it is ignored.
     *
     * @throws IllegalArgumentException if it is something else; the message does not repeat it
     */
    public static EncryptionKey parse(String text) {
        try {
            return new EncryptionKey(Base64.getUrlDecoder().decode(text.strip()));
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(
                    "an encryption key must be " + LENGTH + " octets in base64url, which are 43 characters");
        }
    }

    /** The key as text, for a file that only the server may read. */
    public String toBase64Url() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getEncoded());
    }

    SecretKey secretKey() {
        return key;
    }

    /** Shows nothing. */
    @Override
    public String toString() {
        return "EncryptionKey";
    }
}
