package dev.signet.client.http;

import dev.signet.client.TokenOutcome;
import java.io.IOException;

/** A request was not sent, since there is no token to send with it. */
public final class TokenUnavailableException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient TokenOutcome outcome;

    TokenUnavailableException(TokenOutcome outcome) {
        super("no access token: " + outcome);
        this.outcome = outcome;
    }

    /** What came of asking for one. */
    public TokenOutcome outcome() {
        return outcome;
    }
}
