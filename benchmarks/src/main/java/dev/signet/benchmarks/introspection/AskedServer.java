package dev.signet.benchmarks.introspection;

import dev.signet.authorizationserver.AuthorizationServer;
import dev.signet.authorizationserver.registry.ProtectedResource;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.store.ServerKeyStore;
import dev.signet.authorizationserver.store.memory.InMemoryClientStore;
import dev.signet.benchmarks.Crypto;
import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.http.BasicCredentials;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.http.ProtocolResponse;
import dev.signet.core.token.GrantType;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.SigningKey;
import dev.signet.storejdbc.JdbcStores;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The engine on the stores of an H2 file, with a client that gets tokens and the resource server that asks about them. */
final class AskedServer {

    private static final ResourceIndicator RESOURCE = new ResourceIndicator("https://api.example.com/orders");
    private static final String SECRET = "a-secret-that-is-as-long-as-those-that-are-generated";
    private static final ClientId CLIENT = new ClientId("reporter");
    private static final ClientId API = new ClientId("orders-api");

    private final AuthorizationServer server;

    AskedServer(JdbcStores stores, ServerKeyStore<SigningKey> keys, int revocationsInMemory) {
        server = AuthorizationServer.builder()
                .issuer(Issuer.of("https://as.example.com"))
                .resources(List.of(ProtectedResource.builder(RESOURCE)
                        .scope(Scope.of("orders.read"))
                        .isDefault(true)
                        .tokenLifetime(Duration.ofHours(1))
                        .build()))
                .clients(InMemoryClientStore.of(List.of(
                        client(CLIENT)
                                .grantTypes(Set.of(GrantType.CLIENT_CREDENTIALS))
                                .scope(Scope.of("orders.read"))
                                .build(),
                        client(API).resourceServerFor(Set.of(RESOURCE)).build())))
                .signingKeys(keys)
                .replayGuard(stores.replayGuard())
                .revokedTokens(stores.revokedTokens())
                .revocationsInMemory(revocationsInMemory)
                .cryptoProvider(Crypto.ACCP.toSignet())
                .build();
    }

    private static RegisteredClient.Builder client(ClientId clientId) {
        return RegisteredClient.builder(clientId)
                .authenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .secret(SECRET);
    }

    /** A new access token. */
    String token() {
        return JsonObject.parse(send(CLIENT, "/token", "grant_type=client_credentials"))
                .requireString("access_token");
    }

    /** Whether the resource server is told that it is active. */
    boolean isActive(String token) {
        return JsonObject.parse(send(API, "/introspect", "token=" + token))
                .findBoolean("active")
                .orElseThrow();
    }

    private byte[] send(ClientId clientId, String path, String form) {
        ProtocolResponse response = server.handle(ProtocolRequest.builder("POST", path)
                .header("Authorization", BasicCredentials.encode(clientId, SECRET))
                .form(form)
                .build());
        if (response.status() != 200) {
            throw new IllegalStateException(path + " answered " + response.status());
        }
        return response.body();
    }
}
