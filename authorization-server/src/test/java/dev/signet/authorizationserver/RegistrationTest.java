package dev.signet.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.authorizationserver.event.ServerEvent;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.http.ProtocolResponse;
import dev.signet.jwt.json.JsonNull;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.JwkSet;
import dev.signet.testkit.Requirement;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationTest {

    private static final JsonObject KEYS =
            JwkSet.of(List.of(TestKeys.CLIENT.verificationKey())).toJsonObject();

    private final RegistrationFixture server = RegistrationFixture.standard();

    private void isRefused(RegistrationTestCall call, String error) {
        call.send().isRefused(400, error);
        assertThat(server.registered()).isZero();
        assertThat(server.usesLeft()).isEqualTo(2);
    }

    @Nested
    @DisplayName("RFC 7591 §3: who may register")
    class Access {

        @Test
        @Requirement({"7591-1-01", "D-37", "7591-5-01"})
        void needs_an_initial_access_token() {
            ProtocolResponse response = server.valid().withoutToken().send().response();
            assertThat(response.status()).isEqualTo(401);
            assertThat(response.header("WWW-Authenticate")).contains("Bearer realm=\"https://as.example.com\"");
            assertThat(response.body()).isEmpty();
            assertThat(server.registered()).isZero();
            server.valid().send().isRegistered();
            assertThat(server.registered()).isEqualTo(1);
            assertThat(server.usesLeft()).isEqualTo(1);
        }

        @ParameterizedTest
        @ValueSource(strings = {"x", "aW5pdGlhbC1hY2Nlc3MtdG9rZW4tb2YtdGhlLWNyZXd", "a b", "é"})
        @Requirement("7591-1-01")
        void refuses_another_token(String token) {
            RegistrationTestAnswer answer = server.valid().token(token).send().isRefused(401, "invalid_token");
            assertThat(answer.response().header("WWW-Authenticate").orElseThrow())
                    .contains("error=\"invalid_token\"");
            assertThat(server.registered()).isZero();
        }

        @Test
        void refuses_a_token_that_has_expired_or_is_used_up() {
            server.valid().send().isRegistered();
            server.valid().send().isRegistered();
            server.valid().send().isRefused(401, "invalid_token");
            assertThat(server.registered()).isEqualTo(2);
            server.admit("late", "bGF0ZS1hY2Nlc3MtdG9rZW4tb2YtdGhlLWNyZXctLS0", 1, JsonObject.empty());
            server.fixture.clock.advance(Duration.ofHours(1));
            server.valid()
                    .token("bGF0ZS1hY2Nlc3MtdG9rZW4tb2YtdGhlLWNyZXctLS0")
                    .send()
                    .isRefused(401, "invalid_token");
            assertThat(server.registered()).isEqualTo(2);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"application/x-www-form-urlencoded", "text/plain", "application/json; charset=utf-16", ""})
        @Requirement("7591-1-01")
        void takes_json_only(String type) {
            isRefused(server.valid().contentType(type), "invalid_client_metadata");
            server.valid().contentType("application/json; charset=utf-8").send().isRegistered();
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "[]", "{\"a\":1,\"a\":2}", "{", "nothing", "{\"a\":{\"a\":", "\"text\""})
        @Requirement("7591-3.2.2-01")
        void refuses_what_is_no_json_object(String body) {
            ProtocolRequest request = ProtocolRequest.builder("POST", "/register")
                    .header("Authorization", "Bearer " + RegistrationFixture.INITIAL_ACCESS_TOKEN)
                    .header("Content-Type", "application/json")
                    .body(body.getBytes(StandardCharsets.UTF_8))
                    .build();
            ProtocolResponse response = server.fixture.server.handle(request);
            assertThat(response.status()).isEqualTo(400);
            assertThat(JsonObject.parse(response.body()).requireString("error")).isEqualTo("invalid_client_metadata");
            assertThat(server.registered()).isZero();
        }

        @Test
        void refuses_a_large_body_and_another_method() {
            server.valid().with("client_name", "x".repeat(70_000)).send().isRefused(413, "invalid_client_metadata");
            assertThat(server.valid().method("PUT").send().response().status()).isEqualTo(405);
            assertThat(server.registered()).isZero();
        }

        @Test
        @Requirement("D-37")
        void is_off_unless_switched_on() {
            Fixture off = Fixture.standard();
            assertThat(RegistrationTestCall.to(off.server::handle)
                            .send()
                            .response()
                            .status())
                    .isEqualTo(404);
            assertThat(off.server.metadata().registrationEndpoint()).isEmpty();
            assertThat(server.fixture.server.metadata().registrationEndpoint().orElseThrow())
                    .hasToString("https://as.example.com/register");
        }

        @Test
        void is_reported_without_anything_secret() {
            RegistrationTestAnswer answer = server.valid().send().isRegistered();
            ServerEvent.ClientRegistered event = server.fixture.events.last(ServerEvent.ClientRegistered.class);
            assertThat(event.clientId()).isEqualTo(answer.clientId());
            assertThat(event.initialAccessToken()).contains("crew");
            assertThat(server.fixture.events.all().toString())
                    .doesNotContain(answer.text("client_secret"), answer.text("registration_access_token"));
        }
    }

    @Nested
    @DisplayName("RFC 7591 §3.2.1: what is answered")
    class Answer {

        @Test
        @Requirement({"7591-3.2.1-01", "7591-2-01", "7592-1-01", "7591-2-06", "D-37"})
        void names_all_that_was_registered_and_the_secret_this_once() {
            RegistrationTestAnswer answer = server.valid()
                    .with("software_version", "1")
                    .with("favourite_colour", "blue")
                    .send()
                    .isRegistered();
            assertThat(answer.json().names())
                    .containsExactlyInAnyOrder(
                            "client_id",
                            "client_id_issued_at",
                            "client_name",
                            "redirect_uris",
                            "grant_types",
                            "response_types",
                            "application_type",
                            "scope",
                            "token_endpoint_auth_method",
                            "client_secret",
                            "client_secret_expires_at",
                            "registration_access_token",
                            "registration_client_uri");
            assertThat(answer.text("token_endpoint_auth_method")).isEqualTo("client_secret_basic");
            assertThat(answer.json().findStrings("grant_types").orElseThrow()).containsExactly("authorization_code");
            assertThat(answer.json().findStrings("response_types").orElseThrow())
                    .containsExactly("code");
            assertThat(answer.text("application_type")).isEqualTo("web");
            assertThat(answer.json().findLong("client_secret_expires_at")).contains(0L);
            assertThat(answer.json().findLong("client_id_issued_at")).contains(Fixture.NOW.getEpochSecond());
            assertThat(answer.text("client_secret")).hasSize(64);
            assertThat(answer.text("registration_access_token")).hasSize(43);
            assertThat(answer.text("registration_client_uri"))
                    .isEqualTo("https://as.example.com/register/" + answer.clientId());
        }

        @Test
        @Requirement({"7591-5-01", "7592-5-01"})
        void is_kept_by_hashes() {
            RegistrationTestAnswer answer = server.valid().send().isRegistered();
            RegisteredClient client = server.client(answer);
            assertThat(client.secret().orElseThrow().isSensitive()).isFalse();
            assertThat(client.secret().orElseThrow().matches(answer.text("client_secret")))
                    .isTrue();
            assertThat(client.toMetadata().toJson())
                    .doesNotContain(answer.text("client_secret"), answer.text("registration_access_token"));
        }

        @Test
        @Requirement("7591-5-01")
        void has_an_identifier_of_the_server() {
            RegistrationTestAnswer answer = server.valid()
                    .with("client_id", "reporter")
                    .with("client_secret", Fixture.SECRET)
                    .send()
                    .isRegistered();
            assertThat(answer.text("client_id")).hasSize(27).isNotEqualTo("reporter");
            assertThat(answer.text("client_secret")).isNotEqualTo(Fixture.SECRET);
        }

        @ParameterizedTest
        @ValueSource(strings = {"private_key_jwt", "none"})
        @Requirement("7591-3.2.1-01")
        void has_no_secret_where_none_is_used(String method) {
            RegistrationTestCall call = server.valid().with("token_endpoint_auth_method", method);
            RegistrationTestAnswer answer = (method.equals("none") ? call : call.with("jwks", KEYS))
                    .send()
                    .isRegistered();
            assertThat(answer.json().has("client_secret") || answer.json().has("client_secret_expires_at"))
                    .isFalse();
        }

        @Test
        @Requirement("D-37")
        void takes_private_key_jwt_for_a_client_with_keys() {
            RegistrationTestAnswer answer =
                    server.valid().with("jwks", KEYS).send().isRegistered();
            assertThat(answer.text("token_endpoint_auth_method")).isEqualTo("private_key_jwt");
            assertThat(answer.json().requireObject("jwks")).isEqualTo(KEYS);
        }

        @Test
        @Requirement("7591-2-08")
        void limits_the_scope_to_the_policy() {
            assertThat(server.valid()
                            .with("scope", "orders.read orders.admin")
                            .send()
                            .isRegistered()
                            .text("scope"))
                    .isEqualTo("orders.read");
            assertThat(Scope.parse(server.valid().send().isRegistered().text("scope")))
                    .isEqualTo(Scope.of("orders.read", "orders.write"));
        }

        @Test
        @Requirement("9101-9-02")
        void keeps_how_requests_are_sent() {
            RegistrationTestAnswer answer = server.valid()
                    .with("jwks", KEYS)
                    .with("require_signed_request_object", true)
                    .with("request_object_signing_alg", "ES256")
                    .with("require_pushed_authorization_requests", true)
                    .send()
                    .isRegistered();
            assertThat(answer.json().findBoolean("require_signed_request_object"))
                    .contains(true);
            assertThat(answer.json().findBoolean("require_pushed_authorization_requests"))
                    .contains(true);
            assertThat(answer.text("request_object_signing_alg")).isEqualTo("ES256");
            RegisteredClient client = server.client(answer);
            assertThat(client.requestObjects().isSignedRequired()).isTrue();
            assertThat(client.requestObjects().isPushedRequired()).isTrue();
        }

        @Test
        void is_a_client_that_works() {
            RegistrationTestAnswer answer = server.valid()
                    .without("redirect_uris")
                    .with("grant_types", List.of("client_credentials"))
                    .send()
                    .isRegistered();
            server.fixture
                    .clientCredentials()
                    .basic(answer.text("client_id"), answer.text("client_secret"))
                    .send()
                    .isIssued();
        }
    }

    @Nested
    @DisplayName("RFC 7591 §2: metadata")
    class Metadata {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "javascript:alert(1)",
                    "data:text/html,x",
                    "http://shop.example.com/callback",
                    "https://user@shop.example.com/callback",
                    "https://shop.example.com/callback#part",
                    "https://*.example.com/callback",
                    "https://shop.example.com/*",
                    "/callback",
                    "shop:/callback",
                    "com.example.shop:/callback",
                    "http://127.0.0.1/callback",
                    "http://localhost:8080/callback",
                    "https://localhost/callback",
                    "https://shop.localhost/callback",
                    "vbscript:x",
                    "file:///etc/passwd",
                    "urn:ietf:wg:oauth:2.0:oob",
                    ""
                })
        @Requirement({"7591-2-03", "7591-3.2.2-01"})
        void refuses_a_redirect_uri_that_is_not_of_the_web(String uri) {
            isRefused(server.valid().with("redirect_uris", List.of(uri)), "invalid_redirect_uri");
            isRefused(
                    server.valid().with("redirect_uris", List.of(RegistrationFixture.CALLBACK, uri)),
                    "invalid_redirect_uri");
            server.valid().send().isRegistered();
        }

        @Test
        @Requirement({"7591-2-02", "7591-2-03"})
        void needs_redirect_uris_for_codes() {
            isRefused(server.valid().without("redirect_uris"), "invalid_redirect_uri");
            isRefused(server.valid().with("redirect_uris", List.of()), "invalid_redirect_uri");
            isRefused(server.valid().with("redirect_uris", RegistrationFixture.CALLBACK), "invalid_redirect_uri");
            isRefused(server.valid().with("redirect_uris", JsonNull.NULL), "invalid_redirect_uri");
            List<String> many = IntStream.range(0, 17)
                    .mapToObj(number -> RegistrationFixture.CALLBACK + number)
                    .toList();
            isRefused(server.valid().with("redirect_uris", many), "invalid_redirect_uri");
            server.valid().with("redirect_uris", many.subList(0, 16)).send().isRegistered();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "com.example.shop:/callback",
                    "http://127.0.0.1/callback",
                    "http://[::1]:81/",
                    "http://localhost/"
                })
        @Requirement("OIDR-2-01")
        void lets_a_native_client_have_its_own_scheme_or_the_machine_itself(String uri) {
            RegistrationTestAnswer answer = server.valid()
                    .with("application_type", "native")
                    .with("redirect_uris", List.of(uri))
                    .with("token_endpoint_auth_method", "none")
                    .send()
                    .isRegistered();
            assertThat(answer.text("application_type")).isEqualTo("native");
        }

        @ParameterizedTest
        @ValueSource(strings = {"https://shop.example.com/callback", "shop:/callback", "http://shop.example.com/"})
        @Requirement("OIDR-2-01")
        void refuses_a_native_client_that_is_of_the_web(String uri) {
            isRefused(
                    server.valid().with("application_type", "native").with("redirect_uris", List.of(uri)),
                    "invalid_redirect_uri");
        }

        @Test
        @Requirement("7591-2-04")
        void takes_public_keys_in_one_place() {
            isRefused(
                    server.valid().with("jwks", KEYS).with("jwks_uri", "https://shop.example.com/jwks"),
                    "invalid_client_metadata");
            JsonObject secret = JsonObject.builder()
                    .put(
                            "keys",
                            List.of(KEYS.findObjects("keys").orElseThrow().get(0).toBuilder()
                                    .put("d", "AAAA")
                                    .build()))
                    .build();
            isRefused(server.valid().with("jwks", secret), "invalid_client_metadata");
            JsonObject symmetric = JsonObject.builder()
                    .put(
                            "keys",
                            List.of(JsonObject.builder()
                                    .put("kty", "oct")
                                    .put("k", "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3JldA")
                                    .build()))
                    .build();
            isRefused(server.valid().with("jwks", symmetric), "invalid_client_metadata");
            server.valid().with("jwks", KEYS).send().isRegistered();
            server.valid()
                    .with("jwks_uri", "https://shop.example.com/jwks")
                    .send()
                    .isRegistered();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://shop.example.com/jwks",
                    "https://user@shop.example.com/jwks",
                    "https://127.0.0.1/jwks",
                    "https://[::1]/jwks",
                    "https://10.0.0.1/jwks",
                    "https://169.254.169.254/latest",
                    "file:///etc/passwd",
                    "no uri"
                })
        @Requirement("7591-5-02")
        void refuses_a_jwks_uri_that_may_not_be_called(String uri) {
            isRefused(server.valid().with("jwks_uri", uri), "invalid_client_metadata");
        }

        @ParameterizedTest
        @CsvSource({
            "code,client_credentials",
            "token,authorization_code",
            "code token,authorization_code",
            "id_token,authorization_code"
        })
        @Requirement("7591-2-05")
        void refuses_response_types_that_do_not_go_with_the_grants(String types, String grant) {
            isRefused(
                    server.valid()
                            .with("response_types", List.of(types.split("/")))
                            .with("grant_types", List.of(grant)),
                    "invalid_client_metadata");
            server.valid()
                    .with("response_types", List.of("code"))
                    .with("grant_types", List.of("authorization_code"))
                    .send()
                    .isRegistered();
        }

        @Test
        @Requirement("7591-2-05")
        void refuses_codes_without_a_response_type() {
            isRefused(server.valid().with("response_types", List.of()), "invalid_client_metadata");
        }

        @Test
        @Requirement("7591-2-06")
        void needs_keys_for_private_key_jwt() {
            isRefused(server.valid().with("token_endpoint_auth_method", "private_key_jwt"), "invalid_client_metadata");
            isRefused(server.valid().with("token_endpoint_auth_method", "tls_client_auth"), "invalid_client_metadata");
        }

        @ParameterizedTest
        @ValueSource(strings = {"urn:ietf:params:oauth:grant-type:jwt-bearer", "password", "implicit"})
        @Requirement("7591-3.2.2-01")
        void refuses_a_grant_that_the_policy_does_not_have(String grant) {
            isRefused(
                    server.valid().with("grant_types", List.of("authorization_code", grant)),
                    "invalid_client_metadata");
        }

        @ParameterizedTest
        @CsvSource({
            "client_uri,javascript:alert(1)",
            "client_uri,http://shop.example.com/",
            "logo_uri,javascript:alert(1)",
            "logo_uri,data:image/png;base64",
            "policy_uri,https://user@shop.example.com/",
            "client_uri,https://shop.example.com:99999999999/",
            "tos_uri,tos"
        })
        @Requirement("7591-2-07")
        void refuses_an_address_that_is_none(String member, String value) {
            isRefused(server.valid().with(member, value), "invalid_client_metadata");
            server.valid().with(member, "https://shop.example.com/x").send().isRegistered();
        }

        @ParameterizedTest
        @CsvSource({"client_uri,true", "policy_uri,true", "tos_uri,true", "logo_uri,false"})
        @Requirement("7591-2-07")
        void keeps_the_addresses_that_people_are_shown(String member, boolean kept) {
            RegistrationTestAnswer answer = server.valid()
                    .with(member, "https://shop.example.com/x?a=1&b=2")
                    .send()
                    .isRegistered();
            assertThat(answer.json().findString(member))
                    .isEqualTo(kept ? Optional.of("https://shop.example.com/x?a=1&b=2") : Optional.empty());
        }

        @Test
        void refuses_contacts_and_a_name_that_are_none() {
            isRefused(server.valid().with("contacts", "somebody"), "invalid_client_metadata");
            isRefused(server.valid().with("client_name", "x\u0007"), "invalid_client_metadata");
            isRefused(server.valid().with("client_name", 1L), "invalid_client_metadata");
        }

        @ParameterizedTest
        @CsvSource({
            "authorization_signed_response_alg,ES256",
            "authorization_encrypted_response_alg,RSA-OAEP-256",
            "id_token_signed_response_alg,none",
            "id_token_encrypted_response_alg,RSA-OAEP-256",
            "userinfo_encrypted_response_alg,RSA-OAEP-256",
            "subject_type,pairwise",
            "request_object_signing_alg,none",
            "introspection_signed_response_alg,ES256"
        })
        void refuses_what_it_would_have_to_ignore(String member, String value) {
            isRefused(server.valid().with("jwks", KEYS).with(member, value), "invalid_client_metadata");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"dpop_bound_access_tokens", "tls_client_certificate_bound_access_tokens", "require_auth_time"
                })
        void refuses_what_it_would_have_to_leave_off(String member) {
            isRefused(server.valid().with(member, true), "invalid_client_metadata");
            assertThat(server.valid()
                            .with(member, false)
                            .send()
                            .isRegistered()
                            .json()
                            .has(member))
                    .isFalse();
        }

        @Test
        void refuses_both_ways_to_bind_tokens() {
            isRefused(
                    server.valid()
                            .with("dpop_bound_access_tokens", true)
                            .with("tls_client_certificate_bound_access_tokens", true),
                    "invalid_client_metadata");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "enabled",
                    "pkce_optional",
                    "redirect_uri_may_be_omitted",
                    "allow_errors_without_login",
                    "legacy_assertion_audience",
                    "try_all_keys",
                    "introspect_own_tokens",
                    "oidc_request_merge",
                    "par_unregistered_redirect_uris",
                    "request_object_claims_optional"
                })
        void ignores_what_whoever_runs_the_server_decides(String member) {
            RegistrationTestAnswer answer = server.valid()
                    .with(member, !member.equals("enabled"))
                    .send()
                    .isRegistered();
            assertThat(answer.json().has(member)).isFalse();
            assertThat(server.client(answer).toMetadata().has(member)).isFalse();
        }

        @Test
        void ignores_all_else_that_is_not_its_own_to_say() {
            JsonObject others = JsonObject.builder()
                    .put("attributes", JsonObject.builder().put("tier", "gold").build())
                    .put("resource_server_for", List.of(Fixture.ORDERS))
                    .put("self_issued_assertions", JsonObject.empty())
                    .put("federated_identity", JsonObject.empty())
                    .put("access_token_lifetime", 60L)
                    .put("request_uris", List.of("https://shop.example.com/request"))
                    .put("self_registration", JsonObject.empty())
                    .build();
            RegistrationTestCall call = server.valid();
            for (String name : others.names()) {
                call = call.with(name, others.find(name).orElseThrow());
            }
            RegistrationTestAnswer answer = call.send().isRegistered();
            RegisteredClient client = server.client(answer);
            assertThat(client.attributes().isEmpty()).isTrue();
            assertThat(client.resourceServerFor()).isEmpty();
            assertThat(client.accessTokenLifetime()).isEmpty();
            assertThat(client.requestObjects().requestUris()).isEmpty();
            assertThat(client.selfRegistration().orElseThrow().initialAccessToken())
                    .contains("crew");
        }

        @Test
        void says_what_is_wrong_and_repeats_no_value() {
            RegistrationTestAnswer answer = server.valid()
                    .with("redirect_uris", List.of("https://se\"cret@shop.example.com/"))
                    .with("grant_types", List.of("se\"cret"))
                    .send()
                    .isRefused(400, "invalid_redirect_uri");
            assertThat(answer.text("error_description"))
                    .contains("redirect_uris", "grant_types")
                    .doesNotContain("cret");
            assertThat(server.fixture
                            .events
                            .last(ServerEvent.RequestRefused.class)
                            .reason())
                    .isEqualTo(RefusalReason.CLIENT_METADATA_REFUSED);
        }
    }

    @Nested
    @DisplayName("D-37: what the policy says")
    class Policy {

        @Test
        void may_leave_secrets_out() {
            RegistrationFixture keysOnly = RegistrationFixture.with(
                    policy -> policy.authenticationMethods(Set.of(ClientAuthenticationMethod.PRIVATE_KEY_JWT)));
            keysOnly.valid().send().isRefused(400, "invalid_client_metadata");
            assertThat(keysOnly.registered()).isZero();
            keysOnly.valid().with("jwks", KEYS).send().isRegistered();
        }

        @Test
        @Requirement("D-37")
        void limits_the_resources_of_a_client_that_names_none_too() {
            Set<ResourceIndicator> orders = Set.of(new ResourceIndicator(Fixture.ORDERS));
            RegistrationFixture ordersOnly = RegistrationFixture.with(policy ->
                    policy.scope(Scope.of("orders.read", "stock.read")).resources(orders));
            ordersOnly
                    .valid()
                    .with("resources", List.of(Fixture.STOCK))
                    .send()
                    .isRefused(400, "invalid_client_metadata");
            RegistrationTestAnswer answer = ordersOnly
                    .valid()
                    .without("redirect_uris")
                    .with("grant_types", List.of("client_credentials"))
                    .send()
                    .isRegistered();
            assertThat(answer.json().findStrings("resources").orElseThrow()).containsExactly(Fixture.ORDERS);
            TestCall asking = ordersOnly
                    .fixture
                    .clientCredentials()
                    .basic(answer.text("client_id"), answer.text("client_secret"));
            asking.with("resource", Fixture.ORDERS).send().isIssued();
            asking.with("resource", Fixture.STOCK).send().isRefused(400, "invalid_target");
            RegistrationTestAnswer changed =
                    answer.manage("PUT").with("resources", List.of()).send().isOk(200);
            assertThat(ordersOnly.client(changed).resources()).isEqualTo(orders);
        }

        @Test
        void is_outdone_by_what_an_initial_access_token_fixes() {
            String token = "dG9rZW4tdGhhdC1maXhlcy13aGF0LWNsaWVudHMtaGF";
            server.admit(
                    "ci",
                    token,
                    1,
                    JsonObject.builder()
                            .put("grant_types", List.of("client_credentials"))
                            .put("scope", "orders.admin")
                            .put("access_token_lifetime", 120L)
                            .build());
            RegistrationTestAnswer answer = server.valid()
                    .token(token)
                    .without("redirect_uris")
                    .with("scope", "orders.read")
                    .with("grant_types", List.of("client_credentials", "authorization_code"))
                    .send()
                    .isRegistered();
            assertThat(answer.text("scope")).isEqualTo("orders.admin");
            assertThat(answer.json().findStrings("grant_types").orElseThrow()).containsExactly("client_credentials");
            assertThat(server.client(answer).accessTokenLifetime()).contains(Duration.ofMinutes(2));
        }

        @Test
        @Requirement({"D-37", "7591-5-01"})
        void may_open_registration_to_everybody_for_codes_alone() {
            RegistrationFixture open = RegistrationFixture.with(policy -> policy.openRegistration(true));
            RegistrationTestAnswer answer = open.valid().withoutToken().send().isRegistered();
            assertThat(open.client(answer).isUnverified()).isTrue();
            assertThat(open.client(open.valid().send().isRegistered()).isUnverified())
                    .isFalse();
            open.valid()
                    .withoutToken()
                    .with("grant_types", List.of("authorization_code", "client_credentials"))
                    .send()
                    .isRefused(400, "invalid_client_metadata");
            open.valid().token("wrong").send().isRefused(401, "invalid_token");
            assertThat(open.registered()).isEqualTo(2);
        }

        @Test
        @Requirement({"D-37", "7591-5-01"})
        void limits_how_many_come_where_everybody_may() {
            RegistrationFixture open = RegistrationFixture.with(
                    policy -> policy.openRegistration(true).openRegistrationRate(2, Duration.ofMinutes(1)));
            open.valid().withoutToken().send().isRegistered();
            open.valid().withoutToken().send().isRegistered();
            open.valid().withoutToken().send().isRefused(429, "temporarily_unavailable");
            assertThat(open.registered()).isEqualTo(2);
            open.valid().send().isRegistered();
            open.fixture.clock.advance(Duration.ofMinutes(1));
            open.valid().withoutToken().send().isRegistered();
            open.valid().withoutToken().send().isRefused(429, "temporarily_unavailable");
        }
    }

    @Nested
    @DisplayName("RFC 7591 §2.3, §3.1.1: software statements")
    class Statement {

        private RegistrationTestCall with(TestAssertion statement) {
            return server.valid().with("software_statement", statement.compact());
        }

        @Test
        @Requirement({"7591-2.3-01", "7591-3.1.1-01"})
        void wins_over_what_is_asked_for_and_comes_back_as_it_was() {
            TestAssertion statement = server.statement()
                    .claim("scope", "orders.read orders.admin")
                    .claim("enabled", false)
                    .claim(
                            "attributes",
                            JsonObject.builder().put("tier", "gold").build());
            RegistrationTestAnswer answer =
                    with(statement).with("scope", "orders.write").send().isRegistered();
            assertThat(answer.text("client_name")).isEqualTo("The certified shop");
            assertThat(answer.text("scope")).isEqualTo("orders.read");
            assertThat(answer.text("software_statement")).isEqualTo(statement.compact());
            assertThat(server.client(answer).isEnabled()).isTrue();
            assertThat(server.client(answer).attributes().isEmpty()).isTrue();
        }

        @Test
        @Requirement({"7591-2.3-01", "7591-3.2.2-01"})
        void is_refused_if_it_is_not_signed_by_its_issuer() {
            isRefused(with(server.statement().signedWith(TestKeys.ATTACKER)), "invalid_software_statement");
            isRefused(with(server.statement().without("iss")), "invalid_software_statement");
            isRefused(with(server.statement().header("typ", "at+jwt")), "invalid_software_statement");
            isRefused(
                    server.valid().with("software_statement", server.statement().unsigned()),
                    "invalid_software_statement");
            isRefused(server.valid().with("software_statement", "a.b.c"), "invalid_software_statement");
            isRefused(server.valid().with("software_statement", 1L), "invalid_client_metadata");
            with(server.statement()).send().isRegistered();
        }

        @Test
        @Requirement("7591-2.3-01")
        void is_refused_before_its_time_and_after_it() {
            long now = Fixture.NOW.getEpochSecond();
            isRefused(with(server.statement().claim("exp", now - 31)), "invalid_software_statement");
            isRefused(with(server.statement().claim("nbf", now + 31)), "invalid_software_statement");
            with(server.statement().claim("exp", now + 1).claim("nbf", now))
                    .send()
                    .isRegistered();
        }

        @Test
        @Requirement({"7591-2.3-01", "7591-3.2.2-01"})
        void is_unapproved_if_its_issuer_is_not_trusted_for_that() {
            isRefused(
                    with(server.statement().claim("iss", "https://elsewhere.example.com")),
                    "unapproved_software_statement");
            isRefused(
                    with(server.statement().claim("iss", Fixture.TRUSTED_ISSUER).signedWith(TestKeys.ISSUER)),
                    "unapproved_software_statement");
        }
    }
}
