package dev.signet.client;

import dev.signet.client.Failure.Unusable;
import dev.signet.core.ClientId;
import dev.signet.core.JwtId;
import dev.signet.core.http.ParameterName;
import dev.signet.core.metadata.AuthorizationServerMetadata;
import dev.signet.core.metadata.RequestObjectSupport;
import dev.signet.core.requestobject.RequestObject;
import dev.signet.core.requestobject.RequestObjectClaims;
import dev.signet.jwt.JwtSigner;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.SignerKey;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Prepares authorization requests before a user agent is sent away with them (RFC 9101, RFC 9126). */
final class AuthorizationCalls {

    private static final Set<String> NOT_PUSHED = Set.of(
            ParameterName.REQUEST_URI,
            ParameterName.CLIENT_ID,
            ParameterName.CLIENT_SECRET,
            ParameterName.CLIENT_ASSERTION,
            ParameterName.CLIENT_ASSERTION_TYPE);

    private final EndpointCalls calls;
    private final ServerEncryption encryption;
    private final Clock clock;
    private final SecureRandom random;

    AuthorizationCalls(EndpointCalls calls, ServerEncryption encryption, Clock clock, SecureRandom random) {
        this.calls = calls;
        this.encryption = encryption;
        this.clock = clock;
        this.random = random;
    }

    Outcome<String> requestObject(ClientId client, JsonObject parameters, RequestProtection protection) {
        JsonObject claims = RequestObjectClaims.of(
                client, calls.issuer(), parameters, JwtId.drawnFrom(random::nextBytes), clock.instant());
        try {
            AuthorizationServerMetadata server = calls.metadata().require();
            URI endpoint = server.authorizationEndpoint().orElseGet(calls::issuerMetadata);
            return new Outcome.Success<>(requestObject(claims, protection, server.requestObjects(), endpoint));
        } catch (FailureException e) {
            return new Outcome.Failed<>(e.failure());
        }
    }

    private String requestObject(
            JsonObject claims, RequestProtection protection, RequestObjectSupport support, URI endpoint)
            throws FailureException {
        SignerKey key = protection.key();
        taken(List.of(key.algorithm().joseName()), support.signingAlgValuesSupported(), "signed");
        if (!protection.isEncrypted()) {
            return signed(key, claims, endpoint);
        }
        List<String> algorithms = taken(protection.algorithms(), support.encryptionAlgValuesSupported(), "encrypted");
        List<String> contents = taken(protection.contents(), support.encryptionEncValuesSupported(), "encrypted");
        return encryption.encrypt(signed(key, claims, endpoint), algorithms, contents.get(0), endpoint);
    }

    private static String signed(SignerKey key, JsonObject claims, URI endpoint) throws FailureException {
        return EndpointCalls.supplied(
                endpoint, () -> JwtSigner.of(key, RequestObject.TYPE).sign(claims));
    }

    /** Those that the server takes; all if it does not say. */
    private List<String> taken(List<String> wanted, List<String> supported, String how) throws FailureException {
        List<String> taken = wanted.stream()
                .filter(algorithm -> supported.isEmpty() || supported.contains(algorithm))
                .toList();
        if (taken.isEmpty()) {
            throw new FailureException(new Unusable(
                    Problem.REQUEST_OBJECT_ALGORITHM,
                    "the metadata names no request objects " + how + " by " + String.join(", ", wanted),
                    calls.issuerMetadata()));
        }
        return taken;
    }

    Outcome<PushedRequest> push(ClientId client, List<Map.Entry<String, String>> parameters) {
        parameters.stream()
                .map(Map.Entry::getKey)
                .filter(NOT_PUSHED::contains)
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException("parameters must not have " + name);
                });
        List<Map.Entry<String, String>> form = new ArrayList<>(parameters);
        form.add(Map.entry(ParameterName.CLIENT_ID, client.value()));
        return calls.call(Endpoint.PUSHED_REQUEST, endpoint -> form, AuthorizationCalls::pushed);
    }

    private static PushedRequest pushed(JsonObject json, Instant asked) throws UnusableAnswerException {
        Optional<String> uri = json.findString(ParameterName.REQUEST_URI).filter(text -> !text.isEmpty());
        Optional<Long> expiresIn = json.findLong("expires_in").filter(seconds -> seconds > 0);
        if (uri.isEmpty() || expiresIn.isEmpty()) {
            throw new UnusableAnswerException(Problem.MEMBERS, "has no request_uri with a lifetime");
        }
        return new PushedRequest(uri.get(), asked.plusSeconds(Math.min(expiresIn.get(), Integer.MAX_VALUE)));
    }
}
