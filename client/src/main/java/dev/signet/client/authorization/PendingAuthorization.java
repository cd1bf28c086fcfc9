package dev.signet.client.authorization;

import dev.signet.client.AuthorizationCode;
import dev.signet.client.authorization.AuthorizationResponse.Code;
import dev.signet.client.authorization.AuthorizationResponse.Denied;
import dev.signet.client.authorization.AuthorizationResponse.Malformed;
import dev.signet.client.authorization.AuthorizationResponse.MixUp;
import dev.signet.client.authorization.AuthorizationResponse.OtherState;
import dev.signet.core.Issuer;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.authorization.CodeChallenge;
import dev.signet.core.authorization.CodeVerifier;
import dev.signet.core.authorization.RedirectUri;
import dev.signet.core.error.OAuthException;
import dev.signet.core.http.FormParameters;
import dev.signet.core.http.ParameterName;
import dev.signet.core.token.TokenError;
import dev.signet.core.token.TokenResponseException;
import dev.signet.jwt.json.JsonException;
import dev.signet.jwt.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is known of an authorization request until its response comes: who was asked, and by what the response is recognized. It
 * belongs to the session of the user agent that was sent away with the request, on the client's side (RFC 6749 §10.12, RFC 9700
 * §4.7.1). Immutable; a secret.
 *
 * <p>A response is good once: who keeps it takes it away when the response comes ({@link PendingAuthorizations}).
 */
public final class PendingAuthorization {

    private static final String ISSUER = "issuer";
    private static final String ISS_REQUIRED = "iss_required";

    private final JsonObject json;
    private final Issuer issuer;
    private final boolean issRequired;
    private final String state;
    private final CodeVerifier verifier;
    private final Optional<String> nonce;
    private final RedirectUri redirectUri;
    private final Scope scope;
    private final List<ResourceIndicator> resources;

    private PendingAuthorization(JsonObject json) {
        this.json = json;
        this.issuer = Issuer.of(json.requireString(ISSUER));
        this.issRequired = json.findBoolean(ISS_REQUIRED).orElse(true);
        this.state = json.requireString(ParameterName.STATE);
        this.verifier = new CodeVerifier(json.requireString(ParameterName.CODE_VERIFIER));
        this.nonce = json.findString(ParameterName.NONCE);
        this.redirectUri = new RedirectUri(json.requireString(ParameterName.REDIRECT_URI));
        this.scope = Scope.parse(json.findString(ParameterName.SCOPE).orElse(""));
        this.resources = json.findStrings(ParameterName.RESOURCE).orElse(List.of()).stream()
                .map(ResourceIndicator::new)
                .toList();
    }

    static PendingAuthorization of(AuthorizationRequest request, boolean issRequired, Supplier<String> secrets) {
        JsonObject.Builder json = JsonObject.builder()
                .put(ISSUER, request.issuer().value())
                .put(ISS_REQUIRED, issRequired)
                .put(ParameterName.STATE, secrets.get())
                .put(ParameterName.CODE_VERIFIER, request.verifier().value())
                .put(ParameterName.REDIRECT_URI, request.redirectUri().value())
                .put(ParameterName.SCOPE, request.scope().toString())
                .put(
                        ParameterName.RESOURCE,
                        request.resources().stream()
                                .map(ResourceIndicator::value)
                                .toList());
        if (request.scope().contains("openid")) {
            json.put(ParameterName.NONCE, secrets.get());
        }
        return new PendingAuthorization(json.build());
    }

    /**
     * Reads what {@link #toText} wrote.
     *
     * @throws IllegalArgumentException if it is something else; the message does not quote it
     */
    public static PendingAuthorization parse(String text) {
        try {
            return new PendingAuthorization(JsonObject.parse(text));
        } catch (JsonException | OAuthException | IllegalArgumentException e) {
            throw new IllegalArgumentException("no pending authorization");
        }
    }

    /** The whole of it, as text to keep where only this client reads and writes; a secret. */
    public String toText() {
        return json.toJson();
    }

    /** The server that was asked. */
    public Issuer issuer() {
        return issuer;
    }

    /** Where the response is expected. */
    public RedirectUri redirectUri() {
        return redirectUri;
    }

    /** What the response repeats, and by which it is found; a secret. */
    public String state() {
        return state;
    }

    /** What an ID Token of this authorization has to repeat, if OpenID Connect was asked for; a secret. */
    public Optional<String> nonce() {
        return nonce;
    }

    CodeChallenge challenge() {
        return verifier.challenge();
    }

    /**
     * Reads the response. Parameters that are not known are ignored (RFC 6749 §4.1.2).
     *
     * @param arrivedAt the redirect URI of this client at which it arrived
     * @param response the query of the request that brought it, or its body where that is a form: as it was sent, percent-encoded
     */
    public AuthorizationResponse complete(RedirectUri arrivedAt, String response) {
        try {
            return complete(arrivedAt, FormParameters.parse(response));
        } catch (OAuthException e) {
            return new Malformed(e.detail());
        } catch (TokenResponseException e) {
            return new Malformed(String.valueOf(e.getMessage()));
        }
    }

    private AuthorizationResponse complete(RedirectUri arrivedAt, FormParameters response) {
        if (!response.single(ParameterName.STATE).equals(Optional.of(state))) {
            return new OtherState();
        }
        if (!arrivedAt.equals(redirectUri)) {
            return new MixUp("it arrived at the redirect URI of another request");
        }
        // Before the error is looked at: that of another server is none (RFC 9207 §2.4).
        Optional<String> iss = response.single("iss");
        if (iss.isPresent() && !iss.get().equals(issuer.value())) {
            return new MixUp("its iss is not the server that was asked");
        }
        if (iss.isEmpty() && issRequired) {
            return new MixUp("it has no iss, though the server that was asked sends it");
        }
        Optional<String> code = response.single(ParameterName.CODE);
        if (response.names().contains("error")) {
            return code.isPresent()
                    ? new Malformed("it has a code and an error")
                    : new Denied(TokenError.parse(response));
        }
        return code.<AuthorizationResponse>map(value ->
                        new Code(new AuthorizationCode(issuer, value, verifier, redirectUri), scope, resources))
                .orElseGet(() -> new Malformed("it has neither a code nor an error"));
    }

    /** Two are the same if their text is. */
    @Override
    public boolean equals(Object other) {
        return other instanceof PendingAuthorization pending && pending.json.equals(json);
    }

    @Override
    public int hashCode() {
        return json.hashCode();
    }

    /** Who was asked, and nothing by which the response is recognized. */
    @Override
    public String toString() {
        return "PendingAuthorization at " + issuer;
    }
}
