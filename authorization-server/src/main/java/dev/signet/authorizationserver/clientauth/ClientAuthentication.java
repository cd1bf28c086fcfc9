package dev.signet.authorizationserver.clientauth;

import dev.signet.authorizationserver.internal.AssertionTerms;
import dev.signet.authorizationserver.registry.ClientKeys;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.store.ClientRegistry;
import dev.signet.authorizationserver.trust.TrustedAssertions;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.outbound.KeySource;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * Finds out who sends a request: what the request shows chooses the one way of checking it. Thread-safe.
 *
 * <p>An unknown client and wrong credentials give the same answer (RFC 6749 §5.2), and so does a client that is not enabled, to
 * whoever has its credentials; others don't get as far. If the keys of a client cannot be fetched,
 * its assertion has not been judged: the answer is {@code temporarily_unavailable}, not {@code invalid_client}.
 */
public final class ClientAuthentication {

    private final IdentifierCheck identifiers;
    private final SecretCheck secrets;
    private final AssertionCheck assertions;

    private ClientAuthentication(Builder builder) {
        this.identifiers = new IdentifierCheck(builder);
        this.secrets = new SecretCheck(builder);
        this.assertions = new AssertionCheck(builder);
    }

    /**
     * Starts the authentication of clients.
     *
     * @param clients who is registered
     * @param terms what assertions are held to
     * @param trusted checks the assertions of clients that have no keys of their own
     */
    public static Builder builder(ClientRegistry clients, AssertionTerms terms, TrustedAssertions trusted) {
        return new Builder(clients, terms, trusted);
    }

    /**
     * Who sent the request.
     *
     * @throws OAuthException {@code invalid_client} if the credentials are wrong, or the client is not enabled
     */
    public Caller authenticate(PresentedCredentials presented, Instant now) {
        Caller caller = identify(presented, now);
        if (!caller.client().map(RegisteredClient::isEnabled).orElse(true)) {
            throw OAuthException.invalidClient(RefusalReason.CLIENT_DISABLED, "the client is not enabled");
        }
        return caller;
    }

    /** Whether the assertions of that client are made by somebody else; false if there is no such client. */
    public boolean isFederated(PresentedCredentials.Assertion presented) {
        return assertions.isFederated(presented.clientId());
    }

    private Caller identify(PresentedCredentials presented, Instant now) {
        if (presented instanceof PresentedCredentials.Assertion assertion) {
            return assertions.authenticate(assertion, now);
        }
        if (presented instanceof PresentedCredentials.Secret secret) {
            return secrets.authenticate(secret, now);
        }
        if (presented instanceof PresentedCredentials.Identifier identifier) {
            return identifiers.authenticate(identifier);
        }
        return new AnonymousCaller();
    }

    /** Collects what client authentication goes by; whoever builds it has found it in order. */
    public static final class Builder {

        final ClientRegistry clients;
        final AssertionTerms terms;
        final TrustedAssertions trusted;
        Set<ClientAuthenticationMethod> methods = Set.of();
        Set<JwsAlgorithm> algorithms = Set.of();
        ClientKeys keys = new ClientKeys(uri -> KeySource.of(JwkSet.empty()));
        int failuresAtOnce = 1;
        Duration timePerFailure = Duration.ofHours(1);
        SecureRandom random = new SecureRandom();

        private Builder(ClientRegistry clients, AssertionTerms terms, TrustedAssertions trusted) {
            this.clients = clients;
            this.terms = terms;
            this.trusted = trusted;
        }

        /** Those that are enabled; none unless given. */
        public Builder methods(Set<ClientAuthenticationMethod> enabled) {
            this.methods = Set.copyOf(enabled);
            return this;
        }

        /** Those accepted in assertions of clients that have not registered one; none unless given. */
        public Builder algorithms(Set<JwsAlgorithm> accepted) {
            this.algorithms = Set.copyOf(accepted);
            return this;
        }

        /** The keys that assertions are checked with; unless given, those that were registered and none at an address. */
        public Builder keys(ClientKeys ofClients) {
            this.keys = ofClients;
            return this;
        }

        /** How often a client may show a wrong secret at once, and after which time once more. */
        public Builder secretFailures(int atOnce, Duration timePerFailure) {
            this.failuresAtOnce = atOnce;
            this.timePerFailure = timePerFailure;
            return this;
        }

        /** Makes what a secret is compared with where there is none; the platform's default unless given. */
        public Builder random(SecureRandom generator) {
            this.random = generator;
            return this;
        }

        /** The authentication of clients. */
        public ClientAuthentication build() {
            return new ClientAuthentication(this);
        }
    }
}
