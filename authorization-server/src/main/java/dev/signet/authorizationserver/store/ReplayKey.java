package dev.signet.authorizationserver.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Objects;

/**
 * Names something that may be used once. A JWT is named by issuer and {@code jti}, whatever it is presented for: who authenticates
 * with it can't exchange it as well (RFC 7523 §3 item 7).
 *
 * @param use what kind of thing it is, such as an {@link #ASSERTION}
 * @param issuer the {@code iss} claim
 * @param jwtId the {@code jti} claim; whatever its sender made up, so stores keep the {@link #digest()}
 */
public record ReplayKey(String use, String issuer, String jwtId) {

    /** A JWT that authenticates a client or is exchanged for a token. */
    public static final String ASSERTION = "assertion";

    /** A request object that is answered (RFC 9101 §10.2). */
    public static final String REQUEST_OBJECT = "request-object";

    /** A pushed request that is answered (RFC 9126 §7.3); its {@code jti} is the random part of the URI. */
    public static final String PUSHED_REQUEST = "pushed-request";

    /** The octets of a {@link #digest()}. */
    public static final int DIGEST_LENGTH = 32;

    /** @throws IllegalArgumentException if a part is empty */
    public ReplayKey {
        Objects.requireNonNull(use, "use");
        if (use.isEmpty() || issuer.isEmpty() || jwtId.isEmpty()) {
            throw new IllegalArgumentException("use, issuer and jwtId must not be empty");
        }
    }

    /** SHA-256 over the three parts, each preceded by its length, so that no two keys share the octets. */
    public byte[] digest() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            update(digest, use);
            update(digest, issuer);
            update(digest, jwtId);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void update(MessageDigest digest, String part) {
        byte[] octets = part.getBytes(StandardCharsets.UTF_8);
        int length = octets.length;
        digest.update((byte) (length >>> 24));
        digest.update((byte) (length >>> 16));
        digest.update((byte) (length >>> 8));
        digest.update((byte) length);
        digest.update(octets);
    }

    /** Use and issuer only. */
    @Override
    public String toString() {
        return "ReplayKey of " + use + " by " + issuer;
    }
}
