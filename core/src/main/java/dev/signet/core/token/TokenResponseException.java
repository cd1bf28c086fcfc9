package dev.signet.core.token;

/** An authorization server answered a token request with something that RFC 6749 §5 does not know. */
public final class TokenResponseException extends RuntimeException {

    /**
     * An answer that cannot be used.
     *
     * @param message what is wrong, without any value from the answer
     */
    public TokenResponseException(String message) {
        super(message);
    }
}
