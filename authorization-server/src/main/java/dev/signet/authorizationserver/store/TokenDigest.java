package dev.signet.authorizationserver.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * What a token is looked up by, or another text is compared with: its SHA-256. Nobody gets from there to the token, since its text
 * can't be guessed (RFC 6749 §10.10).
 *
 * @param value in base64url
 */
public record TokenDigest(String value) {

    /** @throws IllegalArgumentException if it is empty */
    public TokenDigest {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("value must not be empty");
        }
    }

    /** The digest of a token. */
    public static TokenDigest of(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return parse(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The digest that a store kept. */
    public static TokenDigest parse(byte[] octets) {
        return new TokenDigest(Base64.getUrlEncoder().withoutPadding().encodeToString(octets));
    }

    /** The octets for a store to keep. */
    public byte[] toBytes() {
        return Base64.getUrlDecoder().decode(value);
    }
}
