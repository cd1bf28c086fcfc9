package dev.signet.core;

import dev.signet.core.error.ErrorCode;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;

/**
 * Identifies a protected resource: what a client asks a token for, and the audience of the token (RFC 8707 §2).
 *
 * <p>Compared character by character, as it was written.
 *
 * @param value an absolute URI without fragment, at most 2048 ASCII characters
 */
public record ResourceIndicator(String value) {

    private static final int MAXIMUM_LENGTH = 2048;

    /** @throws IllegalArgumentException if the value is no such URI */
    public ResourceIndicator {
        Objects.requireNonNull(value, "value");
        if (!isResourceIndicator(value)) {
            throw new IllegalArgumentException("resource must be an absolute URI without fragment");
        }
    }

    /**
     * Reads a {@code resource} parameter.
     *
     * @throws OAuthException {@code invalid_target} if it is no absolute URI without fragment
     */
    public static ResourceIndicator parse(String value) {
        if (!isResourceIndicator(value)) {
            throw OAuthException.of(
                    ErrorCode.INVALID_TARGET,
                    "resource must be an absolute URI without fragment",
                    RefusalReason.TARGET_MALFORMED,
                    "resource is no absolute URI without fragment");
        }
        return new ResourceIndicator(value);
    }

    private static boolean isResourceIndicator(String value) {
        if (value.length() > MAXIMUM_LENGTH || value.chars().anyMatch(character -> character > 0x7E)) {
            return false;
        }
        try {
            URI uri = new URI(value);
            return uri.isAbsolute() && uri.getRawFragment() == null;
        } catch (URISyntaxException | NumberFormatException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
