package dev.signet.app.pages;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proof that a form was shown to the user agent that sends it, for exactly what it is sent for (RFC 6749 §10.12). It is a MAC with a
 * secret that only this user agent has, of what the form is for and of all that stands in it and is not filled in.
 */
final class FormToken {

    /** The field that it is in. */
    static final String FIELD = "csrf";

    private FormToken() {}

    /**
     * A token.
     *
     * @param secret of the user agent
     * @param purpose what the form is for, one word
     * @param content what stands in it
     */
    static String of(String secret, String purpose, String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            mac.update((purpose + "\0").getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(digest));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC with SHA-256", e);
        }
    }

    /** Whether that is the token; takes the same time for each that is not. */
    static boolean matches(String token, String secret, String purpose, String content) {
        return MessageDigest.isEqual(
                token.getBytes(StandardCharsets.UTF_8),
                of(secret, purpose, content).getBytes(StandardCharsets.UTF_8));
    }
}
