package dev.signet.client;

import dev.signet.core.Issuer;
import dev.signet.core.JwtId;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.clientauth.ClientAuthentication;
import dev.signet.core.clientauth.RequestCredentials;
import dev.signet.core.http.FormParameters;
import dev.signet.core.http.ParameterName;
import dev.signet.core.metadata.AuthorizationServerMetadata;
import dev.signet.core.metadata.MetadataException;
import dev.signet.core.token.GrantType;
import dev.signet.core.token.TokenError;
import dev.signet.core.token.TokenResponse;
import dev.signet.core.token.TokenResponseException;
import dev.signet.jwt.json.JsonException;
import dev.signet.jwt.json.JsonObject;
import dev.signet.outbound.FetchLimits;
import dev.signet.outbound.HttpReply;
import dev.signet.outbound.MetadataSource;
import dev.signet.outbound.OutboundException;
import dev.signet.outbound.OutboundHttp;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks one authorization server for tokens as one client (RFC 6749 §4.4, §5, RFC 7523 §2). Thread-safe. The server is
 * known by its issuer identifier alone; its metadata says where the token endpoint is (RFC 8414).
 *
 * <pre>{@code
 * TokenClient client = TokenClient.builder(Issuer.of("https://as.example.com"))
 *         .outbound(OutboundHttp.builder().build())
 *         .authentication(ClientAuthentication.privateKeyJwt(new ClientId("reporter"), signingKey))
 *         .build();
 * TokenOutcome outcome = client.request(TokenRequest.clientCredentials().withScope(Scope.of("orders.read")));
 * }</pre>
 *
 * <p>Every request to the server is made from scratch: assertions are used once, also when a request whose connection
 * failed is tried a second time.
 */
public final class TokenClient {

    private static final int OK = 200;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERRORS = 500;
    private static final Set<OutboundException.Reason> WORTH_ANOTHER_TRY =
            Set.of(OutboundException.Reason.CONNECT_FAILED, OutboundException.Reason.BROKEN_OFF);
    private static final Set<OutboundException.Reason> NO_ANSWER = Set.of(
            OutboundException.Reason.NAME_UNKNOWN,
            OutboundException.Reason.CONNECT_FAILED,
            OutboundException.Reason.TIMEOUT,
            OutboundException.Reason.BROKEN_OFF,
            OutboundException.Reason.OVERLOADED,
            OutboundException.Reason.INTERRUPTED);

    private final MetadataSource metadata;
    private final OutboundHttp http;
    private final ClientAuthentication authentication;
    private final Clock clock;
    private final SecureRandom random;

    private TokenClient(
            Builder builder, MetadataSource metadata, OutboundHttp http, ClientAuthentication authentication) {
        this.metadata = metadata;
        this.http = http;
        this.authentication = authentication;
        this.clock = builder.clock;
        this.random = builder.random;
    }

    /** Starts a client of that authorization server; a fetcher and an authentication must be given. */
    public static Builder builder(Issuer issuer) {
        return new Builder(issuer);
    }

    /**
     * Asks for a token, now and without looking whether there is one already.
     *
     * @throws IllegalArgumentException if the client has no credentials and asks for a token for itself, or if an
     *     assertion is no compact JWT
     * @throws RuntimeException whatever the request's {@link AssertionSource} throws
     */
    public TokenOutcome request(TokenRequest request) {
        if (request.grantType().equals(GrantType.CLIENT_CREDENTIALS)
                && authentication.method() == ClientAuthenticationMethod.NONE) {
            throw new IllegalArgumentException("client_credentials is for clients that authenticate");
        }
        try {
            AuthorizationServerMetadata server = metadata.metadata();
            Optional<URI> endpoint = server.tokenEndpoint();
            return endpoint.isPresent()
                    ? request(request, server.issuer(), endpoint.get())
                    : new TokenOutcome.Unusable("the metadata of " + server.issuer() + " names no token endpoint");
        } catch (OutboundException e) {
            return failed(e);
        } catch (MetadataException e) {
            return new TokenOutcome.Unusable(message(e));
        }
    }

    private TokenOutcome request(TokenRequest request, Issuer issuer, URI endpoint) {
        Instant asked = clock.instant();
        try {
            return read(post(request, issuer, endpoint), request, asked);
        } catch (OutboundException e) {
            if (!WORTH_ANOTHER_TRY.contains(e.reason())) {
                return failed(e);
            }
        }
        try {
            // The server may have seen the first request: its assertions are spent.
            return read(post(request, issuer, endpoint), request, asked);
        } catch (OutboundException e) {
            return failed(e);
        }
    }

    private HttpReply post(TokenRequest request, Issuer issuer, URI endpoint) {
        List<Map.Entry<String, String>> form = new ArrayList<>();
        form.add(Map.entry(ParameterName.GRANT_TYPE, request.grantType()));
        request.assertions()
                .ifPresent(source -> form.add(Map.entry(ParameterName.ASSERTION, assertion(source, issuer))));
        if (!request.scope().isEmpty()) {
            form.add(Map.entry(ParameterName.SCOPE, request.scope().toString()));
        }
        request.resource().ifPresent(resource -> form.add(Map.entry(ParameterName.RESOURCE, resource.value())));
        RequestCredentials credentials =
                authentication.credentials(issuer, clock.instant(), () -> JwtId.drawnFrom(random::nextBytes));
        form.addAll(credentials.parameters());
        byte[] body = FormParameters.encode(form).getBytes(StandardCharsets.US_ASCII);
        return http.post(endpoint, credentials.headers(), body, FetchLimits.TOKEN_RESPONSE);
    }

    private static String assertion(AssertionSource source, Issuer issuer) {
        String assertion = source.assertionFor(issuer);
        boolean compact =
                assertion.chars().filter(character -> character == '.').count() == 2
                        && assertion.chars().allMatch(TokenClient::isCompactCharacter);
        if (!compact) {
            throw new IllegalArgumentException("the assertion is not one JWT in compact serialization");
        }
        return assertion;
    }

    private static boolean isCompactCharacter(int character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9')
                || character == '-'
                || character == '_'
                || character == '.';
    }

    private static TokenOutcome read(HttpReply reply, TokenRequest request, Instant asked) {
        if (isWorthAskingLater(reply.status())) {
            return new TokenOutcome.Unreachable("the token endpoint answered " + reply.status());
        }
        try {
            JsonObject json = JsonObject.parse(reply.body());
            return reply.status() == OK
                    ? issued(TokenResponse.parse(json), request, asked)
                    : new TokenOutcome.Refused(TokenError.parse(json), reply.status());
        } catch (JsonException | TokenResponseException e) {
            return new TokenOutcome.Unusable(
                    "the answer of the token endpoint, with status " + reply.status() + ", is none: " + message(e));
        }
    }

    /** Whatever the body says: no refusal of a request has such a status (RFC 6749 §5.2). */
    private static boolean isWorthAskingLater(int status) {
        return status >= SERVER_ERRORS || status == TOO_MANY_REQUESTS;
    }

    private static TokenOutcome issued(TokenResponse response, TokenRequest request, Instant asked) {
        if (!response.isBearer()) {
            return new TokenOutcome.Unusable("the token is of a type that is not understood");
        }
        return new TokenOutcome.Issued(new IssuedToken(
                response.accessToken(),
                response.expiresIn().map(asked::plus),
                response.scope().orElse(request.scope()),
                request.resource()));
    }

    private static TokenOutcome failed(OutboundException e) {
        boolean noAnswer =
                NO_ANSWER.contains(e.reason()) || isWorthAskingLater(e.status().orElse(0));
        return noAnswer ? new TokenOutcome.Unreachable(e.detail()) : new TokenOutcome.Unusable(e.detail());
    }

    private static String message(RuntimeException e) {
        return Optional.ofNullable(e.getMessage()).orElse("no detail");
    }

    /** The time by this client's clock. */
    Instant now() {
        return clock.instant();
    }

    /** Who asks whom. */
    @Override
    public String toString() {
        return "TokenClient of " + authentication.clientId() + " at " + metadata.issuer();
    }

    /** Collects what a client needs. {@link #build()} reports all that is wrong with it at once. */
    public static final class Builder {

        private final Issuer issuer;
        private final List<String> faults = new ArrayList<>();
        private @Nullable OutboundHttp outbound;
        private @Nullable ClientAuthentication authentication;
        private Clock clock = Clock.systemUTC();
        private SecureRandom random = new SecureRandom();

        private Builder(Issuer issuer) {
            this.issuer = issuer;
        }

        /** What makes the connections. Plain http and internal addresses need its leave. */
        public Builder outbound(OutboundHttp http) {
            outbound = http;
            return this;
        }

        /** How the client proves who it is: one way. */
        public Builder authentication(ClientAuthentication method) {
            if (authentication != null) {
                faults.add("authentication is given twice");
            }
            authentication = method;
            return this;
        }

        /** The clock: unless set, the system's. */
        public Builder clock(Clock used) {
            clock = used;
            return this;
        }

        /** Where the {@code jti} of client assertions comes from. */
        public Builder random(SecureRandom used) {
            random = used;
            return this;
        }

        /**
         * The client.
         *
         * @throws IllegalArgumentException naming everything that is missing or contradictory, such as an issuer that
         *     the fetcher does not call
         */
        public TokenClient build() {
            List<String> found = new ArrayList<>(faults);
            MetadataSource source = null;
            if (outbound == null) {
                found.add("outbound is missing");
            } else {
                try {
                    source = MetadataSource.builder(issuer, outbound)
                            .clock(clock)
                            .build();
                } catch (IllegalArgumentException e) {
                    found.add(message(e));
                }
            }
            if (authentication == null) {
                found.add("authentication is missing");
            }
            if (!found.isEmpty() || source == null || outbound == null || authentication == null) {
                throw new IllegalArgumentException("token client: " + String.join("; ", found));
            }
            return new TokenClient(this, source, outbound, authentication);
        }
    }
}
