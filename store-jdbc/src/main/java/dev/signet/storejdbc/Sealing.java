package dev.signet.storejdbc;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Encrypts values with AES-256-GCM and binds them to their place, so that a value moved to another row does not open there.
 * A sealed value is a version octet, a random nonce of 12 octets and the ciphertext with its tag. Thread-safe.
 */
final class Sealing {

    private static final byte VERSION = 1;
    private static final int NONCE_LENGTH = 12;
    private static final int TAG_LENGTH = 16;
    private static final int START = 1 + NONCE_LENGTH;

    private final EncryptionKey key;
    private final SecureRandom random;

    Sealing(EncryptionKey key, SecureRandom random) {
        this.key = key;
        this.random = random;
    }

    /**
     * Seals a value.
     *
     * @param place the table, the identifier and the columns that belong to the value
     */
    byte[] seal(byte[] value, String... place) {
        byte[] sealed = new byte[START + value.length + TAG_LENGTH];
        byte[] nonce = new byte[NONCE_LENGTH];
        random.nextBytes(nonce);
        sealed[0] = VERSION;
        System.arraycopy(nonce, 0, sealed, 1, NONCE_LENGTH);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce, place);
            cipher.doFinal(value, 0, value.length, sealed, START);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
        return sealed;
    }

    /** Seals a value for a text column, in base64url. */
    String sealText(byte[] value, String... place) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(seal(value, place));
    }

    /** The value; empty as with {@link #open}, and if the text is no base64url. */
    Optional<byte[]> openText(String sealed, String... place) {
        try {
            return open(Base64.getUrlDecoder().decode(sealed), place);
        } catch (IllegalArgumentException changed) {
            return Optional.empty();
        }
    }

    /** The value; empty if it was sealed with another key or for another place, or was changed. */
    Optional<byte[]> open(byte[] sealed, String... place) {
        if (sealed.length < START + TAG_LENGTH || sealed[0] != VERSION) {
            return Optional.empty();
        }
        byte[] nonce = new byte[NONCE_LENGTH];
        System.arraycopy(sealed, 1, nonce, 0, NONCE_LENGTH);
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, nonce, place);
            return Optional.of(cipher.doFinal(sealed, START, sealed.length - START));
        } catch (AEADBadTagException wrong) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String... place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.secretKey(), new GCMParameterSpec(TAG_LENGTH * Byte.SIZE, nonce));
        cipher.updateAAD(encode(place));
        return cipher;
    }

    /** Each part is preceded by its length, so that no two places give the same octets. */
    private static byte[] encode(String... place) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(octets)) {
            for (String part : place) {
                byte[] encoded = part.getBytes(StandardCharsets.UTF_8);
                out.writeInt(encoded.length);
                out.write(encoded);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return octets.toByteArray();
    }
}
