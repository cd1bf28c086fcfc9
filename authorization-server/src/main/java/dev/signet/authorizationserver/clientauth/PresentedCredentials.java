package dev.signet.authorizationserver.clientauth;

import dev.signet.core.ClientId;
import dev.signet.jwt.UnverifiedJwt;
import java.util.Optional;

/** What a request shows to say who sends it: one kind, and nothing of it checked. */
public sealed interface PresentedCredentials {

    /** Who the sender says it is. */
    Optional<ClientId> claimedClient();

    /** Nothing at all. */
    record None() implements PresentedCredentials {
        @Override
        public Optional<ClientId> claimedClient() {
            return Optional.empty();
        }
    }

    /** A {@code client_id} and no more. */
    record Identifier(ClientId clientId) implements PresentedCredentials {
        @Override
        public Optional<ClientId> claimedClient() {
            return Optional.of(clientId);
        }
    }

    /**
     * A shared secret.
     *
     * @param inHeader whether it came by HTTP Basic and not in the form
     */
    record Secret(ClientId clientId, String secret, boolean inHeader) implements PresentedCredentials {
        @Override
        public Optional<ClientId> claimedClient() {
            return Optional.of(clientId);
        }

        /** The client only. */
        @Override
        public String toString() {
            return "Secret of " + clientId;
        }
    }

    /**
     * An assertion.
     *
     * @param jwt the assertion, well-formed and no more
     * @param clientId the {@code client_id} beside it, else its {@code sub}: by whose registration it is to be judged
     * @param path the path that was called with it; empty if none was
     */
    record Assertion(UnverifiedJwt jwt, ClientId clientId, String path) implements PresentedCredentials {
        @Override
        public Optional<ClientId> claimedClient() {
            return Optional.of(clientId);
        }

        /** The client only. */
        @Override
        public String toString() {
            return "Assertion of " + clientId;
        }
    }
}
