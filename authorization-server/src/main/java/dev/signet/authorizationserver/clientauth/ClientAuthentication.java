package dev.signet.authorizationserver.clientauth;

import dev.signet.authorizationserver.store.ClientRegistry;
import dev.signet.core.Issuer;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.outbound.KeySource;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Function;

/**
 * Finds out who sends a request: what the request shows chooses the one way of checking it. Thread-safe.
 *
 * <p>An unknown client and wrong credentials give the same answer (RFC 6749 §5.2). If the keys of a client cannot be fetched,
 * its assertion has not been judged: the answer is {@code temporarily_unavailable}, not {@code invalid_client}.
 */
public final class ClientAuthentication {

    private final IdentifierCheck identifiers;
    private final SecretCheck secrets;
    private final AssertionCheck assertions;

    /** Authenticates clients with these settings. */
    public ClientAuthentication(Settings settings) {
        this.identifiers = new IdentifierCheck(settings);
        this.secrets = new SecretCheck(settings);
        this.assertions = new AssertionCheck(settings);
    }

    /**
     * Who sent the request.
     *
     * @throws dev.signet.core.error.OAuthException {@code invalid_client} if the credentials are wrong
     */
    public Caller authenticate(PresentedCredentials presented, Instant now) {
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

    /**
     * What client authentication goes by.
     *
     * @param clients who is registered
     * @param methods those that are enabled
     * @param algorithms those accepted in assertions of clients that have not registered one
     * @param issuer the sole audience of assertions
     * @param tokenEndpoint what clients with {@code legacyAssertionAudience} may name as audience
     * @param skew how far clocks may differ
     * @param remoteKeys makes the source of keys at an address
     * @param failuresAtOnce how often a client may show a wrong secret at once
     * @param timePerFailure after which time it may once more
     * @param random for what a secret is compared with where there is none
     */
    public record Settings(
            ClientRegistry clients,
            Set<ClientAuthenticationMethod> methods,
            Set<JwsAlgorithm> algorithms,
            Issuer issuer,
            URI tokenEndpoint,
            Duration skew,
            Function<URI, KeySource> remoteKeys,
            int failuresAtOnce,
            Duration timePerFailure,
            SecureRandom random) {

        /** Copies the sets. */
        public Settings {
            methods = Set.copyOf(methods);
            algorithms = Set.copyOf(algorithms);
        }
    }
}
