package dev.signet.systemtests.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.core.clientauth.ClientAuthentication;
import dev.signet.core.error.RefusalReason;
import dev.signet.jwt.json.JsonObject;
import dev.signet.outbound.OutboundHttp;
import dev.signet.resourceserver.AccessTokenOutcome;
import dev.signet.resourceserver.AccessTokenOutcome.Refused;
import dev.signet.resourceserver.AccessTokenOutcome.Unavailable;
import dev.signet.resourceserver.AccessTokenOutcome.Valid;
import dev.signet.resourceserver.AccessTokenValidator;
import dev.signet.resourceserver.TrustedIssuer;
import dev.signet.resourceserver.introspection.IntrospectionClient;
import dev.signet.resourceserver.introspection.IntrospectionPolicy;
import dev.signet.systemtests.process.ServerProcess;
import dev.signet.systemtests.process.TokenRequests;
import dev.signet.testkit.Requirement;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two server processes over one PostgreSQL, and an API that asks the second: what the first revokes, the API refuses within its
 * bound, whatever the format of the token.
 */
@Tag("nodes")
class IntrospectingApiTest {

    private static final String SECRET = "a secret of thirty-two characters";
    private static final String ORDERS = "https://api.example.com/orders";
    private static final String STOCK = "https://api.example.com/stock";
    private static final Duration BOUND = Duration.ofSeconds(5);

    /** Within which every node knows of a revocation. */
    private static final Duration ONE_SECOND = Duration.ofSeconds(1);

    private final TokenRequests http = new TokenRequests();

    @Test
    @Requirement({"D-24", "7662-4-01", "7662-4-02", "7009-2.1-04", "9701-4-01", "9701-8.1-01", "9701-5-05"})
    void what_is_revoked_on_one_node_is_refused_by_an_api_that_asks_the_other(@TempDir Path folder) throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start()) {
            int first = ServerProcess.freePort();
            int second = ServerProcess.freePort();
            String issuer = "http://127.0.0.1:" + first;
            try (ServerProcess one = ServerProcess.start(folder, yaml(issuer, first, postgres.getPort()), first)) {
                IntrospectionClient client;
                try (ServerProcess two =
                        ServerProcess.start(folder, yaml(issuer, second, postgres.getPort()), second)) {
                    client = client(issuer, second);
                    measure(one, two, "always", IntrospectionPolicy.always(client), Duration.ZERO);
                    measure(one, two, "cached 5 s", IntrospectionPolicy.cached(client, BOUND), BOUND);
                }
                // The node that is asked is gone, and the keys are still there: closed all the same.
                AccessTokenOutcome outcome = validator(issuer, ORDERS, IntrospectionPolicy.always(client))
                        .validateToken(token(one, "orders.read"));
                assertThat(outcome).isInstanceOf(Unavailable.class);
                assertThat(outcome.response().status()).isEqualTo(503);
            }
        }
    }

    /** A JWT and an opaque token: both are accepted, then revoked, then refused within the bound. */
    private void measure(
            ServerProcess one, ServerProcess two, String name, IntrospectionPolicy policy, Duration bound) {
        String issuer = one.uri("").toString();
        for (String scope : new String[] {"orders.read", "stock.read"}) {
            AccessTokenValidator api = validator(issuer, scope.startsWith("orders") ? ORDERS : STOCK, policy);
            String token = token(one, scope);
            assertThat(api.validateToken(token)).isInstanceOf(Valid.class);
            assertThat(api.validateToken(token).requireScope(scope)).isInstanceOf(Valid.class);
            assertThat(http.postAs(one.uri("/revoke"), "shop", SECRET, "token", token)
                            .statusCode())
                    .isEqualTo(200);
            long revoked = System.nanoTime();
            Duration last = Duration.ZERO;
            Duration begun = Duration.ofNanos(System.nanoTime() - revoked);
            AccessTokenOutcome outcome = api.validateToken(token);
            while (outcome instanceof Valid) {
                last = begun;
                assertThat(last).isLessThan(bound.plusSeconds(20));
                begun = Duration.ofNanos(System.nanoTime() - revoked);
                outcome = api.validateToken(token);
            }
            System.out.printf(
                    "introspection %s, %s: last accepted %d ms after the revocation on the other node%n",
                    name, scope, last.toMillis());
            assertThat(outcome).isInstanceOf(Refused.class);
            assertThat(((Refused) outcome).reason()).isEqualTo(RefusalReason.TOKEN_INACTIVE);
            assertThat(last).isLessThan(bound.plus(ONE_SECOND));
        }
    }

    private String token(ServerProcess node, String scope) {
        String answer = http.postAs(
                        node.uri("/token"), "shop", SECRET, "grant_type", "client_credentials", "scope", scope)
                .body();
        return JsonObject.parse(answer).requireString("access_token");
    }

    private static IntrospectionClient client(String issuer, int port) {
        return IntrospectionClient.builder(Issuer.of(issuer))
                .outbound(outbound())
                .endpoint(URI.create("http://127.0.0.1:" + port + "/introspect"))
                .authentication(ClientAuthentication.clientSecretPost(new ClientId("api"), SECRET))
                .signedResponses()
                .build();
    }

    private static AccessTokenValidator validator(String issuer, String audience, IntrospectionPolicy policy) {
        return AccessTokenValidator.builder()
                .trust(TrustedIssuer.builder(issuer)
                        .audience(audience)
                        .introspection(policy)
                        .allowOpaqueTokens()
                        .build())
                .outbound(outbound())
                .build();
    }

    private static OutboundHttp outbound() {
        return OutboundHttp.builder().allowHosts(Set.of("127.0.0.1")).build();
    }

    private static String yaml(String issuer, int port, int postgresPort) {
        return """
                issuer: %1$s
                listen: {host: 127.0.0.1, port: %2$d}
                store: {url: "jdbc:postgresql://127.0.0.1:%3$d/postgres", user: postgres, password: postgres}
                encryption: {key: "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY"}
                resources:
                  - {resource: "%5$s", scopes: [orders.read], default: true}
                  - {resource: "%6$s", scopes: [stock.read], token_format: opaque}
                clients:
                  - {client_id: shop, token_endpoint_auth_method: client_secret_post, client_secret: "%4$s", grant_types: [client_credentials], scope: orders.read stock.read}
                  - {client_id: api, token_endpoint_auth_method: client_secret_post, client_secret: "%4$s", resource_server_for: ["%5$s", "%6$s"], introspection_signed_response_alg: ES256}
                """.formatted(issuer, port, postgresPort, SECRET, ORDERS, STOCK);
    }
}
