package dev.signet.systemtests.peer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.signet.authorizationserver.AuthorizationServer;
import dev.signet.authorizationserver.registry.ApplicationType;
import dev.signet.authorizationserver.registry.AuthorizationSettings;
import dev.signet.authorizationserver.registry.ProtectedResource;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.resourceowner.Decision;
import dev.signet.authorizationserver.resourceowner.Question;
import dev.signet.authorizationserver.store.memory.InMemoryClientStore;
import dev.signet.authorizationserver.store.memory.InMemoryGrantStore;
import dev.signet.authorizationserver.store.memory.InMemoryReplayGuard;
import dev.signet.authorizationserver.store.memory.InMemoryRevokedTokens;
import dev.signet.authorizationserver.store.memory.InMemorySigningKeyStore;
import dev.signet.authorizationserver.store.memory.InMemoryStoredTokens;
import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.authorization.Authentication;
import dev.signet.core.authorization.RedirectUri;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.http.ProtocolResponse;
import dev.signet.core.token.GrantType;
import dev.signet.jwt.key.JwkSet;
import dev.signet.outbound.OutboundHttp;
import dev.signet.resourceserver.AccessTokenOutcome;
import dev.signet.resourceserver.AccessTokenValidator;
import dev.signet.testkit.FixedKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/** Our server, embedded, where everybody who comes is Alice, and approves unless told otherwise. */
public final class ApprovingServer implements AutoCloseable {

    /** A public client, whose answers go to {@link #CALLBACK}, or to {@link #LOOPBACK} at any port. */
    public static final ClientId PUBLIC = new ClientId("shop");

    /** The same with {@code private_key_jwt} and the public half of {@link FixedKeys#client()}. */
    public static final ClientId WITH_KEY = new ClientId("shop-with-key");

    public static final String CALLBACK = "https://shop.example.com/callback";
    public static final String LOOPBACK = "http://127.0.0.1/callback";

    static final String RESOURCE = "https://api.example.com/orders";
    static final String SUBJECT = "alice";

    private final HttpServer http;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicBoolean denies = new AtomicBoolean();

    private ApprovingServer(HttpServer http) {
        this.http = http;
    }

    /** Starts it on a port of the loopback address. */
    public static ApprovingServer start() throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 50);
        ApprovingServer server = new ApprovingServer(http);
        AuthorizationServer engine = server.engine();
        http.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readNBytes(ProtocolRequest.MAXIMUM_BODY + 1);
            send(
                    exchange,
                    engine.handle(ProtocolRequest.of(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI().toString(),
                            exchange.getRequestHeaders(),
                            body)));
        });
        http.setExecutor(server.threads);
        http.start();
        return server;
    }

    private AuthorizationServer engine() {
        Clock clock = Clock.systemUTC();
        InMemoryReplayGuard replayGuard = new InMemoryReplayGuard(clock);
        InMemoryRevokedTokens revokedTokens = new InMemoryRevokedTokens(clock, replayGuard);
        InMemoryStoredTokens storedTokens = new InMemoryStoredTokens(clock, replayGuard);
        return AuthorizationServer.builder()
                .issuer(issuer())
                .resources(List.of(ProtectedResource.builder(new ResourceIndicator(RESOURCE))
                        .scope(Scope.of("orders.read"))
                        .isDefault(true)
                        .build()))
                .clients(InMemoryClientStore.of(List.of(
                        client(PUBLIC)
                                .authenticationMethod(ClientAuthenticationMethod.NONE)
                                .build(),
                        client(WITH_KEY)
                                .authenticationMethod(ClientAuthenticationMethod.PRIVATE_KEY_JWT)
                                .jwks(JwkSet.of(List.of(FixedKeys.client().verificationKey())))
                                .build())))
                .authenticationMethods(
                        Set.of(ClientAuthenticationMethod.NONE, ClientAuthenticationMethod.PRIVATE_KEY_JWT))
                .signingKeys(InMemorySigningKeyStore.of(List.of()))
                .replayGuard(replayGuard)
                .storedTokens(storedTokens)
                .revokedTokens(revokedTokens)
                .grants(new InMemoryGrantStore(clock, replayGuard, storedTokens, revokedTokens))
                .resourceOwnerPrompt(this::decide)
                .listener(event -> {})
                .build();
    }

    private static RegisteredClient.Builder client(ClientId clientId) {
        return RegisteredClient.builder(clientId)
                .grantTypes(Set.of(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN))
                .scope(Scope.of("orders.read"))
                .authorization(AuthorizationSettings.builder()
                        .applicationType(ApplicationType.NATIVE)
                        .redirectUris(List.of(new RedirectUri(CALLBACK), new RedirectUri(LOOPBACK)))
                        .build());
    }

    private Decision decide(Question question) {
        return denies.get()
                ? new Decision.Denied()
                : new Decision.Approved(
                        SUBJECT,
                        Authentication.byPassword(Clock.systemUTC().instant()),
                        question.proposal().map(proposal -> proposal.scope()).orElse(Scope.empty()));
    }

    /** Has Alice say no from now on. */
    public void deny() {
        denies.set(true);
    }

    /** Its issuer. */
    public Issuer issuer() {
        return Issuer.of("http://127.0.0.1:" + http.getAddress().getPort());
    }

    /** What connects to it. */
    public OutboundHttp outbound() {
        return OutboundHttp.builder().allowHosts(Set.of("127.0.0.1")).build();
    }

    /** What an API makes of an access token of this server. */
    public AccessTokenOutcome validate(String accessToken) {
        return AccessTokenValidator.builder()
                .issuer(issuer().value())
                .audience(RESOURCE)
                .outbound(outbound())
                .build()
                .validate(List.of("Bearer " + accessToken))
                .requireScope("orders.read");
    }

    private static void send(HttpExchange exchange, ProtocolResponse response) throws IOException {
        byte[] body = response.body();
        response.headers().forEach(header -> exchange.getResponseHeaders().add(header.name(), header.value()));
        exchange.sendResponseHeaders(response.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
