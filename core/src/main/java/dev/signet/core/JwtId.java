package dev.signet.core;

import dev.signet.core.internal.Syntax;
import java.util.Base64;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The unique identifier that a JWT is made with, its {@code jti} (RFC 7519 §4.1.7).
 *
 * @param value 1 to 256 characters of visible ASCII and space
 */
public record JwtId(String value) {

    private static final int MAXIMUM_LENGTH = 256;
    private static final int MINIMUM_RANDOM_BYTES = 16;

    /** @throws IllegalArgumentException if the value is empty, too long or holds other characters */
    public JwtId {
        Objects.requireNonNull(value, "value");
        if (value.length() > MAXIMUM_LENGTH || !Syntax.isVschar(value)) {
            throw new IllegalArgumentException("jti must be 1 to 256 characters of visible ASCII and space");
        }
    }

    /**
     * The identifier that random octets give, in base64url.
     *
     * @param random at least 16 octets, so that a collision stays negligible (RFC 7521 §5.1)
     */
    public static JwtId of(byte[] random) {
        if (random.length < MINIMUM_RANDOM_BYTES) {
            throw new IllegalArgumentException("random must have at least 16 octets");
        }
        return new JwtId(Base64.getUrlEncoder().withoutPadding().encodeToString(random));
    }

    /**
     * An identifier of 128 random bits.
     *
     * @param random fills an array with random octets, such as {@code SecureRandom::nextBytes}
     */
    public static JwtId drawnFrom(Consumer<byte[]> random) {
        byte[] octets = new byte[MINIMUM_RANDOM_BYTES];
        random.accept(octets);
        return of(octets);
    }

    @Override
    public String toString() {
        return value;
    }
}
