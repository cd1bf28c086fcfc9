package dev.signet.authorizationserver.rule;

import dev.signet.core.error.ErrorCode;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The rules of authorization requests, in the order they are applied: whoever breaks two is told the first. This list is the only
 * place that knows the order; {@code docs/authorization-rules.md} is made from it.
 */
@SuppressWarnings("ImmutableEnumChecker") // its sets and lists are made by of, its checks hold nothing
public enum AuthorizationRequestRule {
    SENT_ONCE(
            Answer.SHOWN,
            Where.EVERYWHERE,
            "`client_id`, `request` and `request_uri` are not repeated, nor is `redirect_uri`.",
            "RFC 6749 §3.1",
            List.of(ErrorCode.INVALID_REQUEST),
            RequestRules::requireOnce),
    CLIENT_USABLE(
            Answer.SHOWN,
            Where.WITHOUT_AUTHENTICATION,
            "`client_id` is that of a client that is registered and enabled.",
            "RFC 6749 §4.1.1, §4.1.2.1, RFC 9101 §5",
            List.of(ErrorCode.INVALID_REQUEST),
            ClientRules::requireClient),
    REQUEST_OR_REQUEST_URI(
            Answer.SHOWN,
            Where.EVERYWHERE,
            "There is no `request` beside a `request_uri`.",
            "RFC 9101 §5",
            List.of(ErrorCode.INVALID_REQUEST),
            RequestRules::requireOneSource),
    NO_REQUEST_URI_PUSHED(
            Answer.SHOWN,
            Where.PUSHED,
            "There is no `request_uri`: what is pushed is the request itself.",
            "RFC 9126 §2.1",
            List.of(ErrorCode.INVALID_REQUEST),
            RequestRules::requireNoRequestUri),
    REQUEST_SUPPORTED(
            Answer.SHOWN,
            Where.EVERYWHERE,
            "`request` is taken unless that is switched off. `request_uri` is taken if this server gave it out, or if it fetches request "
                    + "objects and the client has `request_uris`.",
            "RFC 9101 §7, RFC 9126 §4",
            List.of(ErrorCode.REQUEST_NOT_SUPPORTED, ErrorCode.REQUEST_URI_NOT_SUPPORTED),
            RequestRules::requireSupported),
    PUSHED(
            Answer.SHOWN,
            Where.WITHOUT_AUTHENTICATION,
            "It was pushed, if the server or the client has `require_pushed_authorization_requests`.",
            "RFC 9126 §5, §6",
            List.of(ErrorCode.INVALID_REQUEST),
            RequestRules::requirePushed),
    REQUEST_OBJECT(
            Answer.SHOWN,
            Where.EVERYWHERE,
            "The request object is found, decrypted, signed by the client with a registered key and algorithm, of the right `typ`, and "
                    + "has the `client_id` inside; `sub` is not the client, and `request` and `request_uri` are not inside. From here on "
                    + "only what is inside counts. Of a pushed request: it is the client's, has not expired and was not answered.",
            "RFC 9101 §5, §6, §10.8, RFC 9126 §2.2, §4",
            List.of(ErrorCode.INVALID_REQUEST_OBJECT, ErrorCode.INVALID_REQUEST_URI),
            RequestRules::read),
    SIGNED(
            Answer.SHOWN,
            Where.EVERYWHERE,
            "It is signed, if the server or the client has `require_signed_request_object`.",
            "RFC 9101 §10.5",
            List.of(ErrorCode.INVALID_REQUEST),
            RequestRules::requireSigned),
    REDIRECT_URI_REGISTERED(
            Answer.SHOWN,
            Where.EVERYWHERE,
            "`redirect_uri` is one of the client's, character by character; of a loopback URI of a native client, the port does not "
                    + "count. A client that is registered so may leave out the only one it has, unless it asks for `openid`; or push "
                    + "another one, if it has authenticated and the URI is https.",
            "RFC 6749 §3.1.2, RFC 8252 §7.3, RFC 9126 §2.4, RFC 9700 §4.1.3",
            List.of(ErrorCode.INVALID_REQUEST),
            ClientRules::requireRedirectUri),
    REQUEST_OBJECT_CLAIMS(
            Answer.SENT,
            Where.EVERYWHERE,
            "The request object has the client as `iss`, this server in `aud`, an `exp` that has not come and is at most an hour ahead, "
                    + "and an `nbf` and `iat` that have come, if there. It has a `jti`, if that is required.",
            "RFC 9101 §4, §10.2",
            List.of(ErrorCode.INVALID_REQUEST_OBJECT),
            RequestRules::requireClaims),
    PARAMETERS_ONCE(
            Answer.SENT,
            Where.EVERYWHERE,
            "No other known parameter but `resource` is repeated. Unknown ones are ignored.",
            "RFC 6749 §3.1, RFC 8707 §2",
            List.of(ErrorCode.INVALID_REQUEST),
            ParameterRules::requireOnce),
    RESPONSE_MODE(
            Answer.SENT,
            Where.EVERYWHERE,
            "`response_mode`, if it is there, is `query` or `form_post`. If it is neither, the answer is sent by `query`.",
            "OAuth 2.0 Multiple Response Types §2.1, RFC 9700 §4.17",
            List.of(ErrorCode.INVALID_REQUEST),
            ParameterRules::requireResponseMode),
    RESPONSE_TYPE(
            Answer.SENT,
            Where.EVERYWHERE,
            "`response_type` is there, and is `code`.",
            "RFC 6749 §3.1.1, RFC 9700 §2.1.2",
            List.of(ErrorCode.INVALID_REQUEST, ErrorCode.UNSUPPORTED_RESPONSE_TYPE),
            ParameterRules::requireResponseType),
    GRANT_ALLOWED(
            Answer.SENT,
            Where.EVERYWHERE,
            "The client is registered for the grant `authorization_code`.",
            "RFC 6749 §4.1.2.1, RFC 7591 §2",
            List.of(ErrorCode.UNAUTHORIZED_CLIENT),
            ClientRules::requireCodeGrant),
    LENGTHS(
            Answer.SENT,
            Where.EVERYWHERE,
            "`state` has at most 4096 octets, or it is not sent back; `nonce` at most 512.",
            "RFC 6749 §4.1.1, OpenID Connect Core 1.0 §3.1.2.1",
            List.of(ErrorCode.INVALID_REQUEST),
            ParameterRules::requireLengths),
    CODE_CHALLENGE(
            Answer.SENT,
            Where.EVERYWHERE,
            "`code_challenge` is there, and made by `S256`. A client that is registered so may leave it out, if it asks for `openid` "
                    + "with a `nonce`.",
            "RFC 7636 §4.3, §4.4.1, RFC 9700 §2.1.1",
            List.of(ErrorCode.INVALID_REQUEST),
            ParameterRules::requireCodeChallenge),
    RESOURCES(
            Answer.SENT,
            Where.EVERYWHERE,
            "Each `resource` is registered, enabled, and one that the client may ask for. Without one it is that of the scopes, else "
                    + "the default.",
            "RFC 8707 §2, §2.1",
            List.of(ErrorCode.INVALID_TARGET, ErrorCode.INVALID_SCOPE),
            TargetRules::requireResources),
    SCOPES(
            Answer.SENT,
            Where.EVERYWHERE,
            "Each scope belongs to one of the resources, and is one that the client may have.",
            "RFC 6749 §3.3, RFC 8707 §2.1",
            List.of(ErrorCode.INVALID_SCOPE),
            TargetRules::requireScopes);

    /** Who is told about a request that breaks a rule (RFC 6749 §4.1.2.1). */
    public enum Answer {
        /** The resource owner: nobody else is known well enough. */
        SHOWN,
        /** The client, at its redirect URI. */
        SENT
    }

    private static final class Where {
        private static final Set<RequestEndpoint> EVERYWHERE =
                Set.of(RequestEndpoint.AUTHORIZATION, RequestEndpoint.PUSHED);
        private static final Set<RequestEndpoint> WITHOUT_AUTHENTICATION = Set.of(RequestEndpoint.AUTHORIZATION);
        private static final Set<RequestEndpoint> PUSHED = Set.of(RequestEndpoint.PUSHED);
    }

    private final Answer answer;
    private final Set<RequestEndpoint> endpoints;
    private final String demand;
    private final String place;
    private final List<ErrorCode> errors;
    private final Consumer<Draft> check;

    AuthorizationRequestRule(
            Answer answer,
            Set<RequestEndpoint> endpoints,
            String demand,
            String place,
            List<ErrorCode> errors,
            Consumer<Draft> check) {
        this.answer = answer;
        this.endpoints = endpoints;
        this.demand = demand;
        this.place = place;
        this.errors = errors;
        this.check = check;
    }

    /** Those with that answer that an endpoint applies, in order. */
    static List<AuthorizationRequestRule> of(RequestEndpoint endpoint, Answer answer) {
        return Arrays.stream(values())
                .filter(rule -> rule.appliesAt(endpoint) && rule.answer == answer)
                .toList();
    }

    /** Who is told that it is broken, at the authorization endpoint; at the other it is always the client. */
    public Answer answer() {
        return answer;
    }

    /** Whether an endpoint applies it. */
    public boolean appliesAt(RequestEndpoint endpoint) {
        return endpoints.contains(endpoint);
    }

    /** What it demands, in Markdown. */
    public String demand() {
        return demand;
    }

    /** Where it comes from. */
    public String place() {
        return place;
    }

    /** The errors of a request that breaks it. */
    public List<ErrorCode> errors() {
        return errors;
    }

    /** @throws dev.signet.core.error.OAuthException with one of the errors if the request breaks it */
    void check(Draft draft) {
        check.accept(draft);
    }
}
