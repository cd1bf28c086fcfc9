package dev.signet.client;

import dev.signet.client.Failure.NotSent;
import dev.signet.client.Failure.Refused;
import dev.signet.client.Failure.Unreachable;
import dev.signet.client.Failure.Unusable;
import dev.signet.core.Issuer;
import dev.signet.core.JwtId;
import dev.signet.core.clientauth.ClientAuthentication;
import dev.signet.core.clientauth.RequestCredentials;
import dev.signet.core.metadata.AuthorizationServerMetadata;
import dev.signet.core.metadata.MetadataException;
import dev.signet.core.metadata.MetadataPaths;
import dev.signet.core.token.TokenError;
import dev.signet.core.token.TokenResponseException;
import dev.signet.jwt.json.JsonException;
import dev.signet.jwt.json.JsonObject;
import dev.signet.outbound.HttpReply;
import dev.signet.outbound.MetadataSource;
import dev.signet.outbound.OutboundException;
import dev.signet.outbound.OutboundHttp;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Asks the endpoints of one authorization server as one client, and says of every end that may take what it was. */
final class EndpointCalls {

    private static final Set<OutboundException.Reason> WORTH_ANOTHER_TRY =
            Set.of(OutboundException.Reason.CONNECT_FAILED, OutboundException.Reason.BROKEN_OFF);

    private final MetadataSource metadata;
    private final OutboundHttp http;
    private final ClientAuthentication authentication;
    private final Clock clock;
    private final SecureRandom random;

    EndpointCalls(
            MetadataSource metadata,
            OutboundHttp http,
            ClientAuthentication authentication,
            Clock clock,
            SecureRandom random) {
        this.metadata = metadata;
        this.http = http;
        this.authentication = authentication;
        this.clock = clock;
        this.random = random;
    }

    /** What a request says besides who makes it; asked again for another try. */
    @FunctionalInterface
    interface Form {
        List<Map.Entry<String, String>> at(URI endpoint) throws FailureException;
    }

    /** What the JSON of an answer means; empty for an answer whose body is not looked at. */
    @FunctionalInterface
    interface Reading<T> {
        T of(JsonObject answer, Instant asked) throws UnusableAnswerException;
    }

    <T> Outcome<T> call(Endpoint endpoint, Form form, Reading<T> reading) {
        Outcome<AuthorizationServerMetadata> server = metadata();
        if (server.failure().isPresent()) {
            return new Outcome.Failed<>(server.failure().get());
        }
        Optional<URI> address = server.value().flatMap(endpoint.address());
        if (address.isEmpty()) {
            return new Outcome.Failed<>(
                    new Unusable(Problem.NO_ENDPOINT, "the metadata names no " + endpoint.name(), issuerMetadata()));
        }
        URI asked = address.get();
        try {
            Instant before = clock.instant();
            return new Outcome.Success<>(read(send(endpoint, asked, form), endpoint, asked, reading, before));
        } catch (FailureException e) {
            return new Outcome.Failed<>(e.failure());
        } catch (OutboundException e) {
            return new Outcome.Failed<>(Failure.of(e, asked));
        }
    }

    Outcome<AuthorizationServerMetadata> metadata() {
        URI asked = issuerMetadata();
        try {
            return new Outcome.Success<>(metadata.metadata());
        } catch (OutboundException e) {
            return new Outcome.Failed<>(Failure.of(e, asked));
        } catch (MetadataException e) {
            return new Outcome.Failed<>(new Unusable(Problem.METADATA, message(e), asked));
        }
    }

    Issuer issuer() {
        return metadata.issuer();
    }

    /** Where the issuer's metadata is. */
    URI issuerMetadata() {
        return MetadataPaths.oauthUri(issuer());
    }

    /** Nobody was asked, for a reason on this side that will pass. */
    Failure failed(String detail) {
        return new Unreachable(detail, issuerMetadata(), Optional.empty());
    }

    private HttpReply send(Endpoint endpoint, URI address, Form form) throws FailureException {
        try {
            return sendOnce(endpoint, address, form);
        } catch (OutboundException e) {
            if (!WORTH_ANOTHER_TRY.contains(e.reason())) {
                throw e;
            }
        }
        // The server may have seen the first request: its assertions are spent.
        return sendOnce(endpoint, address, form);
    }

    private HttpReply sendOnce(Endpoint endpoint, URI address, Form form) throws FailureException {
        List<Map.Entry<String, String>> parameters = form.at(address);
        RequestCredentials credentials = supplied(
                address,
                () -> authentication.credentials(issuer(), clock.instant(), () -> JwtId.drawnFrom(random::nextBytes)));
        return http.post(address, credentials.headers(), credentials.body(parameters), endpoint.limits());
    }

    /** What the program itself gives for a request: its keys, files and sources fail in ways of their own. */
    static <T> T supplied(URI endpoint, Supplier<T> source) throws FailureException {
        try {
            return source.get();
        } catch (RuntimeException e) {
            throw new FailureException(new NotSent(e, endpoint));
        }
    }

    private <T> T read(HttpReply reply, Endpoint endpoint, URI address, Reading<T> reading, Instant asked)
            throws FailureException {
        if (reply.saysLater()) {
            throw new FailureException(new Unreachable(
                    "the server answered " + reply.status(),
                    address,
                    RetryAfter.parse(reply.headers("Retry-After"), clock.instant())));
        }
        boolean isSuccess = reply.status() == endpoint.success();
        try {
            if (!isSuccess) {
                throw new FailureException(new Refused(TokenError.parse(json(reply)), reply.status(), address));
            }
            return reading.of(endpoint.equals(Endpoint.REVOCATION) ? JsonObject.empty() : json(reply), asked);
        } catch (UnusableAnswerException e) {
            throw new FailureException(
                    new Unusable(e.problem(), "the answer with status " + reply.status() + " " + message(e), address));
        } catch (JsonException | TokenResponseException e) {
            throw new FailureException(new Unusable(
                    Problem.MEMBERS, "the answer with status " + reply.status() + " is none: " + message(e), address));
        }
    }

    private static JsonObject json(HttpReply reply) throws UnusableAnswerException {
        byte[] body = reply.body();
        if (body.length == 0) {
            throw new UnusableAnswerException(Problem.EMPTY, "has no body");
        }
        try {
            return JsonObject.parse(body);
        } catch (JsonException e) {
            throw new UnusableAnswerException(Problem.NOT_JSON, "is no JSON object: " + message(e));
        }
    }

    private static String message(Exception e) {
        return Optional.ofNullable(e.getMessage()).orElse("no detail");
    }

    /** Who asks whom. */
    @Override
    public String toString() {
        return authentication + " at " + issuer();
    }
}
