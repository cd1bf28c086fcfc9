package dev.signet.authorizationserver.store;

/**
 * A store could not do what it was asked for. The request is answered with 503 and may be sent again; nothing was issued.
 */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure without a cause.
     *
     * @param message what could not be done, without keys, secrets or tokens
     */
    public StoreException(String message) {
        super(message);
    }

    /**
     * A failure with its cause.
     *
     * @param message what could not be done, without keys, secrets or tokens
     */
    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
