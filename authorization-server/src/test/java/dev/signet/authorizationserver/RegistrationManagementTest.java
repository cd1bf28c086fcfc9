package dev.signet.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.authorizationserver.event.ServerEvent;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.core.ClientId;
import dev.signet.core.Scope;
import dev.signet.core.error.RefusalReason;
import dev.signet.jwt.json.JsonNull;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.JwkSet;
import dev.signet.testkit.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationManagementTest {

    private static final JsonObject KEYS =
            JwkSet.of(List.of(TestKeys.CLIENT.verificationKey())).toJsonObject();

    private final RegistrationFixture server = RegistrationFixture.standard();
    private final RegistrationTestAnswer shop = server.valid()
            .with("grant_types", List.of("authorization_code", "client_credentials"))
            .send()
            .isRegistered();

    private JsonObject kept() {
        return server.client(shop).toMetadata();
    }

    private void isRefused(RegistrationTestCall call, int status, String error) {
        JsonObject before = kept();
        call.send().isRefused(status, error);
        assertThat(kept()).isEqualTo(before);
    }

    @Nested
    @DisplayName("RFC 7592 §2: whose it is")
    class Access {

        @ParameterizedTest
        @ValueSource(strings = {"GET", "PUT", "DELETE"})
        @Requirement({"7592-2-01", "7592-2-02"})
        void is_only_for_who_has_its_token(String method) {
            RegistrationTestAnswer other = server.valid().send().isRegistered();
            RegistrationTestCall call = shop.manage(method);
            assertThat(call.withoutToken().send().response().status()).isEqualTo(401);
            isRefused(call.token(other.text("registration_access_token")), 401, "invalid_token");
            isRefused(call.token(RegistrationFixture.INITIAL_ACCESS_TOKEN), 401, "invalid_token");
            isRefused(call.token(shop.text("client_secret")), 401, "invalid_token");
            assertThat(call.send().response().status()).isEqualTo(method.equals("DELETE") ? 204 : 200);
        }

        @ParameterizedTest
        @ValueSource(strings = {"/register/unknown", "/register/reporter", "/register/%20", "/register/a%2Fb"})
        @Requirement("7592-2-02")
        void does_not_tell_an_unknown_client_from_another(String path) {
            RegistrationTestAnswer unknown =
                    shop.manage("GET").path(path).send().isRefused(401, "invalid_token");
            RegistrationTestAnswer wrong = shop.manage("GET").token("x").send().isRefused(401, "invalid_token");
            assertThat(unknown.response().body()).isEqualTo(wrong.response().body());
            assertThat(unknown.response().header("WWW-Authenticate"))
                    .isEqualTo(wrong.response().header("WWW-Authenticate"))
                    .isPresent();
        }

        @ParameterizedTest
        @ValueSource(strings = {"/register/", "/register/a/b"})
        void is_at_one_path(String path) {
            assertThat(shop.manage("GET").path(path).send().response().status()).isEqualTo(404);
        }

        @Test
        @Requirement("7592-2.3-01")
        void has_three_methods() {
            assertThat(shop.manage("POST").send().response().status()).isEqualTo(405);
            assertThat(shop.manage("PATCH").send().response().status()).isEqualTo(405);
        }

        @ParameterizedTest
        @ValueSource(strings = {"GET", "PUT", "DELETE"})
        @Requirement("7592-2-01")
        void is_closed_while_the_client_is_disabled(String method) {
            server.fixture.clients.change(
                    shop.clientId(), client -> client.toBuilder().enabled(false).build());
            isRefused(shop.manage(method), 403, "access_denied");
            isRefused(shop.manage(method).token("wrong"), 401, "invalid_token");
            assertThat(server.client(shop).isEnabled()).isFalse();
        }
    }

    @Nested
    @DisplayName("RFC 7592 §2.1: reading")
    class Read {

        @Test
        @Requirement({"7592-2.1-01", "D-38"})
        void gives_the_metadata_and_changes_nothing() {
            JsonObject before = kept();
            RegistrationTestAnswer read = shop.manage("GET").send().isOk(200);
            JsonObject expected = shop.json().toBuilder()
                    .remove("client_secret")
                    .remove("client_secret_expires_at")
                    .build();
            assertThat(read.json()).isEqualTo(expected);
            assertThat(shop.manage("GET").send().isOk(200).json()).isEqualTo(expected);
            assertThat(kept()).isEqualTo(before);
        }
    }

    @Nested
    @DisplayName("RFC 7592 §2.2: replacing")
    class Update {

        @Test
        @Requirement({"7592-2.2-01", "D-38", "7592-5-01"})
        void replaces_all_and_the_token_with_it() {
            RegistrationTestAnswer updated = shop.manage("PUT")
                    .with("client_name", "The new shop")
                    .without("grant_types")
                    .with("scope", JsonNull.NULL)
                    .send()
                    .isOk(200);
            assertThat(updated.text("client_name")).isEqualTo("The new shop");
            assertThat(updated.json().findStrings("grant_types").orElseThrow()).containsExactly("authorization_code");
            assertThat(Scope.parse(updated.text("scope"))).isEqualTo(Scope.of("orders.read", "orders.write"));
            assertThat(updated.text("client_id")).isEqualTo(shop.text("client_id"));
            assertThat(updated.json().findLong("client_id_issued_at"))
                    .isEqualTo(shop.json().findLong("client_id_issued_at"));
            assertThat(updated.text("registration_access_token")).isNotEqualTo(shop.text("registration_access_token"));
            isRefused(shop.manage("GET"), 401, "invalid_token");
            updated.manage("GET").send().isOk(200);
            assertThat(server.fixture.events.of(ServerEvent.RegistrationChanged.class))
                    .hasSize(1);
        }

        @Test
        @Requirement("D-38")
        void leaves_the_secret_as_it_is() {
            RegistrationTestAnswer updated = shop.manage("PUT").send().isOk(200);
            assertThat(updated.json().has("client_secret")).isFalse();
            server.fixture
                    .clientCredentials()
                    .basic(shop.text("client_id"), shop.text("client_secret"))
                    .send()
                    .isIssued();
        }

        @Test
        @Requirement("D-38")
        void replaces_the_secret_where_that_is_switched_on() {
            RegistrationFixture rotating = RegistrationFixture.with(policy -> policy.rotateSecretOnUpdate(true));
            RegistrationTestAnswer before = rotating.valid()
                    .without("redirect_uris")
                    .with("grant_types", List.of("client_credentials"))
                    .send()
                    .isRegistered();
            RegistrationTestAnswer after = before.manage("PUT").send().isOk(200);
            assertThat(after.text("client_secret")).isNotEqualTo(before.text("client_secret"));
            String clientId = before.text("client_id");
            rotating.fixture
                    .clientCredentials()
                    .basic(clientId, before.text("client_secret"))
                    .send()
                    .isInvalidClient();
            rotating.fixture
                    .clientCredentials()
                    .basic(clientId, after.text("client_secret"))
                    .send()
                    .isIssued();
        }

        @Test
        void changes_how_the_client_authenticates() {
            RegistrationTestAnswer keyed = shop.manage("PUT")
                    .without("client_secret")
                    .with("token_endpoint_auth_method", "private_key_jwt")
                    .with("jwks", KEYS)
                    .send()
                    .isOk(200);
            assertThat(server.client(shop).secret()).isEmpty();
            RegistrationTestAnswer mac = keyed.manage("PUT")
                    .without("jwks")
                    .with("token_endpoint_auth_method", "client_secret_jwt")
                    .send()
                    .isOk(200);
            assertThat(mac.text("client_secret")).isNotEqualTo(shop.text("client_secret"));
            assertThat(server.client(shop).secret().orElseThrow().isSensitive()).isTrue();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "registration_access_token",
                    "registration_client_uri",
                    "client_secret_expires_at",
                    "client_id_issued_at"
                })
        @Requirement("7592-2.2-01")
        void refuses_what_the_server_says(String member) {
            isRefused(
                    shop.manage("PUT").with(member, shop.json().find(member).orElseThrow()),
                    400,
                    "invalid_client_metadata");
        }

        @Test
        @Requirement({"7592-2.2-01", "7592-2.2-02"})
        void refuses_another_identifier_or_secret() {
            isRefused(shop.manage("PUT").without("client_id"), 400, "invalid_client_metadata");
            isRefused(shop.manage("PUT").with("client_id", "reporter"), 400, "invalid_client_metadata");
            isRefused(shop.manage("PUT").with("client_secret", Fixture.SECRET), 400, "invalid_client_metadata");
            isRefused(shop.manage("PUT").with("client_secret", 1L), 400, "invalid_client_metadata");
            shop.manage("PUT").send().isOk(200);
        }

        @Test
        @Requirement("7592-2.2-01")
        void holds_it_to_what_every_registration_is_held_to() {
            isRefused(
                    shop.manage("PUT").with("redirect_uris", List.of("javascript:alert(1)")),
                    400,
                    "invalid_redirect_uri");
            isRefused(
                    shop.manage("PUT").with("grant_types", List.of("urn:ietf:params:oauth:grant-type:jwt-bearer")),
                    400,
                    "invalid_client_metadata");
            isRefused(shop.manage("PUT").contentType("text/plain"), 400, "invalid_client_metadata");
            assertThat(shop.manage("PUT")
                            .with("scope", "orders.admin orders.read")
                            .send()
                            .isOk(200)
                            .text("scope"))
                    .isEqualTo("orders.read");
        }

        @Test
        void leaves_what_whoever_runs_the_server_said() {
            String token = "dG9rZW4tdGhhdC1maXhlcy13aGF0LWNsaWVudHMtaGF";
            server.admit(
                    "ci",
                    token,
                    1,
                    JsonObject.builder()
                            .put("scope", "orders.admin")
                            .put("resource_server_for", List.of(Fixture.ORDERS))
                            .build());
            RegistrationTestAnswer fixed = server.valid().token(token).send().isRegistered();
            RegistrationTestAnswer updated = fixed.manage("PUT")
                    .with("scope", "orders.write")
                    .with("resource_server_for", List.of(Fixture.STOCK))
                    .with("attributes", JsonObject.builder().put("tier", "gold").build())
                    .send()
                    .isOk(200);
            assertThat(updated.text("scope")).isEqualTo("orders.admin");
            RegisteredClient client = server.client(fixed);
            assertThat(client.resourceServerFor()).extracting(Object::toString).containsExactly(Fixture.ORDERS);
            assertThat(client.attributes().isEmpty()).isTrue();
            assertThat(client.selfRegistration().orElseThrow().initialAccessToken())
                    .contains("ci");
        }

        @Test
        void leaves_what_the_software_statement_said() {
            String statement = server.statement()
                    .claim("scope", "orders.read orders.admin")
                    .compact();
            RegistrationTestAnswer stated =
                    server.valid().with("software_statement", statement).send().isRegistered();
            RegistrationTestAnswer updated = stated.manage("PUT")
                    .with("client_name", "Another")
                    .with("scope", "orders.write")
                    .send()
                    .isOk(200);
            assertThat(updated.text("client_name")).isEqualTo("The certified shop");
            assertThat(updated.text("scope")).isEqualTo("orders.read");
            assertThat(updated.text("software_statement")).isEqualTo(statement);
            updated.manage("PUT")
                    .with("software_statement", server.statement().compact() + "x")
                    .send()
                    .isRefused(400, "invalid_client_metadata");
            updated.manage("PUT").without("software_statement").send().isOk(200);
        }

        @Test
        @Requirement("D-38")
        void has_one_winner_of_those_that_come_together() throws Exception {
            ExecutorService threads = Executors.newFixedThreadPool(8);
            try {
                List<Callable<Integer>> updates = IntStream.range(0, 8)
                        .<Callable<Integer>>mapToObj(number ->
                                () -> shop.manage("PUT").send().response().status())
                        .toList();
                List<Integer> statuses = new ArrayList<>();
                for (Future<Integer> result : threads.invokeAll(updates)) {
                    statuses.add(result.get());
                }
                assertThat(statuses).containsOnlyOnce(200);
                assertThat(statuses).containsOnly(200, 401);
            } finally {
                threads.shutdownNow();
            }
        }
    }

    @Nested
    @DisplayName("RFC 7592 §2.3: removing")
    class Remove {

        @Test
        @Requirement("7592-2.3-01")
        void ends_the_client_with_its_secret_and_its_tokens() {
            String clientId = shop.text("client_id");
            String secret = shop.text("client_secret");
            String token = server.fixture
                    .clientCredentials()
                    .basic(clientId, secret)
                    .send()
                    .isIssued()
                    .json()
                    .requireString("access_token");
            server.fixture.introspect(token).isActive();
            RegistrationTestAnswer removed = shop.manage("DELETE").send().isOk(204);
            assertThat(removed.response().body()).isEmpty();
            assertThat(server.fixture.clients.find(new ClientId(clientId))).isEmpty();
            server.fixture.introspect(token).isInactive();
            server.fixture.clientCredentials().basic(clientId, secret).send().isInvalidClient();
            shop.manage("GET").send().isRefused(401, "invalid_token");
            shop.manage("DELETE").send().isRefused(401, "invalid_token");
            assertThat(server.fixture
                            .events
                            .last(ServerEvent.RegistrationRemoved.class)
                            .clientId())
                    .isEqualTo(new ClientId(clientId));
            assertThat(server.fixture
                            .events
                            .last(ServerEvent.RequestRefused.class)
                            .reason())
                    .isEqualTo(RefusalReason.REGISTRATION_TOKEN_REFUSED);
        }
    }
}
