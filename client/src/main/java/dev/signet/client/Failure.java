package dev.signet.client;

import dev.signet.core.token.TokenError;
import dev.signet.outbound.OutboundException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Why the authorization server gave nothing to use. Nothing of it is secret. */
public sealed interface Failure {

    /** Why there was no answer at that endpoint. */
    static Failure of(OutboundException cause, URI endpoint) {
        Optional<Problem> problem = Problem.of(cause);
        return problem.<Failure>map(found -> new Unusable(found, cause.detail(), endpoint))
                .orElseGet(() -> new Unreachable(cause.detail(), endpoint, Optional.empty()));
    }

    /** Who was asked: an endpoint, or where the metadata is as long as that does not say where the endpoint is. */
    URI endpoint();

    /** What happened, in a sentence for the log. */
    String detail();

    /** What to do about it, in a sentence for who runs the client. */
    String advice();

    /** The {@code error} of the server, if it gave one. */
    default Optional<String> code() {
        return Optional.empty();
    }

    /** The {@code error_description} of the server, if it gave one. */
    default Optional<String> description() {
        return Optional.empty();
    }

    /**
     * The server refused (RFC 6749 §5.2). The same request will be refused again.
     *
     * @param error what it says
     * @param status the status it answered with
     */
    record Refused(TokenError error, int status, URI endpoint) implements Failure {
        @Override
        public String detail() {
            return "the server answered " + status + " " + error.error()
                    + error.description().map(text -> ": " + text).orElse("");
        }

        @Override
        public String advice() {
            return Advice.on(error.error());
        }

        @Override
        public Optional<String> code() {
            return Optional.of(error.error());
        }

        @Override
        public Optional<String> description() {
            return error.description();
        }
    }

    /**
     * The server could not be reached, or could not answer. Asking again later may help.
     *
     * @param detail why
     * @param retryAfter how long the server asks to be left alone ({@code Retry-After}, RFC 9110 §10.2.3)
     */
    record Unreachable(String detail, URI endpoint, Optional<Duration> retryAfter) implements Failure {
        @Override
        public String advice() {
            return "Ask again"
                    + retryAfter
                            .map(wait -> " in " + wait.toSeconds() + " seconds")
                            .orElse(" later, less and less often")
                    + "; if it stays so, look whether the server runs and can be reached from here.";
        }
    }

    /**
     * The server answered with something that must not be used. Somebody has to look into it.
     *
     * @param problem what is wrong, as a stable name
     * @param detail what is wrong, with nothing of the answer
     */
    record Unusable(Problem problem, String detail, URI endpoint) implements Failure {
        @Override
        public String advice() {
            return problem.advice();
        }
    }

    /**
     * Nothing was sent, since the assertion or the signature for the request could not be had on this side.
     *
     * @param cause what the program's own {@link AssertionSource}, {@link dev.signet.jwt.key.Signer} or supplier threw; the
     *     words are its own
     */
    record NotSent(RuntimeException cause, URI endpoint) implements Failure {
        @Override
        public String detail() {
            return "the request could not be made: " + cause.getClass().getName();
        }

        @Override
        public String advice() {
            return "See the cause: what supplies the assertion or the signature failed in this program.";
        }

        /** Without what the cause says. */
        @Override
        public String toString() {
            return "NotSent[" + detail() + ", endpoint=" + endpoint + "]";
        }
    }

    /**
     * The server answered, but the refresh token, or the registration, that it gave could not be kept on this side. There is no access
     * token: who got it could go on for its lifetime, and then not be able to.
     *
     * @param cause what the program's own keeper threw; the words are its own
     */
    record NotKept(RuntimeException cause, URI endpoint) implements Failure {
        @Override
        public String detail() {
            return "what the server gave to be kept could not be kept: "
                    + cause.getClass().getName();
        }

        @Override
        public String advice() {
            return "See the cause: what keeps refresh tokens and registrations failed in this program.";
        }

        /** Without what the cause says. */
        @Override
        public String toString() {
            return "NotKept[" + detail() + ", endpoint=" + endpoint + "]";
        }
    }
}
