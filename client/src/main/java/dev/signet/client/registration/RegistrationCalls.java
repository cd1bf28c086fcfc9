package dev.signet.client.registration;

import dev.signet.client.Failure;
import dev.signet.client.Failure.Refused;
import dev.signet.client.Failure.Unusable;
import dev.signet.client.FailureException;
import dev.signet.client.Problem;
import dev.signet.core.http.Header;
import dev.signet.core.http.ReceivedChallenge;
import dev.signet.core.token.TokenError;
import dev.signet.core.token.TokenResponseException;
import dev.signet.jwt.json.JsonException;
import dev.signet.jwt.json.JsonObject;
import dev.signet.outbound.FetchLimits;
import dev.signet.outbound.HttpReply;
import dev.signet.outbound.OutboundException;
import dev.signet.outbound.OutboundHttp;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Asks registration endpoints (RFC 7591 §3, RFC 7592 §2). */
record RegistrationCalls(OutboundHttp http) {

    private static final byte[] NOTHING = new byte[0];

    /** Sends metadata, and gives what the server says about the client. */
    JsonObject send(String method, URI uri, List<Header> credentials, JsonObject metadata, int success)
            throws FailureException {
        return json(call(method, uri, credentials, metadata.toBytes(), success), uri);
    }

    /** Asks for what the server says about the client. */
    JsonObject read(URI uri, List<Header> credentials) throws FailureException {
        return json(call("GET", uri, credentials, NOTHING, 200), uri);
    }

    void delete(URI uri, List<Header> credentials) throws FailureException {
        call("DELETE", uri, credentials, NOTHING, 204);
    }

    /** A registration token, as it is sent (RFC 6750 §2.1). */
    static List<Header> bearer(String token) {
        return List.of(new Header("Authorization", "Bearer " + token));
    }

    private HttpReply call(String method, URI uri, List<Header> credentials, byte[] json, int success)
            throws FailureException {
        HttpReply reply;
        try {
            reply = http.send(method, uri, credentials, json, FetchLimits.TOKEN_RESPONSE);
        } catch (OutboundException e) {
            throw new FailureException(Failure.of(e, uri));
        }
        if (reply.status() == success) {
            return reply;
        }
        if (reply.saysLater()) {
            throw new FailureException(
                    new Failure.Unreachable("the server answered " + reply.status(), uri, Optional.empty()));
        }
        Optional<TokenError> inChallenge = ReceivedChallenge.parse(reply.headers("WWW-Authenticate")).stream()
                .flatMap(challenge -> challenge.find("error").stream())
                .findFirst()
                .flatMap(RegistrationCalls::error);
        Optional<TokenError> error =
                reply.body().length == 0 ? inChallenge : error(json(reply, uri)).or(() -> inChallenge);
        throw new FailureException(error.<Failure>map(code -> new Refused(code, reply.status(), uri))
                .orElseGet(() -> new Unusable(
                        Problem.MEMBERS, "the answer with status " + reply.status() + " has no error code", uri)));
    }

    private static Optional<TokenError> error(String code) {
        return error(JsonObject.builder().put("error", code).build());
    }

    private static Optional<TokenError> error(JsonObject json) {
        try {
            return Optional.of(TokenError.parse(json));
        } catch (TokenResponseException none) {
            return Optional.empty();
        }
    }

    private static JsonObject json(HttpReply reply, URI uri) throws FailureException {
        byte[] body = reply.body();
        try {
            return JsonObject.parse(body);
        } catch (JsonException e) {
            throw new FailureException(new Unusable(
                    body.length == 0 ? Problem.EMPTY : Problem.NOT_JSON,
                    "the answer with status " + reply.status() + " is no JSON object",
                    uri));
        }
    }
}
