package dev.signet.app.server;

import java.security.SecureRandom;
import java.util.Base64;

/** Secrets of clients that the program makes up. */
public final class GeneratedSecret {

    /** As many as 64 characters stand for, which is long enough for every MAC (RFC 7518 §3.2). */
    private static final int BYTES = 48;

    private GeneratedSecret() {}

    /** A new one, of 64 characters that need no escaping anywhere. */
    public static String of(SecureRandom random) {
        byte[] octets = new byte[BYTES];
        random.nextBytes(octets);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }
}
