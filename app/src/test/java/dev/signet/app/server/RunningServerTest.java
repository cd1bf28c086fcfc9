package dev.signet.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.app.config.Pkcs8;
import dev.signet.app.listener.ListenException;
import dev.signet.app.log.JsonLog;
import dev.signet.app.log.LogLevel;
import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.SigningKey;
import dev.signet.testkit.Requirement;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningServerTest {

    @TempDir
    Path folder;

    private static SigningKey key(JwsAlgorithm algorithm) {
        return SigningKey.generate(algorithm, CryptoProvider.jdk(), new SecureRandom());
    }

    private static List<String> publishedKeys(int port) throws Exception {
        return TestServer.json(TestServer.get(port, "/jwks")).findObjects("keys").orElseThrow().stream()
                .map(key -> key.requireString("kid"))
                .toList();
    }

    @Test
    @Requirement({"OIDC-9-02", "9068-2.1-06", "9068-2.1-07"})
    void a_client_with_a_key_gets_an_access_token_over_http() throws Exception {
        TestServer setup = new TestServer(folder);
        try (RunningServer server = setup.start()) {
            HttpResponse<String> response =
                    TestServer.requestToken(server.port(), TestServer.form(setup.clientAssertion()));
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("cache-control")).contains("no-store");
            UnverifiedJwt token = UnverifiedJwt.parse(TestServer.json(response).requireString("access_token"));
            assertThat(token.type()).contains("at+jwt");
            assertThat(publishedKeys(server.port())).contains(token.keyId().orElseThrow());
        }
    }

    @Test
    @Requirement({"7523-3-16", "OIDC-9-04"})
    void an_assertion_stays_used_and_the_key_the_same_after_a_restart() throws Exception {
        TestServer setup = new TestServer(folder);
        String form = TestServer.form(setup.clientAssertion());
        List<String> keys;
        try (RunningServer server = setup.start()) {
            assertThat(TestServer.requestToken(server.port(), form).statusCode())
                    .isEqualTo(200);
            assertThat(TestServer.requestToken(server.port(), form).statusCode())
                    .isEqualTo(401);
            keys = publishedKeys(server.port());
        }
        try (RunningServer server = setup.start()) {
            HttpResponse<String> again = TestServer.requestToken(server.port(), form);
            assertThat(again.statusCode()).isEqualTo(401);
            assertThat(TestServer.json(again).requireString("error")).isEqualTo("invalid_client");
            assertThat(publishedKeys(server.port())).isEqualTo(keys);
        }
    }

    @Test
    void health_says_live_and_ready() throws Exception {
        try (RunningServer server = new TestServer(folder).start()) {
            assertThat(TestServer.get(server.port(), "/health/live").body()).isEqualTo("{\"status\":\"live\"}");
            assertThat(TestServer.get(server.port(), "/health/ready").body()).isEqualTo("{\"status\":\"ready\"}");
        }
    }

    @Test
    void client_secret_jwt_is_on_when_a_client_is_configured_for_it() throws Exception {
        String methods = "token_endpoint_auth_methods_supported";
        try (RunningServer server = new TestServer(folder).start()) {
            assertThat(TestServer.json(TestServer.get(server.port(), "/.well-known/oauth-authorization-server"))
                            .findStrings(methods)
                            .orElseThrow())
                    .doesNotContain("client_secret_jwt");
        }
        String client = "  - {client_id: mac, client_secret: \"" + TestServer.SECRET
                + "\", token_endpoint_auth_method: client_secret_jwt, grant_types: [client_credentials]}\n";
        try (RunningServer server = new TestServer(folder).with(client).start()) {
            assertThat(TestServer.json(TestServer.get(server.port(), "/.well-known/oauth-authorization-server"))
                            .findStrings(methods)
                            .orElseThrow())
                    .contains("client_secret_jwt");
        }
    }

    @Test
    @Requirement({"6749-2.3-01", "8414-2-06"})
    void a_client_gets_no_further_by_its_method_than_the_configuration_allows() throws Exception {
        String allowed = "client_authentication: {endpoints: {revocation: [private_key_jwt]}}\n";
        for (boolean limited : List.of(false, true)) {
            try (RunningServer server =
                    new TestServer(folder).with(limited ? allowed : "").start()) {
                assertThat(TestServer.requestTokenWithSecret(server.port()).statusCode())
                        .isEqualTo(200);
                HttpResponse<String> revoked = TestServer.postWithSecret(server.port(), "/revoke", "token=any");
                assertThat(revoked.statusCode()).isEqualTo(limited ? 401 : 200);
                assertThat(revoked.body().contains("invalid_client")).isEqualTo(limited);
                assertThat(TestServer.json(TestServer.get(server.port(), "/.well-known/oauth-authorization-server"))
                                .findStrings("revocation_endpoint_auth_methods_supported")
                                .orElseThrow()
                                .contains("client_secret_basic"))
                        .isNotEqualTo(limited);
            }
        }
    }

    @Nested
    class Keys_from_files {
        @Test
        void the_first_signs_and_all_are_published() throws Exception {
            SigningKey first = key(JwsAlgorithm.ES256);
            SigningKey second = key(JwsAlgorithm.ES256);
            Files.writeString(folder.resolve("first.pem"), Pkcs8.pem(first.toPrivateJwk()));
            Files.writeString(folder.resolve("second.pem"), Pkcs8.pem(second.toPrivateJwk()));
            TestServer setup = new TestServer(folder).with("signing: {keys: [first.pem, second.pem]}\n");
            try (RunningServer server = setup.start()) {
                assertThat(publishedKeys(server.port())).containsExactlyInAnyOrder(first.keyId(), second.keyId());
                HttpResponse<String> response =
                        TestServer.requestToken(server.port(), TestServer.form(setup.clientAssertion()));
                assertThat(UnverifiedJwt.parse(TestServer.json(response).requireString("access_token"))
                                .keyId())
                        .contains(first.keyId());
            }
        }

        @Test
        @Requirement({"D-41", "D-49"})
        void of_each_algorithm_the_first_signs() throws Exception {
            SigningKey ec = key(JwsAlgorithm.ES256);
            SigningKey ed = key(JwsAlgorithm.Ed25519);
            SigningKey former = key(JwsAlgorithm.Ed25519);
            Files.writeString(folder.resolve("ec.pem"), Pkcs8.pem(ec.toPrivateJwk()));
            Files.writeString(folder.resolve("ed.pem"), Pkcs8.pem(ed.toPrivateJwk()));
            Files.writeString(folder.resolve("former.pem"), Pkcs8.pem(former.toPrivateJwk()));
            TestServer setup = new TestServer(folder)
                    .with("signing: {keys: [ec.pem, ed.pem, former.pem]}\n")
                    .withResource("signing_algorithm: Ed25519");
            try (RunningServer server = setup.start()) {
                assertThat(publishedKeys(server.port()))
                        .containsExactlyInAnyOrder(ec.keyId(), ed.keyId(), former.keyId());
                HttpResponse<String> response =
                        TestServer.requestToken(server.port(), TestServer.form(setup.clientAssertion()));
                assertThat(UnverifiedJwt.parse(TestServer.json(response).requireString("access_token"))
                                .keyId())
                        .contains(ed.keyId());
            }
        }

        @Test
        @Requirement({"9068-2.1-04", "7523-5-01"})
        void an_rsa_key_signs_rs256() throws Exception {
            SigningKey rsa = key(JwsAlgorithm.RS256);
            Files.writeString(folder.resolve("rsa.pem"), Pkcs8.pem(rsa.toPrivateJwk()));
            TestServer setup = new TestServer(folder).with("signing: {algorithm: RS256, keys: [rsa.pem]}\n");
            try (RunningServer server = setup.start()) {
                HttpResponse<String> response =
                        TestServer.requestToken(server.port(), TestServer.form(setup.clientAssertion()));
                assertThat(UnverifiedJwt.parse(TestServer.json(response).requireString("access_token"))
                                .algorithmName())
                        .isEqualTo("RS256");
            }
        }
    }

    @Nested
    class Logging {
        @Test
        @Requirement("7521-8.3-01")
        void holds_no_assertion_no_token_and_no_secret_at_the_finest_level() throws Exception {
            ByteArrayOutputStream log = new ByteArrayOutputStream();
            JsonLog.start(log, LogLevel.DEBUG);
            TestServer setup = new TestServer(folder);
            String assertion = setup.clientAssertion();
            String token;
            try (RunningServer server = setup.start()) {
                token = TestServer.json(TestServer.requestToken(server.port(), TestServer.form(assertion)))
                        .requireString("access_token");
                TestServer.requestToken(server.port(), TestServer.form(assertion));
                TestServer.requestToken(server.port(), TestServer.form(assertion + "x"));
                TestServer.requestTokenWithSecret(server.port());
                TestServer.requestTokenWithSecret(server.port(), "shop", "wrong-" + TestServer.SECRET);
            } finally {
                JsonLog.start(System.err, LogLevel.WARN);
            }
            String written = log.toString(StandardCharsets.UTF_8);
            assertThat(written.lines().map(JsonObject::parse))
                    .extracting(line -> line.findString("event").orElse(""))
                    .contains("token-issued", "request-refused", "replay-refused");
            assertThat(written)
                    .doesNotContain(assertion)
                    .doesNotContain(assertion.substring(assertion.lastIndexOf('.')))
                    .doesNotContain(token)
                    .doesNotContain(TestServer.SECRET);
        }
    }

    @Nested
    class Start {
        @Test
        void with_a_port_in_use_leaves_the_store_free() throws Exception {
            try (RunningServer first = new TestServer(Files.createDirectory(folder.resolve("a"))).start()) {
                Path other = Files.createDirectory(folder.resolve("b"));
                TestServer setup = new TestServer(other);
                Path config = setup.config();
                Files.writeString(config, Files.readString(config).replace("port: 0", "port: " + first.port()));
                assertThatThrownBy(() -> TestServer.startFrom(config)).isInstanceOf(ListenException.class);
                assertThatThrownBy(() -> TestServer.startFrom(config)).isInstanceOf(ListenException.class);
            }
        }

        @Test
        void without_the_key_file_of_an_existing_store_says_so() throws Exception {
            TestServer setup = new TestServer(folder);
            setup.start().close();
            Files.delete(folder.resolve("signet.key"));
            assertThatThrownBy(setup::start)
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("signet.mv.db is there, but its key file is not: ");
        }

        @Test
        void with_another_key_than_the_stores_says_so() throws Exception {
            TestServer setup = new TestServer(folder);
            setup.start().close();
            Files.writeString(
                    folder.resolve("signet.key"),
                    Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[32]));
            assertThatThrownBy(setup::start).isInstanceOf(StartException.class).hasMessageContaining("key");
        }

        @Test
        void with_a_key_file_that_others_may_read_is_refused() throws IOException {
            TestServer setup = new TestServer(folder);
            setup.start().close();
            Files.setPosixFilePermissions(folder.resolve("signet.key"), PosixFilePermissions.fromString("rw-r--r--"));
            assertThatThrownBy(setup::start)
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("chmod 600 " + folder.resolve("signet.key"));
        }
    }
}
