package dev.signet.client;

import java.io.IOException;

/** What was asked of the authorization server did not come about. The message is for the log, and holds no secret. */
public final class FailureException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    /** With the failure's detail and advice as message. */
    public FailureException(Failure failure) {
        super(failure.endpoint() + ": " + failure.detail() + ". " + failure.advice());
        this.failure = failure;
        if (failure instanceof Failure.NotSent notSent) {
            initCause(notSent.cause());
        } else if (failure instanceof Failure.NotKept notKept) {
            initCause(notKept.cause());
        }
    }

    /** Why, as a value. */
    public Failure failure() {
        return failure;
    }
}
