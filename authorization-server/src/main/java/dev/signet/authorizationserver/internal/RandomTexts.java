package dev.signet.authorizationserver.internal;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * The texts of opaque access tokens, codes and refresh tokens: 256 random bits in base64url, of which nothing is kept here (RFC 6749
 * §10.10). Thread-safe.
 */
public final class RandomTexts {

    private static final int OCTETS = 32;
    private static final int LENGTH = 43;

    private final SecureRandom random;

    /** Draws from that generator. */
    public RandomTexts(SecureRandom random) {
        this.random = random;
    }

    /** A text that was not drawn before. */
    public String next() {
        byte[] octets = new byte[OCTETS];
        random.nextBytes(octets);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    /** Whether a text could be one, so that the store is not asked about others. */
    public static boolean isOne(String text) {
        return text.length() == LENGTH && text.indexOf('.') < 0;
    }
}
