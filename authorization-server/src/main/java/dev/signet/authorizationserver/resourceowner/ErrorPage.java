package dev.signet.authorizationserver.resourceowner;

import dev.signet.authorizationserver.internal.PlainPage;
import dev.signet.core.error.OAuthError;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.http.ProtocolResponse;

/**
 * What a user agent shows if an authorization request can't be answered to its client, since it is not certain which client it is or
 * where it is (RFC 6749 §4.1.2.1). Replace it to have the page look like the others of an application.
 *
 * <pre>{@code
 * ErrorPage page = failure -> application.page("error", failure.error().description(), failure.correlationId());
 * }</pre>
 *
 * <p>The server sets the status, and keeps the page out of caches and frames, whatever it says about that itself. Thread-safe.
 */
@FunctionalInterface
public interface ErrorPage {

    /** The page. */
    ProtocolResponse show(Failure failure);

    /** A plain page in English, with nothing from elsewhere. */
    static ErrorPage plain() {
        return failure -> PlainPage.titled("This request cannot be answered")
                .text(failure.error().description() + ".")
                .text("The application that sent you here made a mistake, or is not known here. Go back to it and try "
                        + "again. If that does not help, tell those who run it.")
                .text("For them: " + failure.error().code().wireName() + ", " + failure.correlationId())
                .toResponse();
    }

    /**
     * What went wrong.
     *
     * @param http the request as it came; nothing in it is to be trusted
     * @param error what may be said about it
     * @param correlationId what the lines of the log about it are found by
     */
    record Failure(ProtocolRequest http, OAuthError error, String correlationId) {

        /** The code only. */
        @Override
        public String toString() {
            return "Failure " + error.code().wireName();
        }
    }
}
