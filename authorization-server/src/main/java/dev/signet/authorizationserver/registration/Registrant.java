package dev.signet.authorizationserver.registration;

import java.util.Optional;

/** Who may register a client, by an initial access token or because everybody may; only {@link ClientRegistration} says so. */
public final class Registrant {

    private final Optional<InitialAccessToken> token;

    Registrant(Optional<InitialAccessToken> token) {
        this.token = token;
    }

    Optional<InitialAccessToken> token() {
        return token;
    }
}
