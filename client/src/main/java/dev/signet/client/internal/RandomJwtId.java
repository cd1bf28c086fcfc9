package dev.signet.client.internal;

import dev.signet.core.JwtId;
import java.security.SecureRandom;

/** Identifiers of assertions, 128 random bits each (RFC 7519 §4.1.7). */
public final class RandomJwtId {

    private static final int OCTETS = 16;

    private RandomJwtId() {}

    /** A new one. */
    public static JwtId from(SecureRandom random) {
        byte[] octets = new byte[OCTETS];
        random.nextBytes(octets);
        return JwtId.of(octets);
    }
}
