package dev.signet.app.server;

/** Thrown when the stores of a server can't be opened; the message is one line for the operator. */
public final class StartException extends RuntimeException {

    StartException(String message) {
        super(message);
    }

    StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
