package dev.signet.authorizationserver.endpoint;

import dev.signet.authorizationserver.accesstoken.AccessTokenIssuer;
import dev.signet.authorizationserver.accesstoken.IssuedTokens;
import dev.signet.authorizationserver.clientauth.Caller;
import dev.signet.authorizationserver.clientauth.ClientAuthentication;
import dev.signet.authorizationserver.clientauth.CredentialsReader;
import dev.signet.authorizationserver.clientauth.PresentedCredentials;
import dev.signet.authorizationserver.grant.Approval;
import dev.signet.authorizationserver.grant.Grant;
import dev.signet.authorizationserver.grant.TokenRequest;
import dev.signet.core.error.ErrorCode;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.http.FormParameters;
import dev.signet.core.http.ParameterName;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.http.ProtocolResponse;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Issues tokens (RFC 6749 §3.2). The steps of a request are in {@link #handle}, in order. */
public final class TokenEndpoint implements Endpoint {

    private static final Set<String> REPEATABLE = Set.of(ParameterName.RESOURCE);
    private static final Set<String> CREDENTIALS = Set.of(
            ParameterName.CLIENT_ID,
            ParameterName.CLIENT_SECRET,
            ParameterName.CLIENT_ASSERTION,
            ParameterName.ASSERTION);

    private final CredentialsReader credentials;
    private final ClientAuthentication clientAuthentication;
    private final Map<String, Grant> grants;
    private final AccessTokenIssuer issuer;

    /** An endpoint with these grants. */
    public TokenEndpoint(
            CredentialsReader credentials,
            ClientAuthentication clientAuthentication,
            Collection<Grant> grants,
            AccessTokenIssuer issuer) {
        this.credentials = credentials;
        this.clientAuthentication = clientAuthentication;
        this.grants = grants.stream().collect(Collectors.toUnmodifiableMap(Grant::type, Function.identity()));
        this.issuer = issuer;
    }

    @Override
    public List<String> methods() {
        return List.of("POST");
    }

    @Override
    public ProtocolResponse handle(ProtocolRequest request, RequestEvents events) {
        requireNoCredentialsInQuery(request);
        FormParameters form = request.form();
        form.requireUnrepeated(REPEATABLE);
        PresentedCredentials presented = credentials.read(request, form);
        events.claimedClient(presented.claimedClient());
        Grant grant = grant(form.require(ParameterName.GRANT_TYPE));
        TokenRequest tokenRequest = TokenRequest.read(form, grant, events.receivedAt());
        Caller caller = clientAuthentication.authenticate(presented, events.receivedAt());
        Approval approval = grant.authorize(tokenRequest, caller);
        IssuedTokens tokens = issuer.issue(approval);
        events.issued(tokens);
        return tokens.toResponse().toHttp();
    }

    private Grant grant(String type) {
        Grant grant = grants.get(type);
        if (grant == null) {
            throw OAuthException.of(
                    ErrorCode.UNSUPPORTED_GRANT_TYPE,
                    "The grant type is not supported",
                    RefusalReason.GRANT_TYPE_UNSUPPORTED,
                    "grant_type is none of "
                            + String.join(
                                    ", ", grants.keySet().stream().sorted().toList()));
        }
        return grant;
    }

    /** URIs end up in logs; whoever sends credentials there is to notice (RFC 6749 §2.3.1). */
    private static void requireNoCredentialsInQuery(ProtocolRequest request) {
        Set<String> names = request.queryParameters().names();
        if (CREDENTIALS.stream().anyMatch(names::contains)) {
            throw OAuthException.invalidRequest(
                    "Credentials must not be in the request URI",
                    RefusalReason.CREDENTIALS_IN_QUERY,
                    "the query of the request URI holds credentials");
        }
    }
}
