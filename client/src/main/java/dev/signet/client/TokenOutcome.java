package dev.signet.client;

import dev.signet.core.token.TokenError;
import java.util.Optional;

/** What came of asking for a token. */
public sealed interface TokenOutcome {

    /** The token, if there is one. */
    Optional<IssuedToken> token();

    /**
     * The server issued a token.
     *
     * @param issued the token
     */
    record Issued(IssuedToken issued) implements TokenOutcome {
        @Override
        public Optional<IssuedToken> token() {
            return Optional.of(issued);
        }
    }

    /**
     * The server refused (RFC 6749 §5.2).
     *
     * @param error what it says
     * @param status the status it answered with
     */
    record Refused(TokenError error, int status) implements TokenOutcome {
        @Override
        public Optional<IssuedToken> token() {
            return Optional.empty();
        }
    }

    /**
     * The server could not be reached, or could not answer. Asking again later may help.
     *
     * @param detail why, in a sentence for the log; holds no secret
     */
    record Unreachable(String detail) implements TokenOutcome {
        @Override
        public Optional<IssuedToken> token() {
            return Optional.empty();
        }
    }

    /**
     * The server answered with something that must not be used: the metadata of another issuer, a token of an unknown
     * type, or what is no answer at all. Somebody has to look into it.
     *
     * @param detail why, in a sentence for the log; holds nothing of the answer
     */
    record Unusable(String detail) implements TokenOutcome {
        @Override
        public Optional<IssuedToken> token() {
            return Optional.empty();
        }
    }
}
