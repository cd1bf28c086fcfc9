package dev.signet.systemtests.peer;

import com.sun.net.httpserver.HttpServer;
import dev.signet.client.TokenRequest;
import dev.signet.core.Issuer;
import dev.signet.core.Scope;
import dev.signet.systemtests.process.ServerProcess;
import dev.signet.systemtests.process.TokenRequests;
import dev.signet.testkit.FixedKeys;
import dev.signet.testkit.Requirement;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our client authenticates with assertions at Spring's authorization server, which fetches the key of the client. */
@Tag("peer")
class SpringServerClientTest {

    private static final TokenRequest REQUEST = TokenRequest.clientCredentials().withScope(Scope.of("orders.read"));
    private static final String CLIENTS = "--spring.security.oauth2.authorizationserver.client.";

    private static HttpServer keys;
    private static SpringProgram server;
    private static Issuer issuer;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        byte[] jwks = FixedKeys.publicKeys(FixedKeys.client()).toJson().getBytes(StandardCharsets.UTF_8);
        keys = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        keys.createContext("/jwks", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, jwks.length);
            exchange.getResponseBody().write(jwks);
            exchange.close();
        });
        keys.start();
        int port = ServerProcess.freePort();
        issuer = Issuer.of("http://127.0.0.1:" + port);
        server = SpringProgram.start(
                folder,
                "spring-oauth",
                "AuthorizationServerApplication",
                "--server.address=127.0.0.1",
                "--server.port=" + port,
                "--spring.security.oauth2.authorizationserver.issuer=" + issuer,
                CLIENTS + "key.registration.client-id=" + OtherServers.KEY_CLIENT,
                CLIENTS + "key.registration.client-authentication-methods=private_key_jwt",
                CLIENTS + "key.registration.authorization-grant-types=client_credentials",
                CLIENTS + "key.registration.scopes=orders.read",
                CLIENTS + "key.token-endpoint-authentication-signing-algorithm=ES256",
                CLIENTS + "key.jwk-set-uri=http://127.0.0.1:"
                        + keys.getAddress().getPort() + "/jwks",
                CLIENTS + "mac.registration.client-id=" + OtherServers.MAC_CLIENT,
                CLIENTS + "mac.registration.client-secret=" + OtherServers.SECRET,
                CLIENTS + "mac.registration.client-authentication-methods=client_secret_jwt",
                CLIENTS + "mac.registration.authorization-grant-types=client_credentials",
                CLIENTS + "mac.registration.scopes=orders.read",
                CLIENTS + "mac.token-endpoint-authentication-signing-algorithm=HS256");
        URI metadata = URI.create(issuer + "/.well-known/oauth-authorization-server");
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .until(() -> new TokenRequests().get(metadata).statusCode() == 200);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        server.close();
        keys.stop(0);
    }

    @Test
    @Requirement({"OIDC-9-08", "7521-6.1-01", "7523-2.2-03", "7523b-4-03"})
    void gets_tokens_with_private_key_jwt() {
        OtherServers.giveTokensForTheRightKeyOnly(issuer, REQUEST);
    }

    @Test
    @Requirement({"OIDC-9-08", "7521-6.1-01"})
    void gets_tokens_with_client_secret_jwt() {
        OtherServers.giveTokensForTheRightSecretOnly(issuer, REQUEST);
    }
}
