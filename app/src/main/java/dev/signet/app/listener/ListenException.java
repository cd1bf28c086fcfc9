package dev.signet.app.listener;

/** Thrown when the configured address can't be listened on; the message is one line for the operator. */
public final class ListenException extends RuntimeException {

    ListenException(String message, Throwable cause) {
        super(message, cause);
    }
}
