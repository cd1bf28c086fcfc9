package dev.signet.authorizationserver.grant;

import static dev.signet.authorizationserver.trust.TrustedIssuer.Leniency.ALLOW_ASSERTION_REUSE;
import static dev.signet.authorizationserver.trust.TrustedIssuer.Leniency.ALLOW_UNAUTHENTICATED_CLIENT;
import static dev.signet.authorizationserver.trust.TrustedIssuer.Leniency.TOKEN_MAY_OUTLIVE_ASSERTION;

import dev.signet.authorizationserver.clientauth.AuthenticatedClient;
import dev.signet.authorizationserver.clientauth.Caller;
import dev.signet.authorizationserver.internal.SignedJwtReader;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.trust.AssertionRefused;
import dev.signet.authorizationserver.trust.IssuerRules;
import dev.signet.authorizationserver.trust.TrustedAssertion;
import dev.signet.authorizationserver.trust.TrustedAssertions;
import dev.signet.core.Scope;
import dev.signet.core.assertion.AssertionGrant;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.error.ErrorCode;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.http.ParameterName;
import dev.signet.jwt.JwtRejected;
import dev.signet.jwt.UnverifiedJwt;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JWT of a trusted issuer, or of the client itself, speaks for a subject (RFC 7521 §4.1, §6, RFC 7523 §2.1, §3). Nobody else's keys
 * are looked for.
 */
public final class JwtBearerGrant implements Grant {

    private final Gate gate;
    private final SignedJwtReader reader;
    private final TrustedAssertions trusted;

    /**
     * The grant, ending at that gate.
     *
     * @param reader reads what is presented
     * @param trusted checks what was read
     */
    public JwtBearerGrant(Gate gate, SignedJwtReader reader, TrustedAssertions trusted) {
        this.gate = gate;
        this.reader = reader;
        this.trusted = trusted;
    }

    @Override
    public String type() {
        return AssertionGrant.GRANT_TYPE;
    }

    @Override
    public Set<String> parameters() {
        return Set.of(ParameterName.ASSERTION);
    }

    @Override
    public Approval authorize(TokenRequest request, Caller caller) {
        TrustedAssertion checked = check(
                request.require(ParameterName.ASSERTION), request.receivedAt(), caller instanceof AuthenticatedClient);
        Entitlement entitlement = entitlement(
                        checked, caller.client().orElse(null), caller instanceof AuthenticatedClient)
                .clientUses(caller.singleUses())
                .leniencies(caller.leniencies())
                .build();
        return gate.approve(request, entitlement);
    }

    /**
     * What would be approved if that client had authenticated, unless it is one that never does. No token may follow from it.
     *
     * @throws OAuthException as {@link #authorize}
     */
    public Approval rehearse(TokenRequest request, RegisteredClient client) {
        boolean authenticated = client.authenticationMethod() != ClientAuthenticationMethod.NONE;
        TrustedAssertion checked = check(request.require(ParameterName.ASSERTION), request.receivedAt(), authenticated);
        return gate.approve(request, entitlement(checked, client, authenticated).build());
    }

    /**
     * What would be approved for somebody who has not authenticated. No token may follow from it.
     *
     * @throws OAuthException as {@link #authorize}
     */
    public Approval rehearse(TokenRequest request) {
        TrustedAssertion checked = check(request.require(ParameterName.ASSERTION), request.receivedAt(), false);
        return gate.approve(request, entitlement(checked, null, false).build());
    }

    /**
     * Holds an assertion to all that does not depend on who presents it and what for. It is not used up.
     *
     * @throws OAuthException {@code invalid_grant} if it is refused
     */
    public void check(String assertion, Instant now) {
        TrustedAssertion checked = check(assertion, now, true);
        if (!checked.isAboutItsClient()) {
            gate.requireUsable(checked.subject(), checked.trust().isAccountRequired());
        }
    }

    /** Who has not authenticated is told nothing of an assertion, unless its issuer lets callers go without. */
    private TrustedAssertion check(String assertion, Instant now, boolean authenticated) {
        UnverifiedJwt jwt;
        IssuerRules rules;
        try {
            jwt = reader.read(assertion);
            rules = trusted.requireRules(jwt);
        } catch (JwtRejected rejected) {
            throw authenticated
                    ? OAuthException.invalidGrant(rejected)
                    : OAuthException.invalidClient(RefusalReason.of(rejected.reason()), rejected.detail());
        } catch (AssertionRefused refused) {
            throw authenticated
                    ? OAuthException.invalidGrant(refused.reason(), refused.detail())
                    : OAuthException.invalidClient(refused.reason(), refused.detail());
        }
        if (!authenticated && !rules.trust().has(ALLOW_UNAUTHENTICATED_CLIENT)) {
            throw OAuthException.invalidClient(
                    RefusalReason.CLIENT_CREDENTIALS_MISSING, "the client has to authenticate for this");
        }
        try {
            return rules.check(jwt, now);
        } catch (AssertionRefused refused) {
            throw OAuthException.invalidGrant(refused.reason(), refused.detail());
        }
    }

    private static Entitlement.Builder entitlement(
            TrustedAssertion assertion, @Nullable RegisteredClient presenter, boolean authenticated) {
        Entitlement.Builder entitlement = limits(assertion, presenter)
                .resources(assertion.trust().resources())
                .accountRequired(assertion.trust().isAccountRequired())
                .assertedBy(assertion.trust().issuer())
                .leniencies(assertion.leniencies());
        if (!authenticated) {
            entitlement.leniencies(List.of(assertion.use(ALLOW_UNAUTHENTICATED_CLIENT)));
        }
        entitlement.notAfter(assertion.expiresAt());
        if (assertion.trust().has(TOKEN_MAY_OUTLIVE_ASSERTION)) {
            entitlement.mayOutlive(assertion.use(TOKEN_MAY_OUTLIVE_ASSERTION));
        }
        if (assertion.trust().has(ALLOW_ASSERTION_REUSE)) {
            entitlement.leniencies(List.of(assertion.use(ALLOW_ASSERTION_REUSE)));
        } else {
            entitlement.singleUses(assertion.singleUses());
        }
        return entitlement;
    }

    /** What the client may have that presents the assertion, or that made it, and no more than the trust allows. */
    private static Entitlement.Builder limits(TrustedAssertion assertion, @Nullable RegisteredClient presenter) {
        Optional<RegisteredClient> client = Optional.ofNullable(presenter).or(assertion.trust()::client);
        if (client.isEmpty()) {
            return Entitlement.ofUnregistered(
                            assertion.trust().unauthenticatedClient().orElseThrow(), assertion.subject())
                    .subjectAttributes(assertion.attributes())
                    .scope(assertion.trust().scope().orElse(Scope.empty()));
        }
        requirePermitted(assertion, client.get());
        Scope scope = client.get().scope();
        return Entitlement.of(client.get(), assertion.subject())
                .subjectAttributes(assertion.isAboutItsClient() ? client.get().attributes() : assertion.attributes())
                .scope(assertion.trust().scope().map(scope::intersect).orElse(scope));
    }

    private static void requirePermitted(TrustedAssertion assertion, RegisteredClient client) {
        if (!assertion.trust().permits(client.clientId())) {
            throw OAuthException.of(
                    ErrorCode.UNAUTHORIZED_CLIENT,
                    "The client may not present assertions of this issuer",
                    RefusalReason.GRANT_TYPE_NOT_ALLOWED,
                    "the trusted issuer is not for this client");
        }
    }
}
