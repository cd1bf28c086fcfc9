package dev.signet.systemtests.guide;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.signet.authorizationserver.AuthorizationServer;
import dev.signet.authorizationserver.accesstoken.AccessTokenClaims;
import dev.signet.authorizationserver.registry.ProtectedResource;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.http.ProtocolResponse;
import dev.signet.core.token.GrantType;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.VerificationKey;
import dev.signet.servlet.AuthorizationServerServlet;
import dev.signet.storejdbc.EncryptionKey;
import dev.signet.storejdbc.JdbcStores;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;

/** An authorization server within another program, as the guide shows it. */
final class EmbeddedServerExample {

    private final Logger log;
    private final Function<ClientId, String> tenantOf;

    EmbeddedServerExample(Logger log, Function<ClientId, String> tenantOf) {
        this.log = log;
        this.tenantOf = tenantOf;
    }

    static JdbcStores stores(String url, String user, String password, String key) {
        JdbcStores stores = JdbcStores.builder(url, EncryptionKey.parse(key))
                .user(user)
                .password(password)
                .open();
        return stores;
    }

    static RegisteredClient reporter(VerificationKey publicKey) {
        RegisteredClient reporter = RegisteredClient.builder(new ClientId("reporter"))
                .authenticationMethod(ClientAuthenticationMethod.PRIVATE_KEY_JWT)
                .jwks(JwkSet.of(List.of(publicKey)))
                .grantTypes(Set.of(GrantType.CLIENT_CREDENTIALS))
                .scope(Scope.of("orders.read"))
                .build();
        return reporter;
    }

    AuthorizationServer server(JdbcStores stores, String issuer) {
        AccessTokenClaims tenants = approval -> JsonObject.builder()
                .put("https://example.com/tenant", tenantOf.apply(approval.clientId()))
                .build();
        AuthorizationServer server = AuthorizationServer.builder()
                .issuer(Issuer.of(issuer))
                .resources(List.of(ProtectedResource.builder(new ResourceIndicator("https://api.example.com/orders"))
                        .scope(Scope.of("orders.read", "orders.write"))
                        .build()))
                .clients(stores.clients())
                .signingKeys(stores.signingKeys())
                .replayGuard(stores.replayGuard())
                .revokedTokens(stores.revokedTokens())
                .accessTokenClaims(tenants)
                .listener(event -> log.info("{}", event))
                .build();
        return server;
    }

    void mount(ServletContext context, AuthorizationServer server) {
        context.addServlet("authorization-server", new AuthorizationServerServlet(server))
                .addMapping("/*");
    }

    void listen(HttpServer http, AuthorizationServer server) {
        http.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readNBytes(ProtocolRequest.MAXIMUM_BODY + 1);
            send(
                    exchange,
                    server.handle(ProtocolRequest.of(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI().toString(),
                            exchange.getRequestHeaders(),
                            body)));
        });
    }

    static void send(HttpExchange exchange, ProtocolResponse response) throws IOException {
        boolean head = exchange.getRequestMethod().equals("HEAD");
        byte[] body = response.body();
        response.headers().forEach(header -> exchange.getResponseHeaders().add(header.name(), header.value()));
        exchange.sendResponseHeaders(response.status(), head || body.length == 0 ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }
}
