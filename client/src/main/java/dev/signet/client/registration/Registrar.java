package dev.signet.client.registration;

import dev.signet.client.Failure;
import dev.signet.client.FailureException;
import dev.signet.client.OAuthClient;
import dev.signet.client.Outcome;
import dev.signet.client.Problem;
import dev.signet.core.Issuer;
import dev.signet.core.clientauth.ClientAuthentication;
import dev.signet.core.http.Header;
import dev.signet.core.metadata.MetadataPaths;
import dev.signet.jwt.json.JsonObject;
import dev.signet.outbound.OutboundHttp;
import java.net.URI;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Registers clients at one authorization server (RFC 7591 §3). Thread-safe.
 *
 * <pre>{@code
 * Registrar registrar = Registrar.builder(Issuer.of("https://as.example.com")).initialAccessToken(given).build();
 * ClientRegistration shop = registrar.register(metadata, information -> keep(information.toText())).require();
 * }</pre>
 */
public final class Registrar {

    private final OAuthClient server;
    private final RegistrationCalls calls;
    private final List<Header> credentials;

    private Registrar(OAuthClient server, RegistrationCalls calls, List<Header> credentials) {
        this.server = server;
        this.calls = calls;
        this.credentials = credentials;
    }

    /** Starts one for the server with that issuer identifier; its metadata says where clients register. */
    public static Builder builder(Issuer issuer) {
        return new Builder(issuer);
    }

    /**
     * Registers a client.
     *
     * @param metadata what the client wants to be (RFC 7591 §2)
     * @param keeper is given what the server says, before anybody else is, and again whenever that has changed; what it was given
     *     before is of no use any more. If it throws, the failure is {@link Failure.NotKept}
     * @throws IllegalArgumentException if there is something in the metadata that the server says, such as {@code client_id}
     */
    public Outcome<ClientRegistration> register(JsonObject metadata, Consumer<ClientInformation> keeper) {
        ClientRegistration.requireMetadata(metadata);
        try {
            URI endpoint = server.metadata()
                    .require()
                    .registrationEndpoint()
                    .orElseThrow(() -> new FailureException(new Failure.Unusable(
                            Problem.NO_ENDPOINT,
                            "the metadata names no registration_endpoint",
                            MetadataPaths.oauthUri(server.issuer()))));
            JsonObject answer = calls.send("POST", endpoint, credentials, metadata, 201);
            ClientRegistration registration =
                    new ClientRegistration(calls, endpoint, read(answer, endpoint), keeper, false);
            registration.requireKept();
            return new Outcome.Success<>(registration);
        } catch (FailureException e) {
            return new Outcome.Failed<>(e.failure());
        }
    }

    private static ClientInformation read(JsonObject answer, URI endpoint) throws FailureException {
        try {
            return ClientInformation.read(answer);
        } catch (IllegalArgumentException e) {
            throw new FailureException(
                    new Failure.Unusable(Problem.MEMBERS, "the answer is none: " + e.getMessage(), endpoint));
        }
    }

    /**
     * A client that was registered before.
     *
     * @param kept what the keeper was given last
     * @param keeper as in {@link #register}
     */
    public ClientRegistration known(ClientInformation kept, Consumer<ClientInformation> keeper) {
        return new ClientRegistration(calls, MetadataPaths.oauthUri(server.issuer()), kept, keeper, true);
    }

    /** The server. */
    @Override
    public String toString() {
        return "Registrar at " + server.issuer();
    }

    /** Collects what differs from how a registrar comes. */
    public static final class Builder {

        private final Issuer issuer;
        private @Nullable OutboundHttp outbound;
        private List<Header> credentials = List.of();

        private Builder(Issuer issuer) {
            this.issuer = issuer;
        }

        /** What the server lets clients register with (RFC 7591 §1.2); a secret. */
        public Builder initialAccessToken(String token) {
            credentials = RegistrationCalls.bearer(token);
            return this;
        }

        /** What makes the connections, as in {@link OAuthClient.Builder#outbound}. */
        public Builder outbound(OutboundHttp http) {
            outbound = http;
            return this;
        }

        /**
         * The registrar.
         *
         * @throws IllegalArgumentException if the issuer is not one to call
         */
        public Registrar build() {
            OutboundHttp http = outbound == null ? OutboundHttp.builder().build() : outbound;
            OAuthClient server = OAuthClient.builder(issuer, ClientAuthentication.anonymous())
                    .outbound(http)
                    .build();
            return new Registrar(server, new RegistrationCalls(http), credentials);
        }
    }
}
