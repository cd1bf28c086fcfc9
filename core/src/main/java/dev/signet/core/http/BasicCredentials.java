package dev.signet.core.http;

import dev.signet.core.ClientId;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.internal.Syntax;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * A client's identifier and secret in HTTP Basic, each form-encoded before they are joined (RFC 6749 §2.3.1).
 *
 * @param clientId who the client says it is
 * @param secret the secret it showed; never empty
 */
public record BasicCredentials(ClientId clientId, String secret) {

    private static final String SCHEME = "Basic ";
    private static final int MAXIMUM_LENGTH = 4096;

    /** @throws IllegalArgumentException if the secret is empty or holds a control character */
    public BasicCredentials {
        if (secret.isEmpty() || Syntax.hasControl(secret)) {
            throw new IllegalArgumentException("secret must not be empty or hold a control character");
        }
    }

    /**
     * Reads the value of an {@code Authorization} header; empty if it is for another scheme.
     *
     * @throws OAuthException {@code invalid_client} if it is for {@code Basic} and broken, longer than 4096 characters,
     *     or has an empty part
     */
    public static Optional<BasicCredentials> parse(String authorization) {
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            if (authorization.equalsIgnoreCase("Basic")) {
                throw malformed("no credentials");
            }
            return Optional.empty();
        }
        if (authorization.length() > MAXIMUM_LENGTH) {
            throw malformed("more than " + MAXIMUM_LENGTH + " characters");
        }
        String pair = decode(authorization.substring(SCHEME.length()).strip());
        int colon = pair.indexOf(':');
        if (colon < 0) {
            throw malformed("no colon");
        }
        String clientId =
                FormEncoding.decode(pair.substring(0, colon)).orElseThrow(() -> malformed("a broken client_id"));
        String secret = FormEncoding.decode(pair.substring(colon + 1)).orElseThrow(() -> malformed("a broken secret"));
        if (secret.isEmpty() || Syntax.hasControl(secret)) {
            throw malformed("an empty secret or a control character in it");
        }
        return Optional.of(new BasicCredentials(ClientId.parse(clientId), secret));
    }

    /**
     * The value of the {@code Authorization} header for a client to send.
     *
     * @throws IllegalArgumentException if the secret is empty or holds a control character
     */
    public static String encode(ClientId clientId, String secret) {
        return new BasicCredentials(clientId, secret).encoded();
    }

    private String encoded() {
        String pair = FormEncoding.encode(clientId.value()) + ":" + FormEncoding.encode(secret);
        return SCHEME + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII));
    }

    /** The client only. */
    @Override
    public String toString() {
        return "BasicCredentials of " + clientId;
    }

    private static String decode(String base64) {
        byte[] octets;
        try {
            octets = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw malformed("broken base64");
        }
        for (byte octet : octets) {
            if (octet < 0) {
                throw malformed("octets that form encoding never gives");
            }
        }
        return new String(octets, StandardCharsets.US_ASCII);
    }

    private static OAuthException malformed(String detail) {
        return OAuthException.invalidClient(
                RefusalReason.CLIENT_CREDENTIALS_MALFORMED, "the Basic credentials have " + detail);
    }
}
