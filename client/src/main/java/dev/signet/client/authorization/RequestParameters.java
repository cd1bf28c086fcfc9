package dev.signet.client.authorization;

import dev.signet.core.ClientId;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.authorization.CodeChallenge;
import dev.signet.core.authorization.RedirectUri;
import dev.signet.core.authorization.ResponseMode;
import dev.signet.core.http.ParameterName;
import dev.signet.jwt.json.JsonObject;
import java.util.List;

/**
 * What an authorization request asks for.
 *
 * @param more what the application added
 */
record RequestParameters(
        ClientId clientId,
        RedirectUri redirectUri,
        Scope scope,
        List<ResourceIndicator> resources,
        ResponseMode responseMode,
        JsonObject more) {

    RequestParameters {
        resources = List.copyOf(resources);
    }

    /** All of one request: strings as strings, a number as a number, and what there are several of as an array (RFC 9101 §4). */
    JsonObject of(PendingAuthorization pending) {
        JsonObject.Builder all = JsonObject.builder()
                .put(ParameterName.RESPONSE_TYPE, ParameterName.CODE)
                .put(ParameterName.CLIENT_ID, clientId.value())
                .put(ParameterName.REDIRECT_URI, redirectUri.value());
        if (!scope.isEmpty()) {
            all.put(ParameterName.SCOPE, scope.toString());
        }
        List<String> wanted = resources.stream().map(ResourceIndicator::value).toList();
        if (!wanted.isEmpty()) {
            all.put(ParameterName.RESOURCE, wanted.size() == 1 ? wanted.get(0) : wanted);
        }
        if (responseMode != ResponseMode.QUERY) {
            all.put(ParameterName.RESPONSE_MODE, responseMode.wireName());
        }
        all.put(ParameterName.STATE, pending.state());
        pending.nonce().ifPresent(nonce -> all.put(ParameterName.NONCE, nonce));
        all.put(ParameterName.CODE_CHALLENGE, pending.challenge().value());
        all.put(ParameterName.CODE_CHALLENGE_METHOD, CodeChallenge.METHOD);
        more.names().forEach(name -> all.put(name, more.find(name).orElseThrow()));
        return all.build();
    }
}
