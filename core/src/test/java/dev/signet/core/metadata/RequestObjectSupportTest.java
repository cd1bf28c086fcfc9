package dev.signet.core.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.core.Issuer;
import dev.signet.jwt.json.JsonObject;
import dev.signet.testkit.Requirement;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestObjectSupportTest {

    private static final Issuer ISSUER = new Issuer("https://as.example");
    private static final URI PUSH = URI.create("https://as.example/par");

    private static RequestObjectSupport.Builder taken() {
        return RequestObjectSupport.builder()
                .requestParameterSupported(true)
                .requestUriParameterSupported(true)
                .requireRequestUriRegistration(true)
                .signingAlgValuesSupported(List.of("ES256", "PS256"))
                .encryptionValuesSupported(List.of("ECDH-ES"), List.of("A256GCM"));
    }

    private static AuthorizationServerMetadata.Builder withoutEndpoint() {
        return AuthorizationServerMetadata.builder(ISSUER)
                .tokenEndpoint(URI.create("https://as.example/token"))
                .grantTypesSupported(List.of("authorization_code"))
                .tokenEndpointAuthMethodsSupported(List.of("none"));
    }

    private static AuthorizationServerMetadata.Builder metadata() {
        return withoutEndpoint()
                .authorizationEndpoint(URI.create("https://as.example/authorize"))
                .responseTypesSupported(List.of("code"))
                .responseModesSupported(List.of("query"))
                .codeChallengeMethodsSupported(List.of("S256"));
    }

    private static AuthorizationServerMetadata read(String members) {
        return AuthorizationServerMetadata.parse(
                JsonObject.parse("{\"issuer\":\"https://as.example\"" + members + "}"), ISSUER);
    }

    @Nested
    class Rfc_9101_9_2_metadata {

        @Test
        void is_read_as_it_was_published() {
            JsonObject document = metadata()
                    .requestObjects(taken().requireSignedRequestObject(true).build())
                    .build()
                    .toJson();
            assertThat(document.toBuilder().build())
                    .isEqualTo(metadata().build().toJson().toBuilder()
                            .put("request_parameter_supported", true)
                            .put("request_uri_parameter_supported", true)
                            .put("require_request_uri_registration", true)
                            .put("require_signed_request_object", true)
                            .put("request_object_signing_alg_values_supported", List.of("ES256", "PS256"))
                            .put("request_object_encryption_alg_values_supported", List.of("ECDH-ES"))
                            .put("request_object_encryption_enc_values_supported", List.of("A256GCM"))
                            .build());
            RequestObjectSupport read =
                    AuthorizationServerMetadata.parse(document, ISSUER).requestObjects();
            assertThat(read.requestParameterSupported()).isTrue();
            assertThat(read.requestUriParameterSupported()).isTrue();
            assertThat(read.requireRequestUriRegistration()).isTrue();
            assertThat(read.requireSignedRequestObject()).isTrue();
            assertThat(read.signingAlgValuesSupported()).containsExactly("ES256", "PS256");
            assertThat(read.encryptionAlgValuesSupported()).containsExactly("ECDH-ES");
            assertThat(read.encryptionEncValuesSupported()).containsExactly("A256GCM");
        }

        @Test
        @Requirement({"9101-10.5-05", "OIDD-3-02"})
        void has_the_defaults_of_what_is_left_out() {
            RequestObjectSupport read = read("").requestObjects();
            assertThat(read.requireSignedRequestObject()).isFalse();
            assertThat(read.requestParameterSupported()).isFalse();
            assertThat(read.requestUriParameterSupported()).isTrue();
            assertThat(read.requireRequestUriRegistration()).isFalse();
            assertThat(read.signingAlgValuesSupported()).isEmpty();
            assertThat(read.encryptionAlgValuesSupported()).isEmpty();
            assertThat(read.encryptionEncValuesSupported()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "request_parameter_supported",
                    "request_uri_parameter_supported",
                    "require_request_uri_registration",
                    "require_signed_request_object",
                    "require_pushed_authorization_requests",
                    "request_object_signing_alg_values_supported",
                    "request_object_encryption_alg_values_supported",
                    "request_object_encryption_enc_values_supported"
                })
        void is_refused_in_another_form(String name) {
            assertThatExceptionOfType(MetadataException.class)
                    .isThrownBy(() -> read(",\"" + name + "\":\"yes\""))
                    .withMessageContaining(name);
        }

        @Test
        void does_not_contradict_itself() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> RequestObjectSupport.builder()
                            .requireRequestUriRegistration(true)
                            .requireSignedRequestObject(true)
                            .signingAlgValuesSupported(List.of("ES256", "ES256", "none"))
                            .encryptionValuesSupported(List.of("ECDH-ES"), List.of())
                            .build())
                    .withMessageContaining("request_object_signing_alg_values_supported must be given exactly if")
                    .withMessageContaining("request_object_encryption_alg_values_supported is given, though none")
                    .withMessageContaining("request_object_encryption_enc_values_supported must be given exactly if")
                    .withMessageContaining("require_signed_request_object is set, though none")
                    .withMessageContaining("require_request_uri_registration is set, though none")
                    .withMessageContaining("must not hold none")
                    .withMessageContaining("named twice");
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> taken().signingAlgValuesSupported(List.of()).build())
                    .withMessageContaining("request_object_signing_alg_values_supported must be given exactly if");
        }

        @Test
        void is_that_of_an_authorization_endpoint() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            withoutEndpoint().requestObjects(taken().build()).build())
                    .withMessageContaining("there is no authorization_endpoint");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> withoutEndpoint()
                            .pushedAuthorizationRequestEndpoint(PUSH, false)
                            .build())
                    .withMessageContaining("there is no authorization_endpoint");
        }
    }

    @Nested
    @Requirement("8414-C-02")
    class Rfc_9126_5_metadata {

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void is_read_as_it_was_published(boolean required) {
            JsonObject document = metadata()
                    .pushedAuthorizationRequestEndpoint(PUSH, required)
                    .build()
                    .toJson();
            assertThat(document.findString("pushed_authorization_request_endpoint"))
                    .hasValue(PUSH.toString());
            assertThat(document.findBoolean("require_pushed_authorization_requests"))
                    .hasValue(required);
            AuthorizationServerMetadata read = AuthorizationServerMetadata.parse(document, ISSUER);
            assertThat(read.pushedAuthorizationRequestEndpoint()).hasValue(PUSH);
            assertThat(read.requirePushedAuthorizationRequests()).isEqualTo(required);
        }

        @Test
        void demands_nothing_where_it_is_left_out() {
            assertThat(read("").requirePushedAuthorizationRequests()).isFalse();
            assertThat(metadata().build().toJson().names())
                    .doesNotContain("require_pushed_authorization_requests", "pushed_authorization_request_endpoint");
        }
    }
}
