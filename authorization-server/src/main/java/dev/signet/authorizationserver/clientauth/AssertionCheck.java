package dev.signet.authorizationserver.clientauth;

import dev.signet.authorizationserver.event.LeniencyUse;
import dev.signet.authorizationserver.internal.AssertionTerms;
import dev.signet.authorizationserver.internal.BoundedCache;
import dev.signet.authorizationserver.registry.ClientKeys;
import dev.signet.authorizationserver.registry.MacSecret;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.registry.SelfIssuedAssertions;
import dev.signet.authorizationserver.store.ClientRegistry;
import dev.signet.authorizationserver.store.ReplayKey;
import dev.signet.authorizationserver.store.SingleUse;
import dev.signet.core.ClientId;
import dev.signet.core.assertion.ClientAssertion;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import dev.signet.jwt.JwtRejected;
import dev.signet.jwt.Reason;
import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.VerifiedJwt;
import dev.signet.jwt.claims.ClaimsRules;
import dev.signet.jwt.claims.ValidClaims;
import dev.signet.jwt.key.JwsAlgorithm;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code private_key_jwt} and {@code client_secret_jwt} (RFC 7523 §2.2, §3, OpenID Connect Core §9). */
final class AssertionCheck {

    private static final int CACHED_RULES = 10_000;

    private final ClientRegistry clients;
    private final FederatedCheck federated;
    private final Set<ClientAuthenticationMethod> enabled;
    private final AssertionTerms terms;
    private final ClientKeys keys;
    private final Set<JwsAlgorithm> signatures;
    private final Set<JwsAlgorithm> macs;
    private final BoundedCache<RulesKey, ClaimsRules> rules = new BoundedCache<>(CACHED_RULES);

    /**
     * What the rules of a client depend on.
     *
     * @param calledPath the path that may name this server; empty unless older audiences are switched on
     */
    private record RulesKey(ClientId clientId, boolean legacyAudience, String calledPath, boolean requireType) {

        static RulesKey of(RegisteredClient client, String path) {
            boolean legacy = client.legacyAssertionAudience();
            // What may be shown again and again as a grant must not be good to authenticate with, too.
            boolean reusing = client.selfIssuedAssertions()
                    .filter(SelfIssuedAssertions::allowsReuse)
                    .isPresent();
            return new RulesKey(client.clientId(), legacy, legacy ? path : "", client.requireAssertionTyp() || reusing);
        }
    }

    AssertionCheck(ClientAuthentication.Builder settings) {
        this.clients = settings.clients;
        this.federated = new FederatedCheck(settings.trusted);
        this.enabled = settings.methods;
        this.terms = settings.terms;
        this.keys = settings.keys;
        this.signatures = settings.algorithms.stream()
                .filter(algorithm -> !algorithm.isMac())
                .collect(Collectors.toUnmodifiableSet());
        this.macs = settings.algorithms.stream().filter(JwsAlgorithm::isMac).collect(Collectors.toUnmodifiableSet());
    }

    AuthenticatedClient authenticate(PresentedCredentials.Assertion presented, Instant now) {
        RegisteredClient client = clients.find(presented.clientId())
                .orElseThrow(() ->
                        OAuthException.invalidClient(RefusalReason.CLIENT_UNKNOWN, "the client is not registered"));
        ClientAuthenticationMethod method = client.authenticationMethod();
        if (!method.usesAssertion() || !enabled.contains(method)) {
            throw OAuthException.invalidClient(
                    RefusalReason.CLIENT_METHOD_NOT_REGISTERED,
                    "the client sent an assertion, though it is not registered for that");
        }
        return client.federatedIdentity().isPresent()
                ? federated.authenticate(client, client.federatedIdentity().get(), presented.jwt(), now)
                : own(client, presented, now);
    }

    /** By a key or a secret of its own: {@code iss} and {@code sub} are the client (RFC 7523 §3). */
    private AuthenticatedClient own(RegisteredClient client, PresentedCredentials.Assertion presented, Instant now) {
        UnverifiedJwt jwt = presented.jwt();
        if (jwt.claimedSubject()
                .filter(subject -> !subject.equals(client.clientId().value()))
                .isPresent()) {
            throw OAuthException.invalidClient(
                    RefusalReason.CLIENT_ID_MISMATCH, "client_id names another client than the credentials");
        }
        try {
            return valid(client, verify(client, jwt), presented.path(), now, List.of());
        } catch (JwtRejected rejected) {
            if (client.tryAllKeys() && rejected.reason() == Reason.KEY_AMBIGUOUS) {
                return byAnyKey(client, presented, now);
            }
            throw OAuthException.invalidClient(rejected);
        }
    }

    private AuthenticatedClient byAnyKey(
            RegisteredClient client, PresentedCredentials.Assertion presented, Instant now) {
        try {
            VerifiedJwt jwt = verify(client, presented.jwt().tryingAllKeys());
            LeniencyUse use = new LeniencyUse("tryAllKeys", client.clientId().value());
            return valid(client, jwt, presented.path(), now, List.of(use));
        } catch (JwtRejected rejected) {
            throw OAuthException.invalidClient(rejected);
        }
    }

    private AuthenticatedClient valid(
            RegisteredClient client, VerifiedJwt jwt, String path, Instant now, List<LeniencyUse> leniencies) {
        ValidClaims claims = rules.get(RulesKey.of(client, path), this::rulesOf).check(jwt, now);
        return new AuthenticatedClient(
                client, List.of(singleUse(client, claims)), leniencies(client, claims, leniencies));
    }

    boolean isFederated(ClientId clientId) {
        return clients.find(clientId)
                .filter(client -> client.federatedIdentity().isPresent())
                .isPresent();
    }

    private VerifiedJwt verify(RegisteredClient client, UnverifiedJwt jwt) {
        if (client.authenticationMethod() == ClientAuthenticationMethod.PRIVATE_KEY_JWT) {
            return keys.verify(client, jwt, allowed(client, signatures));
        }
        Set<JwsAlgorithm> allowed = allowed(client, macs);
        return jwt.verify(client.secret()
                .filter(MacSecret.class::isInstance)
                .map(secret -> ((MacSecret) secret).keys(allowed))
                .orElse(List.of()));
    }

    /** The algorithm the client registered, else those that are advertised; in neither case one that is not enabled. */
    private static Set<JwsAlgorithm> allowed(RegisteredClient client, Set<JwsAlgorithm> accepted) {
        if (client.assertionSigningAlgorithm().isEmpty()) {
            return accepted;
        }
        JwsAlgorithm registered = client.assertionSigningAlgorithm().get();
        if (!accepted.contains(registered)) {
            throw new JwtRejected(Reason.ALGORITHM_NOT_ALLOWED, "the algorithm the client registered is not enabled");
        }
        return Set.of(registered);
    }

    private ClaimsRules rulesOf(RulesKey key) {
        ClientAssertion.Options options =
                ClientAssertion.Options.strict().withSkew(terms.skew()).withRequireType(key.requireType());
        if (key.legacyAudience()) {
            // Set.of would refuse the token endpoint twice.
            options = options.withLegacyAudiences(Set.copyOf(List.of(
                    terms.tokenEndpoint().toString(),
                    key.calledPath().isEmpty()
                            ? terms.tokenEndpoint().toString()
                            : terms.issuer().at(key.calledPath()).toString())));
        }
        return ClientAssertion.rules(key.clientId(), terms.issuer(), options);
    }

    private SingleUse singleUse(RegisteredClient client, ValidClaims claims) {
        return new SingleUse(
                new ReplayKey(
                        ReplayKey.ASSERTION,
                        client.clientId().value(),
                        claims.jwtId().orElseThrow()),
                claims.expiresAt().plus(terms.skew()));
    }

    private List<LeniencyUse> leniencies(RegisteredClient client, ValidClaims claims, List<LeniencyUse> before) {
        if (claims.audience().equals(List.of(terms.issuer().value()))) {
            return before;
        }
        LeniencyUse use =
                new LeniencyUse("legacyAssertionAudience", client.clientId().value());
        return Stream.concat(before.stream(), Stream.of(use)).toList();
    }
}
