package dev.signet.core;

import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.internal.Syntax;
import java.util.Objects;
import java.util.Optional;

/**
 * Identifies a client; it is not a secret (RFC 6749 §2.2).
 *
 * @param value 1 to 256 characters of visible ASCII and space, the {@code VSCHAR} of RFC 6749 appendix A.1
 */
public record ClientId(String value) {

    private static final int MAXIMUM_LENGTH = 256;

    /** @throws IllegalArgumentException if the value is no client identifier */
    public ClientId {
        Objects.requireNonNull(value, "value");
        if (!isClientId(value)) {
            throw new IllegalArgumentException("client_id must be 1 to 256 characters of visible ASCII and space");
        }
    }

    /**
     * Reads a client identifier that came in with a request.
     *
     * @throws OAuthException {@code invalid_client} if it is none
     */
    public static ClientId parse(String value) {
        if (!isClientId(value)) {
            throw OAuthException.invalidClient(
                    RefusalReason.CLIENT_CREDENTIALS_MALFORMED, "client_id has no valid form");
        }
        return new ClientId(value);
    }

    /** The client identifier that a text is; empty if it is none. */
    public static Optional<ClientId> find(String value) {
        return isClientId(value) ? Optional.of(new ClientId(value)) : Optional.empty();
    }

    private static boolean isClientId(String value) {
        return value.length() <= MAXIMUM_LENGTH && Syntax.isVschar(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
