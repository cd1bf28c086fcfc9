package dev.signet.core.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.core.Issuer;
import dev.signet.jwt.json.JsonNull;
import dev.signet.jwt.json.JsonObject;
import dev.signet.testkit.Requirement;
import java.net.URI;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationServerMetadataTest {

    private static final Issuer ISSUER = new Issuer("https://as.example");

    /** An authorization server that only has a token endpoint. */
    private static AuthorizationServerMetadata.Builder metadata() {
        return AuthorizationServerMetadata.builder(ISSUER)
                .tokenEndpoint(URI.create("https://as.example/token"))
                .jwksUri(URI.create("https://as.example/jwks"))
                .grantTypesSupported(List.of("client_credentials"))
                .tokenEndpointAuthMethodsSupported(List.of("private_key_jwt"))
                .tokenEndpointAuthSigningAlgValuesSupported(List.of("ES256", "RS256"));
    }

    private static AuthorizationServerMetadata.Builder withAuthorizationEndpoint() {
        return metadata()
                .authorizationEndpoint(URI.create("https://as.example/authorize"))
                .responseTypesSupported(List.of("code"))
                .responseModesSupported(List.of("query"))
                .codeChallengeMethodsSupported(List.of("S256"));
    }

    @Nested
    @Requirement({"8414-2-02", "8414-2-05"})
    class Rfc_8414_2_defaults {

        @Test
        void are_never_left_unsaid() {
            assertThat(withAuthorizationEndpoint().build().toJson()).isEqualTo(JsonObject.parse("""
                            {"issuer": "https://as.example",
                             "token_endpoint": "https://as.example/token",
                             "jwks_uri": "https://as.example/jwks",
                             "authorization_endpoint": "https://as.example/authorize",
                             "grant_types_supported": ["client_credentials"],
                             "token_endpoint_auth_methods_supported": ["private_key_jwt"],
                             "token_endpoint_auth_signing_alg_values_supported": ["ES256", "RS256"],
                             "response_types_supported": ["code"],
                             "response_modes_supported": ["query"],
                             "code_challenge_methods_supported": ["S256"],
                             "authorization_response_iss_parameter_supported": true,
                             "request_parameter_supported": false,
                             "request_uri_parameter_supported": false,
                             "require_request_uri_registration": false,
                             "require_signed_request_object": false,
                             "claims_parameter_supported": false}
                            """));
        }

        @Test
        void are_all_asked_for_at_once() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> AuthorizationServerMetadata.builder(ISSUER)
                            .tokenEndpoint(URI.create("https://as.example/token"))
                            .authorizationEndpoint(URI.create("https://as.example/authorize"))
                            .build())
                    .withMessageContaining("grant_types_supported is missing")
                    .withMessageContaining("token_endpoint_auth_methods_supported is missing")
                    .withMessageContaining("response_types_supported is missing")
                    .withMessageContaining("response_modes_supported is missing")
                    .withMessageContaining("code_challenge_methods_supported is missing");
        }

        @Test
        void are_not_said_about_an_endpoint_that_is_not_there() {
            assertThat(metadata().build().toJson().names())
                    .doesNotContain("authorization_endpoint", "response_types_supported");
            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            metadata().responseTypesSupported(List.of("code")).build())
                    .withMessageContaining("response_types_supported is given");
        }

        @Test
        @Requirement("OIDD-3-02")
        void of_openid_are_said_as_well() {
            JsonObject json = metadata().build().toJson();
            assertThat(json.findBoolean("request_uri_parameter_supported")).contains(false);
            assertThat(json.findBoolean("request_parameter_supported")).contains(false);
            assertThat(json.findBoolean("claims_parameter_supported")).contains(false);
            assertThat(json.findBoolean("require_request_uri_registration")).contains(false);
        }
    }

    @Nested
    @Requirement("8414-2-04")
    class Rfc_8414_2_algorithms_of_client_assertions {

        @ParameterizedTest
        @ValueSource(strings = {"private_key_jwt", "client_secret_jwt"})
        void are_due_with_a_method_that_uses_them(String method) {
            AuthorizationServerMetadata.Builder builder =
                    metadata().tokenEndpointAuthMethodsSupported(List.of("none", method));
            assertThat(builder.build().tokenEndpointAuthSigningAlgValuesSupported())
                    .containsExactly("ES256", "RS256");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.tokenEndpointAuthSigningAlgValuesSupported(List.of())
                            .build());
        }

        @Test
        void of_the_endpoints_that_tokens_come_back_to_are_said_with_them() {
            URI revoke = URI.create("https://as.example/revoke");
            URI introspect = URI.create("https://as.example/introspect");
            AuthorizationServerMetadata read = AuthorizationServerMetadata.parse(
                    metadata()
                            .revocationEndpoint(revoke, List.of("none", "private_key_jwt"), List.of("ES256"))
                            .introspectionEndpoint(introspect, List.of("client_secret_basic"), List.of())
                            .build()
                            .toJson(),
                    ISSUER);
            assertThat(read.revocationEndpoint()).hasValue(revoke);
            assertThat(read.revocationEndpointAuthMethodsSupported()).containsExactly("none", "private_key_jwt");
            assertThat(read.revocationEndpointAuthSigningAlgValuesSupported()).containsExactly("ES256");
            assertThat(read.introspectionEndpoint()).hasValue(introspect);
            assertThat(read.introspectionEndpointAuthMethodsSupported()).containsExactly("client_secret_basic");
            assertThat(read.introspectionEndpointAuthSigningAlgValuesSupported())
                    .isEmpty();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> metadata()
                            .revocationEndpoint(revoke, List.of("private_key_jwt"), List.of())
                            .build())
                    .withMessageContaining("revocation_endpoint_auth_signing_alg_values_supported is missing");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> metadata()
                            .introspectionEndpoint(introspect, List.of(), List.of())
                            .build())
                    .withMessageContaining("introspection_endpoint_auth_methods_supported is missing");
            assertThat(metadata().build().revocationEndpoint()).isEmpty();
        }

        @Test
        @Requirement("9701-7-01")
        void of_the_forms_of_answers_about_tokens_are_said_with_their_endpoint() {
            AuthorizationServerMetadata.Builder asking = metadata()
                    .introspectionEndpoint(
                            URI.create("https://as.example/introspect"), List.of("client_secret_basic"), List.of())
                    .introspectionForms(List.of("ES256"), List.of("ECDH-ES"), List.of("A256GCM"));
            AuthorizationServerMetadata read =
                    AuthorizationServerMetadata.parse(asking.build().toJson(), ISSUER);
            assertThat(read.introspectionSigningAlgValuesSupported()).containsExactly("ES256");
            assertThat(read.introspectionEncryptionAlgValuesSupported()).containsExactly("ECDH-ES");
            assertThat(read.introspectionEncryptionEncValuesSupported()).containsExactly("A256GCM");
            assertThat(asking.introspectionForms(List.of("ES256"), List.of(), List.of())
                            .build()
                            .introspectionEncryptionAlgValuesSupported())
                    .isEmpty();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> asking.introspectionForms(List.of("none"), List.of("ECDH-ES"), List.of())
                            .build())
                    .withMessageContaining("introspection_signing_alg_values_supported must not hold none")
                    .withMessageContaining("introspection_encryption_enc_values_supported is missing");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> metadata()
                            .introspectionForms(List.of("ES256"), List.of(), List.of())
                            .build())
                    .withMessageContaining("there is no introspection_endpoint");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> asking.introspectionForms(List.of(), List.of("ECDH-ES"), List.of("A256GCM"))
                            .build())
                    .withMessageContaining("there is no introspection_signing_alg_values_supported");
        }

        @Test
        void are_not_said_without_such_a_method() {
            AuthorizationServerMetadata.Builder builder =
                    metadata().tokenEndpointAuthMethodsSupported(List.of("client_secret_basic"));
            assertThatIllegalArgumentException().isThrownBy(builder::build);
            assertThat(builder.tokenEndpointAuthSigningAlgValuesSupported(List.of())
                            .build()
                            .toJson()
                            .names())
                    .doesNotContain("token_endpoint_auth_signing_alg_values_supported");
        }

        @Test
        void never_hold_none() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> metadata()
                            .tokenEndpointAuthSigningAlgValuesSupported(List.of("ES256", "none"))
                            .build());
        }
    }

    @Nested
    class Rfc_8414_2_uris {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://as.example/token",
                    "/token",
                    "https://as.example/token#x",
                    "https://u@as.example/token"
                })
        @Requirement("8414-2-03")
        void are_https_without_fragment(String uri) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> metadata().tokenEndpoint(URI.create(uri)).build());
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> metadata().jwksUri(URI.create(uri)).build());
        }

        @Test
        void may_be_http_on_loopback() {
            URI uri = URI.create("http://localhost:8080/token");
            assertThat(metadata().tokenEndpoint(uri).build().tokenEndpoint()).contains(uri);
        }
    }

    @Test
    void names_no_value_twice() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> metadata().scopesSupported(List.of("a", "a")).build());
    }

    @Test
    @Requirement("8414-3.2-01")
    void lists_without_elements_and_nulls_are_not_written() {
        JsonObject json = metadata().scopesSupported(List.of()).build().toJson();
        assertThat(json.has("scopes_supported")).isFalse();
        assertThat(json.toJson()).doesNotContain("[]").doesNotContain("null");
        assertThat(metadata().scopesSupported(List.of("a")).build().toJson().findStrings("scopes_supported"))
                .contains(List.of("a"));
    }

    @Nested
    class Reading {

        private final JsonObject document = withAuthorizationEndpoint().build().toJson();

        @Test
        void gives_back_what_was_published() {
            AuthorizationServerMetadata metadata = AuthorizationServerMetadata.parse(document, ISSUER);
            assertThat(metadata.issuer()).isEqualTo(ISSUER);
            assertThat(metadata.tokenEndpoint()).contains(URI.create("https://as.example/token"));
            assertThat(metadata.authorizationEndpoint()).contains(URI.create("https://as.example/authorize"));
            assertThat(metadata.jwksUri()).contains(URI.create("https://as.example/jwks"));
            assertThat(metadata.grantTypesSupported()).containsExactly("client_credentials");
            assertThat(metadata.tokenEndpointAuthMethodsSupported()).containsExactly("private_key_jwt");
            assertThat(metadata.tokenEndpointAuthSigningAlgValuesSupported()).containsExactly("ES256", "RS256");
            assertThat(metadata.responseTypesSupported()).containsExactly("code");
            assertThat(metadata.responseModesSupported()).containsExactly("query");
            assertThat(metadata.codeChallengeMethodsSupported()).containsExactly("S256");
            assertThat(metadata.scopesSupported()).isEmpty();
            assertThat(metadata.toJson()).isEqualTo(document);
        }

        @Test
        void has_the_defaults_of_what_is_left_out() {
            AuthorizationServerMetadata metadata =
                    AuthorizationServerMetadata.parse(JsonObject.parse("{\"issuer\":\"https://as.example\"}"), ISSUER);
            assertThat(metadata.grantTypesSupported()).containsExactly("authorization_code", "implicit");
            assertThat(metadata.tokenEndpointAuthMethodsSupported()).containsExactly("client_secret_basic");
            assertThat(metadata.responseModesSupported()).containsExactly("query", "fragment");
            assertThat(metadata.codeChallengeMethodsSupported()).isEmpty();
            assertThat(metadata.tokenEndpoint()).isEmpty();
            assertThat(metadata.jwksUri()).isEmpty();
        }

        @Test
        @Requirement("8414-3.2-02")
        void ignores_unknown_members() {
            JsonObject more =
                    document.toBuilder().put("x_unknown", List.of(1L, "a")).build();
            assertThat(AuthorizationServerMetadata.parse(more, ISSUER).tokenEndpoint())
                    .isPresent();
        }

        @Test
        void takes_an_empty_address_for_none() {
            AuthorizationServerMetadata metadata = AuthorizationServerMetadata.parse(
                    document.toBuilder().put("authorization_endpoint", "").build(), ISSUER);
            assertThat(metadata.authorizationEndpoint()).isEmpty();
            assertThat(metadata.tokenEndpoint()).isPresent();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://as.example/",
                    "https://AS.example",
                    "https://as.example:443",
                    "http://as.example",
                    "",
                    "https://as.example\u0301"
                })
        @Requirement({"8414-3.3-01", "D-23"})
        void refuses_the_document_of_another_issuer(String other) {
            refused(document.toBuilder().put("issuer", other).build());
        }

        @Test
        @Requirement("8414-3.3-01")
        void refuses_a_document_without_issuer_or_with_another_type() {
            refused(document.toBuilder().remove("issuer").build());
            refused(document.toBuilder()
                    .put("issuer", List.of("https://as.example"))
                    .build());
        }

        @Test
        @Requirement({"8414-4-01", "D-23"})
        void compares_code_points_after_unescaping() {
            JsonObject escaped = JsonObject.parse("{\"issuer\":\"https://\\u0061s.example\"}");
            assertThat(AuthorizationServerMetadata.parse(escaped, ISSUER).issuer())
                    .isEqualTo(ISSUER);
            // an issuer is ASCII: neither the composed nor the decomposed form of a letter passes for it
            refused(JsonObject.parse("{\"issuer\":\"https://as.example/\u00e4\"}"));
            refused(JsonObject.parse("{\"issuer\":\"https://as.example/a\u0308\"}"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "authorization_endpoint",
                    "token_endpoint",
                    "jwks_uri",
                    "revocation_endpoint",
                    "introspection_endpoint"
                })
        void refuses_a_uri_that_is_not_https_or_not_a_uri(String name) {
            refused(document.toBuilder().put(name, "http://as.example/x").build());
            refused(document.toBuilder().put(name, "not a uri").build());
            refused(document.toBuilder().put(name, 1).build());
            refused(document.toBuilder().put(name, (Object) JsonNull.NULL).build());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "scopes_supported",
                    "response_types_supported",
                    "response_modes_supported",
                    "grant_types_supported",
                    "token_endpoint_auth_methods_supported",
                    "token_endpoint_auth_signing_alg_values_supported",
                    "revocation_endpoint_auth_methods_supported",
                    "introspection_endpoint_auth_signing_alg_values_supported",
                    "introspection_signing_alg_values_supported",
                    "introspection_encryption_enc_values_supported",
                    "code_challenge_methods_supported"
                })
        void refuses_a_list_of_another_type(String name) {
            refused(document.toBuilder().put(name, "a").build());
            refused(document.toBuilder().put(name, List.of("a", 1L)).build());
        }

        @Test
        void random_documents_are_read_or_refused() {
            Random random = new Random(20260104);
            List<String> names = List.copyOf(document.names());
            List<Object> values =
                    List.of("", "https://as.example", 1L, true, List.of(), List.of("a"), JsonObject.empty());
            for (int round = 0; round < 5_000; round++) {
                JsonObject.Builder builder = document.toBuilder();
                for (int change = random.nextInt(4); change >= 0; change--) {
                    builder.put(names.get(random.nextInt(names.size())), values.get(random.nextInt(values.size())));
                }
                try {
                    assertThat(AuthorizationServerMetadata.parse(builder.build(), ISSUER)
                                    .issuer())
                            .isEqualTo(ISSUER);
                } catch (MetadataException refusal) {
                    assertThat(refusal.getMessage()).contains(ISSUER.value());
                }
            }
        }

        private void refused(JsonObject json) {
            assertThatExceptionOfType(MetadataException.class)
                    .isThrownBy(() -> AuthorizationServerMetadata.parse(json, ISSUER));
        }
    }
}
