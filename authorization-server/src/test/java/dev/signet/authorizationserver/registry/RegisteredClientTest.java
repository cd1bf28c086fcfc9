package dev.signet.authorizationserver.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.authorizationserver.claims.ClaimCondition;
import dev.signet.core.ClientId;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.token.GrantType;
import dev.signet.jwt.json.JsonNull;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.SigningKey;
import dev.signet.testkit.Requirement;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegisteredClientTest {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final CryptoProvider JDK = CryptoProvider.jdk();

    private final SigningKey key = SigningKey.generate(JwsAlgorithm.ES256, JDK, new SecureRandom());
    private final JwkSet jwks = JwkSet.of(List.of(key.verificationKey()));

    private RegisteredClient.Builder client(ClientAuthenticationMethod method) {
        return RegisteredClient.builder(new ClientId("c1"))
                .authenticationMethod(method)
                .grantTypes(Set.of(GrantType.CLIENT_CREDENTIALS));
    }

    private RegisteredClient.Builder keyClient() {
        return client(ClientAuthenticationMethod.PRIVATE_KEY_JWT).jwks(jwks);
    }

    private static void isRefused(RegisteredClient.Builder builder, String... faults) {
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(faults);
    }

    @Nested
    @DisplayName("RFC 7591 §2: what belongs together")
    class Rules {

        @Test
        void names_every_fault_at_once() {
            isRefused(
                    RegisteredClient.builder(new ClientId("c1")),
                    "client c1",
                    "token_endpoint_auth_method is missing",
                    "grant_types is missing");
            isRefused(
                    client(ClientAuthenticationMethod.PRIVATE_KEY_JWT)
                            .secret(SECRET)
                            .grantTypes(Set.of("implicit", "password"))
                            .assertionSigningAlgorithm(JwsAlgorithm.HS256),
                    "client_secret is given",
                    "jwks or jwks_uri is missing",
                    "grant_types has an unsupported value: expected one of authorization_code, client_credentials, urn:",
                    "HS256 does not fit");
        }

        @ParameterizedTest
        @EnumSource(
                value = ClientAuthenticationMethod.class,
                names = {"CLIENT_SECRET_BASIC", "CLIENT_SECRET_POST", "CLIENT_SECRET_JWT"})
        void needs_a_secret_for_methods_with_one(ClientAuthenticationMethod method) {
            isRefused(client(method), "client_secret is missing");
            isRefused(client(method).secret(SECRET).jwks(jwks), "jwks or jwks_uri is given");
            assertThat(client(method).secret(SECRET).build().secret()).isPresent();
        }

        @Test
        @Requirement({"7591-2-04", "7591-2-06"})
        void needs_keys_in_one_place_for_private_key_jwt() {
            isRefused(client(ClientAuthenticationMethod.PRIVATE_KEY_JWT), "jwks or jwks_uri is missing");
            isRefused(keyClient().jwksUri(URI.create("https://c.example/jwks")), "jwks and jwks_uri are both given");
            isRefused(keyClient().jwks(JwkSet.empty()), "jwks has no key");
            assertThat(keyClient().build().jwks()).hasValue(jwks);
            assertThat(client(ClientAuthenticationMethod.PRIVATE_KEY_JWT)
                            .jwksUri(URI.create("https://c.example/jwks"))
                            .build()
                            .jwksUri())
                    .isPresent();
        }

        @Test
        @Requirement("7591-2-04")
        void authenticates_by_keys_of_its_own_or_by_those_of_an_issuer() {
            FederatedIdentity identity =
                    new FederatedIdentity("https://idp.example", List.of(ClaimCondition.equalTo("sub", "pod")));
            RegisteredClient federated = client(ClientAuthenticationMethod.PRIVATE_KEY_JWT)
                    .federatedIdentity(identity)
                    .build();
            assertThat(RegisteredClient.fromMetadata(federated.toMetadata(), JDK)
                            .build()
                            .toMetadata())
                    .isEqualTo(federated.toMetadata());
            assertThat(federated.toBuilder().build().toMetadata()).isEqualTo(federated.toMetadata());
            assertThat(federated
                            .toMetadata()
                            .requireObject("federated_identity")
                            .toJson())
                    .isEqualTo("{\"issuer\":\"https://idp.example\",\"conditions\":{\"sub\":{\"equals\":\"pod\"}}}");
            isRefused(keyClient().federatedIdentity(identity), "federated_identity is given beside jwks or jwks_uri");
            isRefused(
                    client(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                            .secret(SECRET)
                            .federatedIdentity(identity),
                    "federated_identity is given, though the method is client_secret_basic");
            isRefused(
                    federated.toBuilder().secret(SECRET),
                    "client_secret is given, though the method is private_key_jwt");
            isRefused(
                    federated.toBuilder()
                            .requireAssertionTyp(true)
                            .grantTypes(Set.of(GrantType.JWT_BEARER))
                            .selfIssuedAssertions(SelfIssuedAssertions.aboutItself()),
                    "self_issued_assertions are given, though the client has federated_identity",
                    "require_assertion_typ are given, though what is agreed with the issuer");
        }

        @Test
        void is_told_from_its_neighbours_by_conditions() {
            assertThatThrownBy(() -> new FederatedIdentity("", List.of()))
                    .hasMessageContainingAll("issuer is empty", "conditions are missing");
            assertThatThrownBy(() -> new FederatedIdentity(
                            "https://idp.example",
                            List.of(ClaimCondition.equalTo("sub", "a"), ClaimCondition.equalTo("sub", "b"))))
                    .hasMessage("more than one condition is on sub");
            isRefused(
                    RegisteredClient.fromMetadata(JsonObject.parse("""
                                    {"client_id": "c1", "grant_types": ["client_credentials"],
                                     "federated_identity": {"issuer": "https://idp.example", "conditions": {"aud": {"equals": "x"}}}}"""), JDK),
                    "federated_identity: condition: aud has rules of its own");
        }

        @Test
        void exchanges_its_own_assertions_with_a_key_and_the_grant() {
            SelfIssuedAssertions goodFor = SelfIssuedAssertions.aboutItself();
            isRefused(
                    keyClient().selfIssuedAssertions(goodFor),
                    "self_issued_assertions are given without the grant type urn:");
            isRefused(
                    client(ClientAuthenticationMethod.CLIENT_SECRET_JWT)
                            .secret(SECRET)
                            .selfIssuedAssertions(goodFor),
                    "self_issued_assertions are given, though the method is client_secret_jwt");
            keyClient()
                    .grantTypes(Set.of(GrantType.JWT_BEARER))
                    .selfIssuedAssertions(goodFor)
                    .build();
            assertThatThrownBy(() -> goodFor.accountRequired(true)).hasMessageContaining("no subjects but the client");
            assertThatThrownBy(() -> goodFor.andAbout("*")).hasMessageContaining("pattern must hold more than a *");
            assertThatThrownBy(() -> goodFor.andAbout("a*b*")).hasMessageContaining("at most one *");
            assertThatThrownBy(() -> goodFor.andAbout("a,".repeat(65).split(",")))
                    .hasMessageContaining("at most 64");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "jwks",
                    "ftp://c.example/jwks",
                    "https:///jwks",
                    "https://u@c.example/j",
                    "https://c.example/j#x"
                })
        void refuses_a_jwks_uri_that_cannot_be_fetched(String uri) {
            isRefused(client(ClientAuthenticationMethod.PRIVATE_KEY_JWT).jwksUri(URI.create(uri)), "jwks_uri must be");
        }

        @Test
        @Requirement({"8725-3.5-02", "OIDC-9-07"})
        void refuses_a_secret_that_is_short_or_too_short_for_its_hash() {
            for (ClientAuthenticationMethod method : List.of(
                    ClientAuthenticationMethod.CLIENT_SECRET_BASIC, ClientAuthenticationMethod.CLIENT_SECRET_JWT)) {
                isRefused(client(method).secret(SECRET.substring(1)), "client_secret must have 32 to 1024 characters");
                isRefused(client(method).secret(SECRET + "\n"), "control character");
            }
            isRefused(
                    client(ClientAuthenticationMethod.CLIENT_SECRET_JWT)
                            .secret(SECRET)
                            .assertionSigningAlgorithm(JwsAlgorithm.HS384),
                    "too short for HS384");
            client(ClientAuthenticationMethod.CLIENT_SECRET_JWT)
                    .secret(SECRET + SECRET)
                    .assertionSigningAlgorithm(JwsAlgorithm.HS512)
                    .build();
        }

        @Test
        @Requirement({"6749-2.3-01", "6749-4.4-01"})
        void refuses_client_credentials_for_a_client_that_does_not_authenticate() {
            isRefused(client(ClientAuthenticationMethod.NONE), "may not use client_credentials");
            client(ClientAuthenticationMethod.NONE)
                    .grantTypes(Set.of(GrantType.JWT_BEARER))
                    .build();
        }

        @Test
        @Requirement({"D-25", "7662-2.1-02"})
        void needs_no_grant_for_a_resource_server_which_authenticates() {
            RegisteredClient.Builder api = RegisteredClient.builder(new ClientId("api"))
                    .resourceServerFor(Set.of(new ResourceIndicator("https://api.example.com")));
            assertThat(api.authenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                            .secret(SECRET)
                            .build()
                            .introspectOwnTokens())
                    .isFalse();
            String fault = "resource_server_for and introspect_own_tokens are for clients that authenticate";
            isRefused(
                    RegisteredClient.builder(new ClientId("api"))
                            .authenticationMethod(ClientAuthenticationMethod.NONE)
                            .resourceServerFor(Set.of(new ResourceIndicator("https://api.example.com"))),
                    fault);
            isRefused(
                    RegisteredClient.builder(new ClientId("api"))
                            .authenticationMethod(ClientAuthenticationMethod.NONE)
                            .introspectOwnTokens(true),
                    fault,
                    "grant_types is missing");
        }

        @Test
        @Requirement("6750-5.3-02")
        void lets_tokens_live_a_minute_to_an_hour() {
            for (Duration wrong : List.of(
                    Duration.ofSeconds(59),
                    Duration.ofSeconds(3601),
                    Duration.ofMillis(90_500),
                    Duration.ofSeconds(-1))) {
                isRefused(
                        keyClient().accessTokenLifetime(wrong),
                        "access_token_lifetime must be 60 to 3600 whole seconds");
            }
            for (Duration right : List.of(Duration.ofSeconds(60), Duration.ofHours(1))) {
                assertThat(keyClient().accessTokenLifetime(right).build().accessTokenLifetime())
                        .hasValue(right);
            }
        }

        @Test
        @Requirement("9701-6-01")
        void takes_the_form_of_answers_about_tokens_from_who_may_ask_about_some() {
            RegisteredClient.Builder api = RegisteredClient.builder(new ClientId("api"))
                    .authenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                    .secret(SECRET)
                    .resourceServerFor(Set.of(new ResourceIndicator("https://api.example.com")));
            assertThat(api.build().getsSignedIntrospection()).isFalse();
            assertThat(api.introspectionSigningAlgorithm(JwsAlgorithm.RS256)
                            .build()
                            .getsSignedIntrospection())
                    .isTrue();
            isRefused(
                    api.introspectionSigningAlgorithm(JwsAlgorithm.HS256),
                    "introspection_signed_response_alg is a MAC: answers are signed with a key of the server");
            isRefused(
                    client(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                            .secret(SECRET)
                            .introspectionSigningAlgorithm(JwsAlgorithm.ES256),
                    "are for clients with resource_server_for or introspect_own_tokens");
        }

        @Test
        @Requirement("9701-6-01")
        void needs_a_key_to_encrypt_with_for_encrypted_answers() {
            JsonObject encryption = key.verificationKey().toJwk().toBuilder()
                    .put("use", "enc")
                    .put("alg", "ECDH-ES")
                    .build();
            JwkSet both = JwkSet.fromJson(
                    JsonObject.builder()
                            .put("keys", List.of(key.verificationKey().toJwk(), encryption))
                            .build(),
                    JDK);
            RegisteredClient.Builder api = RegisteredClient.builder(new ClientId("api"))
                    .authenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                    .secret(SECRET)
                    .resourceServerFor(Set.of(new ResourceIndicator("https://api.example.com")));
            isRefused(api.jwks(both), "jwks or jwks_uri is given, though the method is client_secret_basic");
            api.introspectionEncryption(new AgreedEncryption("ECDH-ES", "A256GCM"));
            assertThat(api.build().getsSignedIntrospection()).isTrue();
            isRefused(api.jwks(jwks), "jwks has no key with use enc for ECDH-ES");
            isRefused(
                    api.jwks(both).introspectionEncryption(new AgreedEncryption("RSA-OAEP-256", "A256GCM")),
                    "jwks has no key with use enc for RSA-OAEP-256");
            isRefused(
                    keyClient()
                            .introspectOwnTokens(true)
                            .jwks(JwkSet.fromJson(
                                    JsonObject.builder()
                                            .put("keys", List.of(encryption))
                                            .build(),
                                    JDK)),
                    "jwks has no key");
            isRefused(
                    RegisteredClient.builder(new ClientId("api"))
                            .authenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                            .secret(SECRET)
                            .introspectOwnTokens(true)
                            .grantTypes(Set.of(GrantType.CLIENT_CREDENTIALS))
                            .introspectionEncryption(new AgreedEncryption("ECDH-ES", "A256GCM")),
                    "jwks or jwks_uri is missing, though introspection_encrypted_response_alg is given");
            assertThatThrownBy(() -> new AgreedEncryption("RSA1_5", "A256GCM"))
                    .hasMessageContaining("key management algorithm is not supported");
            assertThatThrownBy(() -> new AgreedEncryption("ECDH-ES", "none"))
                    .hasMessageContaining("content encryption is not supported");
        }

        @Test
        void refuses_switches_and_algorithms_of_assertions_for_clients_without_any() {
            RegisteredClient.Builder basic =
                    client(ClientAuthenticationMethod.CLIENT_SECRET_BASIC).secret(SECRET);
            isRefused(basic.assertionSigningAlgorithm(JwsAlgorithm.ES256), "token_endpoint_auth_signing_alg is given");
            isRefused(
                    client(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                            .secret(SECRET)
                            .legacyAssertionAudience(true),
                    "are for methods with an assertion");
            isRefused(
                    client(ClientAuthenticationMethod.CLIENT_SECRET_JWT)
                            .secret(SECRET)
                            .tryAllKeys(true),
                    "try_all_keys is for private_key_jwt with keys of the client's own");
        }
    }

    @Nested
    @DisplayName("RFC 7591 §2: metadata")
    class Metadata {

        @Test
        void comes_back_as_it_was_written() {
            JsonObject attributes = JsonObject.builder()
                    .put("tier", "gold")
                    .put(
                            "roles",
                            List.of(
                                    "reader",
                                    JsonObject.builder().put("value", "x").build()))
                    .build();
            JsonObject metadata = JsonObject.builder()
                    .put("client_id", "c1")
                    .put("token_endpoint_auth_method", "private_key_jwt")
                    .put("grant_types", List.of("client_credentials", GrantType.JWT_BEARER))
                    .put("scope", "a b")
                    .put("token_endpoint_auth_signing_alg", "ES256")
                    .put("jwks", jwks.toJsonObject())
                    .put("resources", List.of("https://api.example.com"))
                    .put("legacy_assertion_audience", true)
                    .put("require_assertion_typ", true)
                    .put("resource_server_for", List.of("https://api.example.com", "urn:example:stock"))
                    .put("introspect_own_tokens", true)
                    .put(
                            "self_issued_assertions",
                            JsonObject.builder()
                                    .put("subjects", List.of("*@a.example", "bob"))
                                    .put("require_account", true)
                                    .put("allow_unauthenticated_client", true)
                                    .put("allow_assertion_reuse", true)
                                    .build())
                    .put("access_token_lifetime", 300)
                    .put("attributes", attributes)
                    .put("client_id_issued_at", 1_700_000_000)
                    .put("enabled", false)
                    .build();
            RegisteredClient client =
                    RegisteredClient.fromMetadata(metadata, JDK).build();
            assertThat(client.toMetadata()).isEqualTo(metadata);
            assertThat(client.toBuilder().build().toMetadata()).isEqualTo(metadata);
            assertThat(client.isEnabled()).isFalse();
            assertThat(client.toBuilder().enabled(true).build().toMetadata().has("enabled"))
                    .isFalse();
            assertThat(client.scope()).isEqualTo(Scope.of("a", "b"));
            assertThat(client.resources()).containsExactly(new ResourceIndicator("https://api.example.com"));
            assertThat(client.assertionSigningAlgorithm()).hasValue(JwsAlgorithm.ES256);
            assertThat(client.selfIssuedAssertions())
                    .hasValue(SelfIssuedAssertions.aboutItself()
                            .andAbout("*@a.example", "bob")
                            .accountRequired(true)
                            .allowUnauthenticatedClient(true)
                            .allowAssertionReuse(true));
            assertThat(client.accessTokenLifetime()).hasValue(Duration.ofMinutes(5));
            assertThat(client.attributes().toJson()).isEqualTo(attributes);
            assertThat(client.registeredAt()).hasValue(Instant.ofEpochSecond(1_700_000_000));
        }

        @Test
        @Requirement("9701-6-01")
        void names_the_form_of_answers_about_tokens() {
            JsonObject encryption = key.verificationKey().toJwk().toBuilder()
                    .put("use", "enc")
                    .put("alg", "ECDH-ES")
                    .build();
            JsonObject metadata = JsonObject.builder()
                    .put("client_id", "c1")
                    .put("token_endpoint_auth_method", "private_key_jwt")
                    .put("grant_types", List.of())
                    .put(
                            "jwks",
                            JsonObject.builder()
                                    .put("keys", List.of(key.verificationKey().toJwk(), encryption))
                                    .build())
                    .put("resource_server_for", List.of("https://api.example.com"))
                    .put("introspection_signed_response_alg", "ES256")
                    .put("introspection_encrypted_response_alg", "ECDH-ES")
                    .put("introspection_encrypted_response_enc", "A128CBC-HS256")
                    .build();
            RegisteredClient client =
                    RegisteredClient.fromMetadata(metadata, JDK).build();
            assertThat(client.toMetadata()).isEqualTo(metadata);
            assertThat(client.toBuilder().build().toMetadata()).isEqualTo(metadata);
            assertThat(RegisteredClient.fromMetadata(
                                    metadata.toBuilder()
                                            .remove("introspection_encrypted_response_enc")
                                            .build(),
                                    JDK)
                            .build()
                            .introspectionEncryption())
                    .hasValue(new AgreedEncryption("ECDH-ES", "A128CBC-HS256"));
            isRefused(
                    RegisteredClient.fromMetadata(
                            metadata.toBuilder()
                                    .remove("introspection_encrypted_response_alg")
                                    .put("introspection_signed_response_alg", "none")
                                    .build(),
                            JDK),
                    "introspection_signed_response_alg is not supported",
                    "introspection_encrypted_response_enc is given without introspection_encrypted_response_alg");
            isRefused(
                    RegisteredClient.fromMetadata(
                            metadata.toBuilder()
                                    .put("introspection_encrypted_response_alg", "RSA1_5")
                                    .build(),
                            JDK),
                    "introspection_encrypted_response_alg: the key management algorithm is not supported");
            isRefused(
                    RegisteredClient.fromMetadata(
                            metadata.toBuilder()
                                    .put("introspection_encrypted_response_enc", "none")
                                    .build(),
                            JDK),
                    "introspection_encrypted_response_enc is not supported");
        }

        @Test
        void never_holds_the_secret() {
            for (String method : List.of("client_secret_basic", "client_secret_post", "client_secret_jwt")) {
                RegisteredClient client = RegisteredClient.fromMetadata(
                                JsonObject.builder()
                                        .put("client_id", "c1")
                                        .put("client_secret", SECRET)
                                        .put("token_endpoint_auth_method", method)
                                        .put("grant_types", List.of("client_credentials"))
                                        .build(),
                                JDK)
                        .build();
                assertThat(client.toMetadata().toJson()).doesNotContain(SECRET);
                assertThat(client.toBuilder().build().secret()).isEqualTo(client.secret());
                assertThat(client.toString() + client.secret()).doesNotContain(SECRET);
                assertThat(client.secret().orElseThrow().isSensitive()).isEqualTo(method.endsWith("jwt"));
            }
        }

        @Test
        void names_every_fault_at_once() {
            isRefused(
                    RegisteredClient.fromMetadata(
                            JsonObject.builder()
                                    .put("client_id", "c1")
                                    .put("token_endpoint_auth_method", "tls_client_auth")
                                    .put("grant_types", "client_credentials")
                                    .put("scope", "a\"b")
                                    .put("token_endpoint_auth_signing_alg", "none")
                                    .put("jwks", JsonObject.empty())
                                    .put("jwks_uri", "https://a b")
                                    .put("resources", List.of("relative"))
                                    .put("legacy_assertion_audience", "yes")
                                    .put("enabled", "no")
                                    .put("client_id_issued_at", -1)
                                    .put(
                                            "self_issued_assertions",
                                            JsonObject.builder()
                                                    .put("audience", "x")
                                                    .build())
                                    .put("access_token_lifetime", "5m")
                                    .put(
                                            "attributes",
                                            JsonObject.builder()
                                                    .put("tier", JsonNull.NULL)
                                                    .build())
                                    .build(),
                            JDK),
                    "token_endpoint_auth_method is not supported",
                    "grant_types is not an array of strings",
                    "scope is malformed",
                    "token_endpoint_auth_signing_alg is not supported",
                    "keys is not an array",
                    "resource must be an absolute URI",
                    "legacy_assertion_audience is not true or false",
                    "client_id_issued_at: must be seconds since 1970",
                    "enabled is not true or false",
                    "self_issued_assertions: there are only allow_assertion_reuse, allow_unauthenticated_client, require_account, subjects",
                    "access_token_lifetime is not an integer",
                    "attributes: tier must have a value of at most 4096 characters of JSON, 8 deep");
        }

        @Test
        @Requirement({"7591-2-06", "6749-2.3-03"})
        void takes_the_method_from_the_credentials_if_it_is_not_named() {
            JsonObject plain = JsonObject.builder()
                    .put("client_id", "c1")
                    .put("grant_types", List.of("client_credentials"))
                    .build();
            assertThat(RegisteredClient.fromMetadata(
                                    plain.toBuilder()
                                            .put("jwks", jwks.toJsonObject())
                                            .build(),
                                    JDK)
                            .build()
                            .authenticationMethod())
                    .isEqualTo(ClientAuthenticationMethod.PRIVATE_KEY_JWT);
            assertThat(RegisteredClient.fromMetadata(
                                    plain.toBuilder()
                                            .put("client_secret", SECRET)
                                            .build(),
                                    JDK)
                            .build()
                            .authenticationMethod())
                    .isEqualTo(ClientAuthenticationMethod.CLIENT_SECRET_BASIC);
            isRefused(RegisteredClient.fromMetadata(plain, JDK), "token_endpoint_auth_method is missing");
        }

        @Test
        @Requirement({"8725-3.5-04", "7591-2-04"})
        void refuses_keys_that_are_private_or_unusable() {
            JsonObject document = JsonObject.builder()
                    .put(
                            "keys",
                            List.of(
                                    key.toPrivateJwk(),
                                    JsonObject.builder().put("kty", "oct").build()))
                    .build();
            isRefused(
                    RegisteredClient.fromMetadata(
                            JsonObject.builder()
                                    .put("client_id", "c1")
                                    .put("token_endpoint_auth_method", "private_key_jwt")
                                    .put("grant_types", List.of("client_credentials"))
                                    .put("jwks", document)
                                    .build(),
                            JDK),
                    "jwks: keys[0]: the JWK has private members",
                    "jwks: keys[1]");
        }

        @Test
        void needs_a_client_id() {
            assertThatThrownBy(() -> RegisteredClient.fromMetadata(JsonObject.empty(), JDK))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("client_id");
            assertThatThrownBy(() -> RegisteredClient.fromMetadata(
                            JsonObject.builder().put("client_id", "é").build(), JDK))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("client_id");
        }
    }

    @Nested
    @DisplayName("RFC 6749 §2.3.1, §10.12: what is kept of a secret")
    class Secrets {

        @Test
        void is_a_salted_hash() {
            HashedSecret one = ClientSecret.hashed(SECRET, new SecureRandom());
            HashedSecret two = ClientSecret.hashed(SECRET, new SecureRandom());
            assertThat(one).isNotEqualTo(two);
            assertThat(one.matches(SECRET)).isTrue();
            assertThat(one.matches(SECRET + "x")).isFalse();
            assertThat(one.matches("")).isFalse();
            assertThat(one.toJson().toJson()).doesNotContain(SECRET);
        }

        @Test
        void comes_back_from_a_store() {
            ClientSecret hashed = ClientSecret.hashed(SECRET, new SecureRandom());
            ClientSecret mac = ClientSecret.forMac(SECRET);
            assertThat(ClientSecret.fromJson(hashed.toJson())).isEqualTo(hashed);
            assertThat(ClientSecret.fromJson(mac.toJson())).isEqualTo(mac);
            assertThat(client(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                            .secret(hashed)
                            .build()
                            .secret())
                    .hasValue(hashed);
            isRefused(client(ClientAuthenticationMethod.CLIENT_SECRET_BASIC).secret(mac), "kept for another method");
            isRefused(client(ClientAuthenticationMethod.CLIENT_SECRET_JWT).secret(hashed), "kept for another method");
        }
    }

    @Nested
    @DisplayName("RFC 8707 §2: resources of a client")
    class Resources {

        private final ProtectedResource orders = ProtectedResource.builder(new ResourceIndicator("urn:orders"))
                .scope(Scope.of("orders.read"))
                .build();
        private final ProtectedResource open =
                ProtectedResource.builder(new ResourceIndicator("urn:open")).build();

        @Test
        void are_those_with_a_scope_of_its_own_or_without_scopes() {
            RegisteredClient reader = keyClient().scope(Scope.of("orders.read")).build();
            assertThat(reader.permits(orders)).isTrue();
            assertThat(reader.permits(open)).isTrue();
            assertThat(keyClient().build().permits(orders)).isFalse();
        }

        @Test
        void are_those_registered_if_any_are() {
            RegisteredClient reader = keyClient()
                    .scope(Scope.of("orders.read"))
                    .resources(Set.of(new ResourceIndicator("urn:orders")))
                    .build();
            assertThat(reader.permits(orders)).isTrue();
            assertThat(reader.permits(open)).isFalse();
        }
    }
}
