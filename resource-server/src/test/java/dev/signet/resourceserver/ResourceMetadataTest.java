package dev.signet.resourceserver;

import static dev.signet.resourceserver.Fixture.AUDIENCE;
import static dev.signet.resourceserver.Fixture.ISSUER;
import static dev.signet.resourceserver.Fixture.KEY;
import static dev.signet.resourceserver.Fixture.claims;
import static dev.signet.resourceserver.Fixture.keys;
import static dev.signet.resourceserver.Fixture.token;
import static dev.signet.resourceserver.Fixture.validator;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.core.metadata.ProtectedResourceMetadata;
import dev.signet.resourceserver.AccessTokenOutcome.Refused;
import dev.signet.testkit.Requirement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceMetadataTest {

    private static final String HINT =
            "resource_metadata=\"https://api.example.com/.well-known/oauth-protected-resource/orders\"";

    private static ProtectedResourceMetadata metadata(AccessTokenValidator.Builder validator) {
        return validator.build().metadata().orElseThrow();
    }

    @Nested
    @DisplayName("RFC 9728 §2: the document")
    class Document {

        @Test
        @Requirement({"9728-2-01", "9728-2-02", "9728-3.2-01"})
        void says_what_the_validator_does_and_no_more() {
            assertThat(metadata(validator()).toJson().toJson())
                    .isEqualTo("{\"resource\":\"https://api.example.com/orders\","
                            + "\"authorization_servers\":[\"https://as.example.com\"],"
                            + "\"bearer_methods_supported\":[\"header\"]}");
        }

        @Test
        @Requirement("9728-2-02")
        void names_each_trusted_issuer_in_order() {
            TrustedIssuer partner = TrustedIssuer.builder("https://as.partner.example")
                    .audience("urn:partner:orders")
                    .keys(keys(KEY))
                    .build();

            assertThat(metadata(validator().trust(partner)).toJson().findStrings("authorization_servers"))
                    .contains(List.of(ISSUER, "https://as.partner.example"));
        }

        @Test
        @Requirement({"9728-2-02", "9728-2-04"})
        void names_the_scopes_where_they_are_to_be_known() {
            assertThat(metadata(validator().scopesSupported("orders.read", "orders.write"))
                            .toJson()
                            .findStrings("scopes_supported"))
                    .contains(List.of("orders.read", "orders.write"));
            assertThat(metadata(validator()).toJson().has("scopes_supported")).isFalse();
        }

        @Test
        @Requirement("9728-2-02")
        void claims_no_way_of_presenting_a_token_that_is_not_taken() {
            assertThat(metadata(validator()).bearerMethodsSupported()).containsExactly("header");
        }

        @Test
        @Requirement("9728-2-01")
        void is_published_under_the_first_audience_or_the_identifier_that_was_said() {
            assertThat(metadata(validator().audience("https://api.example.com/stock"))
                            .resource())
                    .hasToString(AUDIENCE);
            assertThat(metadata(validator().resource("https://api.example.com")).resource())
                    .hasToString("https://api.example.com");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://api.example.com/orders",
                    "urn:orders",
                    "orders",
                    "https://api.example.com/orders#part",
                    "https:///orders",
                    "https://user@api.example.com/orders",
                    ""
                })
        @Requirement("9728-2-01")
        void is_not_published_under_an_identifier_that_is_no_https_url(String identifier) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> validator().resource(identifier).build())
                    .withMessageContaining("resource must");
        }

        @Test
        @Requirement("9728-2-01")
        void is_not_there_for_a_resource_server_without_such_an_identifier() {
            AccessTokenValidator.Builder named = AccessTokenValidator.builder()
                    .issuer(ISSUER)
                    .audience("orders")
                    .keys(keys(KEY));

            assertThat(named.build().metadata()).isEmpty();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> named.scopesSupported("orders.read").build())
                    .withMessageContaining("resource, which is missing");
        }
    }

    @Nested
    @DisplayName("RFC 9728 §5.1: the hint in challenges")
    class Hint {

        private final AccessTokenValidator validator = validator().build();

        @Test
        @Requirement("9728-5.1-01")
        void is_in_every_challenge() {
            String good = token(claims().put("acr", "pwd"));
            AccessTokenOutcome valid = validator.validateToken(good);

            for (AccessTokenOutcome outcome : List.of(
                    validator.validate(List.of()),
                    validator.validate(List.of("Bearer a b")),
                    validator.validate(List.of("Bearer x")),
                    valid.requireScope("admin"),
                    valid.requireAnyRole("admin"),
                    valid.requireAuthentication(StepUp.toAnyAcr("mfa").within(Duration.ZERO)))) {
                assertThat(((Refused) outcome).wwwAuthenticate()).containsOnlyOnce(HINT);
            }
        }

        @Test
        @Requirement("9728-5.1-01")
        void leads_to_the_document_of_the_same_resource() {
            ProtectedResourceMetadata metadata = validator.metadata().orElseThrow();

            assertThat(HINT).isEqualTo("resource_metadata=\"" + metadata.location() + "\"");
            assertThat(metadata.resource()).hasToString(AUDIENCE);
        }

        @Test
        @Requirement("9728-5.1-01")
        void is_left_out_where_nobody_serves_the_document_or_there_is_none() {
            AccessTokenValidator silent = validator().withoutResourceMetadata().build();
            AccessTokenValidator named = AccessTokenValidator.builder()
                    .issuer(ISSUER)
                    .audience("orders")
                    .keys(keys(KEY))
                    .build();

            assertThat(((Refused) silent.validate(List.of())).wwwAuthenticate())
                    .isEqualTo("Bearer realm=\"https://api.example.com/orders\"");
            assertThat(silent.metadata()).isPresent();
            assertThat(((Refused) named.validate(List.of())).wwwAuthenticate()).isEqualTo("Bearer realm=\"orders\"");
        }
    }
}
