package dev.signet.systemtests.tokenformat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.DecryptionKey;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.resourceserver.AccessTokenEncryption;
import dev.signet.resourceserver.AccessTokenOutcome;
import dev.signet.resourceserver.AccessTokenValidator;
import dev.signet.systemtests.process.ServerProcess;
import dev.signet.systemtests.process.TokenRequests;
import dev.signet.testkit.FixedKeys;
import dev.signet.testkit.Requirement;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two server processes over one PostgreSQL: what one issues the other knows, whatever it looks like. */
@Requirement({"D-13", "D-24"})
@Tag("nodes")
class TokenFormatsOnTwoNodesTest {

    private static final String SECRET = "a secret of thirty-two characters";
    private static final DecryptionKey API_KEY = DecryptionKey.fromJwk(FixedKeys.stranger().toPrivateJwk().toBuilder()
            .put("alg", "ECDH-ES+A256KW")
            .put("use", "enc")
            .build());

    private final TokenRequests http = new TokenRequests();

    @Test
    @Requirement({"9068-6-02", "9068-4-06", "9068-4-07", "D-49"})
    void what_one_issues_the_other_knows_and_revokes(@TempDir Path folder) throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start()) {
            int first = ServerProcess.freePort();
            int second = ServerProcess.freePort();
            String issuer = "http://127.0.0.1:" + first;
            try (ServerProcess one = ServerProcess.start(folder, yaml(issuer, first, postgres.getPort()), first);
                    ServerProcess two = ServerProcess.start(folder, yaml(issuer, second, postgres.getPort()), second)) {
                for (String scope : List.of("orders", "ledger", "patients")) {
                    isTheSameOnBoth(one, two, scope);
                }
                isCheckedByTheResourceServer(issuer, one);
            }
        }
    }

    private void isTheSameOnBoth(ServerProcess one, ServerProcess two, String scope) {
        String token = token(one, scope);
        JsonObject said = introspect(two, token);
        assertThat(said.requireString("aud")).isEqualTo("https://api.example.com/" + scope);
        assertThat(said.requireString("scope")).isEqualTo(scope);
        assertThat(said.requireString("sub")).isEqualTo("shop");
        assertThat(said).isEqualTo(introspect(one, token));
        assertThat(post(two, "/revoke", "shop", "token", token).statusCode()).isEqualTo(200);
        assertThat(introspect(two, token).names()).containsExactly("active");
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> introspect(one, token).names().equals(Set.of("active")));
    }

    private void isCheckedByTheResourceServer(String issuer, ServerProcess node) {
        JwkSet keys = JwkSet.parse(http.get(node.uri("/jwks")).body(), CryptoProvider.jdk());
        assertThat(keys.keys())
                .extracting(key -> key.algorithm().orElseThrow())
                .containsExactlyInAnyOrder(JwsAlgorithm.ES256, JwsAlgorithm.Ed25519);
        AccessTokenValidator validator = AccessTokenValidator.builder()
                .issuer(issuer)
                .audience("https://api.example.com/patients")
                .keys(keys)
                .encryption(new AccessTokenEncryption(List.of(API_KEY), Set.of("ECDH-ES+A256KW"), Set.of("A256GCM")))
                .withoutResourceMetadata()
                .build();
        assertThat(validator.validateToken(token(node, "patients"))).isInstanceOf(AccessTokenOutcome.Valid.class);
        String signedOnly = token(node, "orders");
        assertThat(UnverifiedJwt.parse(signedOnly).algorithmName()).isEqualTo("Ed25519");
        assertThat(validator.validateToken(signedOnly)).isNotInstanceOf(AccessTokenOutcome.Valid.class);
        assertThat(validator.validateToken(token(node, "ledger"))).isNotInstanceOf(AccessTokenOutcome.Valid.class);
    }

    private String token(ServerProcess node, String scope) {
        return JsonObject.parse(post(node, "/token", "shop", "grant_type", "client_credentials", "scope", scope)
                        .body())
                .requireString("access_token");
    }

    private JsonObject introspect(ServerProcess node, String token) {
        HttpResponse<String> answer = post(node, "/introspect", "api", "token", token);
        assertThat(answer.statusCode()).isEqualTo(200);
        return JsonObject.parse(answer.body());
    }

    private HttpResponse<String> post(ServerProcess node, String path, String clientId, String... pairs) {
        return http.postAs(node.uri(path), clientId, SECRET, pairs);
    }

    private static String yaml(String issuer, int port, int postgresPort) {
        return """
                issuer: %1$s
                listen: {host: 127.0.0.1, port: %2$d}
                store: {url: "jdbc:postgresql://127.0.0.1:%3$d/postgres", user: postgres, password: postgres}
                encryption: {key: "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY"}
                resources:
                  - {resource: "https://api.example.com/orders", scopes: [orders], signing_algorithm: Ed25519}
                  - {resource: "https://api.example.com/ledger", scopes: [ledger], token_format: opaque}
                  - resource: https://api.example.com/patients
                    scopes: [patients]
                    token_format: encrypted_jwt
                    encryption: {algorithm: ECDH-ES+A256KW, jwk: %5$s}
                clients:
                  - {client_id: shop, token_endpoint_auth_method: client_secret_post, client_secret: "%4$s", grant_types: [client_credentials], scope: orders ledger patients}
                  - {client_id: api, token_endpoint_auth_method: client_secret_post, client_secret: "%4$s", resource_server_for: ["https://api.example.com/orders", "https://api.example.com/ledger", "https://api.example.com/patients"]}
                """.formatted(issuer, port, postgresPort, SECRET, API_KEY.toJwk().toJson());
    }
}
