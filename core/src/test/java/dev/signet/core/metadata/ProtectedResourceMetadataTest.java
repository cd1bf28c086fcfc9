package dev.signet.core.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.core.Issuer;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.http.ProtocolResponse;
import dev.signet.jwt.json.JsonObject;
import dev.signet.testkit.Requirement;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProtectedResourceMetadataTest {

    private static ProtectedResourceMetadata.Builder builder() {
        return ProtectedResourceMetadata.builder(new ResourceIndicator("https://api.example.com/orders"))
                .authorizationServers(List.of(Issuer.of("https://as.example.com")))
                .bearerMethodsSupported(List.of("header"));
    }

    @Nested
    @DisplayName("RFC 9728 §2: members")
    class Members {

        @Test
        @Requirement({"9728-2-01", "9728-2-02", "9728-2-03", "9728-2-04"})
        void are_those_that_were_given() {
            ProtectedResourceMetadata metadata = builder()
                    .jwksUri(URI.create("https://api.example.com/jwks"))
                    .scopesSupported(List.of("orders.read"))
                    .resourceSigningAlgValuesSupported(List.of("ES256"))
                    .resourceName("Orders")
                    .resourceName("de-CH", "Bestellungen")
                    .resourceDocumentation(URI.create("https://api.example.com/docs"))
                    .build();

            assertThat(metadata.toJson()).isEqualTo(JsonObject.parse("""
                    {"resource": "https://api.example.com/orders",
                     "authorization_servers": ["https://as.example.com"],
                     "jwks_uri": "https://api.example.com/jwks",
                     "scopes_supported": ["orders.read"],
                     "bearer_methods_supported": ["header"],
                     "resource_signing_alg_values_supported": ["ES256"],
                     "resource_name": "Orders",
                     "resource_name#de-CH": "Bestellungen",
                     "resource_documentation": "https://api.example.com/docs"}"""));
            assertThat(metadata.authorizationServers()).containsExactly(Issuer.of("https://as.example.com"));
            assertThat(metadata.scopesSupported()).containsExactly("orders.read");
            assertThat(metadata.toBuilder().build().toJson()).isEqualTo(metadata.toJson());
        }

        @Test
        @Requirement("9728-3.2-01")
        void without_a_value_are_left_out() {
            assertThat(builder()
                            .scopesSupported(List.of())
                            .bearerMethodsSupported(List.of())
                            .authorizationServers(List.of())
                            .build()
                            .toJson()
                            .names())
                    .containsExactly("resource");
        }

        @Test
        @Requirement({"9728-2-01", "9728-2-02", "9728-2-03", "9728-2-04"})
        void that_must_not_be_are_refused_all_at_once() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ProtectedResourceMetadata.builder(new ResourceIndicator("urn:orders"))
                            .jwksUri(URI.create("http://api.example.com/jwks"))
                            .scopesSupported(List.of("a", "a"))
                            .bearerMethodsSupported(List.of("cookie"))
                            .resourceSigningAlgValuesSupported(List.of("ES256", "none"))
                            .resourceName(" ")
                            .resourceName("not a tag", "x")
                            .build())
                    .satisfies(e -> assertThat(e.getMessage())
                            .startsWith("protected resource metadata: ")
                            .contains("resource must")
                            .contains("jwks_uri must use https")
                            .contains("scopes_supported has an empty value, or one twice")
                            .contains("bearer_methods_supported must be of")
                            .contains("must not hold none")
                            .contains("resource_name is empty")
                            .contains("resource_name#not a tag has no valid language tag"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"https://api.example.com", "https://api.example.com/a?b=c", "http://localhost:8080/a"})
        @Requirement("9728-2-01")
        void describe_an_https_url(String resource) {
            assertThat(ProtectedResourceMetadata.canDescribe(resource)).isTrue();
            assertThat(ProtectedResourceMetadata.builder(new ResourceIndicator(resource))
                            .build()
                            .toJson()
                            .findString("resource"))
                    .contains(resource);
        }

        @ParameterizedTest
        @ValueSource(strings = {"http://api.example.com", "urn:a", "a", "", "https://api.example.com#a", "https:a"})
        @Requirement("9728-2-01")
        void describe_nothing_else(String resource) {
            assertThat(ProtectedResourceMetadata.canDescribe(resource)).isFalse();
        }
    }

    @Nested
    @DisplayName("RFC 9728 §3: place and response")
    class Place {

        @ParameterizedTest
        @CsvSource({
            "https://resource.example.com, https://resource.example.com/.well-known/oauth-protected-resource",
            "https://resource.example.com/, https://resource.example.com/.well-known/oauth-protected-resource",
            "https://resource.example.com/resource1,"
                    + " https://resource.example.com/.well-known/oauth-protected-resource/resource1",
            "https://resource.example.com/resource1/,"
                    + " https://resource.example.com/.well-known/oauth-protected-resource/resource1/",
            "https://resource.example.com:8443/a/b?c=d%20e,"
                    + " https://resource.example.com:8443/.well-known/oauth-protected-resource/a/b?c=d%20e",
            "https://resource.example.com?c=d, https://resource.example.com/.well-known/oauth-protected-resource?c=d",
            "https://resource.example.com/?c=d, https://resource.example.com/.well-known/oauth-protected-resource?c=d",
            "https://resource.example.com/%41/.., "
                    + "https://resource.example.com/.well-known/oauth-protected-resource/%41/.."
        })
        @Requirement("9728-3-01")
        void is_between_host_and_path(String resource, String location) {
            assertThat(ProtectedResourceMetadata.builder(new ResourceIndicator(resource))
                            .build()
                            .location())
                    .hasToString(location);
        }

        @Test
        @Requirement("9728-3.2-01")
        void answers_200_with_json() {
            ProtocolResponse response = builder().build().toResponse();

            assertThat(response.status()).isEqualTo(200);
            assertThat(response.header("Content-Type")).contains("application/json");
            assertThat(JsonObject.parse(response.body()))
                    .isEqualTo(builder().build().toJson());
        }
    }

    @Nested
    @DisplayName("RFC 9728 §3.2, §3.3: a document that is read")
    class Parsing {

        private static final ResourceIndicator RESOURCE = new ResourceIndicator("https://api.example.com/orders");

        private ProtectedResourceMetadata parse(String json) {
            return ProtectedResourceMetadata.parse(JsonObject.parse(json), RESOURCE);
        }

        @Test
        void says_the_same_as_it_was_written_with() {
            ProtectedResourceMetadata metadata = builder()
                    .jwksUri(URI.create("https://api.example.com/jwks"))
                    .scopesSupported(List.of("orders.read"))
                    .resourceSigningAlgValuesSupported(List.of("ES256"))
                    .resourceName("Orders")
                    .resourceName("de-CH", "Bestellungen")
                    .resourceDocumentation(URI.create("https://api.example.com/docs"))
                    .build();

            assertThat(ProtectedResourceMetadata.parse(metadata.toJson(), RESOURCE)
                            .toJson())
                    .isEqualTo(metadata.toJson());
        }

        @Test
        @Requirement("9728-3.2-02")
        void may_have_members_that_are_not_known() {
            ProtectedResourceMetadata metadata = parse("""
                    {"resource": "https://api.example.com/orders", "authorization_servers": ["https://as.example.com"],
                     "a_member": {"of": ["another", "time"]}, "signed_metadata": "a.b.c"}""");
            assertThat(metadata.authorizationServers()).containsExactly(Issuer.of("https://as.example.com"));
            assertThat(metadata.toJson().has("a_member")).isFalse();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://api.example.com/orders/",
                    "https://API.example.com/orders",
                    "https://api.example.com:443/orders",
                    "https://api.example.com/%6Frders",
                    "https://api.example.com/orders?"
                })
        @Requirement({"9728-3.3-01", "9728-6-01"})
        void is_of_no_other_resource(String other) {
            assertThatExceptionOfType(MetadataException.class)
                    .isThrownBy(() -> parse("{\"resource\": \"" + other + "\"}"));
        }

        @Test
        @Requirement({"9728-3.3-01", "9728-6-01"})
        void is_compared_after_unescaping_and_without_normalizing() {
            assertThat(parse("{\"resource\": \"https://api.ex\\u0061mple.com/orders\"}")
                            .resource())
                    .isEqualTo(RESOURCE);
            for (String json : List.of(
                    "{}",
                    "{\"resource\": null}",
                    "{\"resource\": [\"https://api.example.com/orders\"]}",
                    "{\"resource\": \"https://api.ex\\u0061\\u0301mple.com/orders\"}")) {
                assertThatExceptionOfType(MetadataException.class).isThrownBy(() -> parse(json));
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\"authorization_servers\": \"https://as.example.com\"",
                    "\"authorization_servers\": [1]",
                    "\"authorization_servers\": [\"http://as.example.com\"]",
                    "\"authorization_servers\": [\"https://as.example.com?a=b\"]",
                    "\"scopes_supported\": {}",
                    "\"bearer_methods_supported\": [\"cookie\"]",
                    "\"jwks_uri\": \"http://api.example.com/jwks\"",
                    "\"resource_name\": 1",
                    "\"resource_signing_alg_values_supported\": [\"none\"]"
                })
        @Requirement({"9728-2-02", "9728-2-03"})
        void is_not_used_with_a_member_of_another_form(String member) {
            assertThatExceptionOfType(MetadataException.class)
                    .isThrownBy(() -> parse("{\"resource\": \"https://api.example.com/orders\", " + member + "}"));
        }
    }
}
