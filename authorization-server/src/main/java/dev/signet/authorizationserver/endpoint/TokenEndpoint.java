package dev.signet.authorizationserver.endpoint;

import dev.signet.authorizationserver.accesstoken.AccessTokenIssuer;
import dev.signet.authorizationserver.accesstoken.IssuedTokens;
import dev.signet.authorizationserver.clientauth.Caller;
import dev.signet.authorizationserver.endpoint.ClientForms.ClientForm;
import dev.signet.authorizationserver.grant.Approval;
import dev.signet.authorizationserver.grant.Grant;
import dev.signet.authorizationserver.grant.TokenRequest;
import dev.signet.core.error.ErrorCode;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
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
    private final ClientForms forms;
    private final Map<String, Grant> grants;
    private final AccessTokenIssuer issuer;
    private final int warningLength;

    /**
     * An endpoint with these grants.
     *
     * @param warningLength the longest access token that is not reported as large, in octets
     */
    public TokenEndpoint(ClientForms forms, Collection<Grant> grants, AccessTokenIssuer issuer, int warningLength) {
        this.forms = forms;
        this.grants = grants.stream().collect(Collectors.toUnmodifiableMap(Grant::type, Function.identity()));
        this.issuer = issuer;
        this.warningLength = warningLength;
    }

    @Override
    public List<String> methods() {
        return List.of("POST");
    }

    @Override
    public ProtocolResponse handle(ProtocolRequest request, RequestEvents events) {
        ClientForm form = forms.read(request, REPEATABLE, events);
        Grant grant = grant(form.parameters().require(ParameterName.GRANT_TYPE));
        TokenRequest tokenRequest = TokenRequest.read(form.parameters(), grant, events.receivedAt());
        Caller caller = forms.authenticate(form, grant, events);
        Approval approval = grant.authorize(tokenRequest, caller);
        IssuedTokens tokens = issuer.issue(approval);
        events.issued(tokens);
        if (tokens.length() > warningLength) {
            events.large(tokens);
        }
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
}
