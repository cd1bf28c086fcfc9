package dev.signet.authorizationserver.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.core.authorization.RedirectUri;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.testkit.Requirement;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationSettingsTest {

    /** A client of the code grant. */
    private final JsonObject shop = JsonObject.builder()
            .put("client_id", "shop")
            .put("client_secret", "0123456789abcdef0123456789abcdef")
            .put("grant_types", List.of("authorization_code"))
            .put("redirect_uris", List.of("https://shop.example.com/callback"))
            .build();

    private static RegisteredClient registered(JsonObject.Builder metadata) {
        return RegisteredClient.fromMetadata(metadata.build(), CryptoProvider.jdk())
                .build();
    }

    private static void isRefused(JsonObject.Builder metadata, String... faults) {
        assertThatThrownBy(() -> registered(metadata))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(faults);
    }

    private JsonObject.Builder at(String... redirectUris) {
        return shop.toBuilder().put("redirect_uris", List.of(redirectUris));
    }

    private JsonObject.Builder publicly(JsonObject.Builder client) {
        return client.remove("client_secret").put("token_endpoint_auth_method", "none");
    }

    @Nested
    @DisplayName("RFC 6749 §3.1.2: redirect URIs")
    class RedirectUris {

        @Test
        @Requirement("6749-3.1.2-02")
        void are_needed_by_each_client_of_the_code_grant() {
            assertThat(registered(shop.toBuilder()).authorization().redirectUris())
                    .containsExactly(new RedirectUri("https://shop.example.com/callback"));
            isRefused(shop.toBuilder().remove("redirect_uris"), "redirect_uris is missing");
            isRefused(publicly(shop.toBuilder().remove("redirect_uris")), "redirect_uris is missing");
            registered(shop.toBuilder().remove("redirect_uris").put("grant_types", List.of("client_credentials")));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/cb",
                    "https://c.example/cb#x",
                    "https://c.example/cb#",
                    "https://*.c.example/cb",
                    "https://user@c.example/cb",
                    "javascript:alert(1)",
                    "data:text/html,x",
                    "myapp:/cb",
                    ""
                })
        @Requirement("6749-3.1.2-01")
        void are_absolute_without_fragment_or_wildcard(String other) {
            isRefused(at(other), "redirect_uris: redirect URI must");
            isRefused(at("https://c.example/cb", other), "redirect_uris: redirect URI must");
            registered(at("https://c.example/cb", "https://c.example/cb?x=1"));
        }

        @Test
        @Requirement({"6749-3.1.2-05", "9700-2.6-01"})
        void are_never_plain_http_but_to_the_machine_of_a_native_client() {
            isRefused(at("http://c.example/cb"), "must use https (http only for a loopback host)");
            isRefused(
                    at("http://c.example/cb").put("application_type", "native"),
                    "must use https (http only for a loopback host)");
            for (String own : List.of("http://127.0.0.1/cb", "http://localhost:8080/cb", "http://[::1]/cb")) {
                isRefused(at(own), "redirect_uris must use https");
                isRefused(at(own).put("application_type", "web"), "redirect_uris must use https");
                registered(at(own).put("application_type", "native"));
            }
        }

        @Test
        void have_the_scheme_of_an_app_for_native_clients_only() {
            isRefused(at("com.example.app:/cb"), "redirect_uris must use https");
            registered(at("com.example.app:/cb", "https://app.example.com/cb").put("application_type", "native"));
        }

        @Test
        void are_each_named_once_and_not_too_many() {
            isRefused(at("https://c.example/cb", "https://c.example/cb"), "redirect_uris: one is named twice");
            registered(at(many(64)));
            isRefused(at(many(65)), "redirect_uris must be at most 64");
        }

        private String[] many(int count) {
            return IntStream.range(0, count)
                    .mapToObj(each -> "https://c.example/cb" + each)
                    .toArray(String[]::new);
        }
    }

    @Nested
    @DisplayName("RFC 7591 §2: metadata")
    class Metadata {

        @Test
        void is_written_as_it_was_read() {
            JsonObject full = shop.toBuilder()
                    .put("client_name", "Der Laden ☃")
                    .put("redirect_uris", List.of("http://127.0.0.1/cb"))
                    .put("response_types", List.of("code"))
                    .put("application_type", "native")
                    .put("pkce_optional", true)
                    .put("redirect_uri_may_be_omitted", true)
                    .put("allow_errors_without_login", true)
                    .build();
            RegisteredClient client = registered(full.toBuilder());
            assertThat(client.authorization())
                    .isEqualTo(AuthorizationSettings.builder()
                            .clientName("Der Laden ☃")
                            .redirectUris(List.of(new RedirectUri("http://127.0.0.1/cb")))
                            .applicationType(ApplicationType.NATIVE)
                            .pkceOptional(true)
                            .redirectUriMayBeOmitted(true)
                            .allowErrorsWithoutLogin(true)
                            .build());
            RegisteredClient again = RegisteredClient.fromMetadata(client.toMetadata(), CryptoProvider.jdk())
                    .secret(client.secret().orElseThrow())
                    .build();
            assertThat(again.authorization()).isEqualTo(client.authorization());
            assertThat(client.toBuilder().build().authorization()).isEqualTo(client.authorization());
        }

        @Test
        void of_what_is_as_it_is_anyway_is_not_written() {
            assertThat(registered(shop.toBuilder()).toMetadata().names())
                    .contains("redirect_uris")
                    .doesNotContain(
                            "client_name",
                            "application_type",
                            "pkce_optional",
                            "redirect_uri_may_be_omitted",
                            "allow_errors_without_login");
        }

        @Test
        @Requirement("D-30")
        void names_no_other_response_type_than_code() {
            registered(shop.toBuilder().put("response_types", List.of("code")));
            isRefused(
                    shop.toBuilder().put("response_types", List.of("code", "token")),
                    "response_types: has an unsupported value");
            isRefused(
                    shop.toBuilder().put("response_types", List.of("code id_token")),
                    "response_types: has an unsupported value");
        }

        @ParameterizedTest
        @CsvSource({
            "redirect_uris, https://c.example/cb",
            "response_types, code",
            "application_type, desktop",
            "pkce_optional, yes",
            "redirect_uri_may_be_omitted, yes",
            "allow_errors_without_login, yes"
        })
        void has_each_member_in_its_form(String member, String other) {
            isRefused(shop.toBuilder().put(member, other), "client shop: " + member);
        }

        @Test
        void has_a_name_that_can_be_shown() {
            for (String name : List.of(
                    "n".repeat(128),
                    "\u0646\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645",
                    "\uD83D\uDC69\u200D\uD83C\uDF73")) {
                registered(shop.toBuilder().put("client_name", name));
            }
            List<String> turning = List.of("a\u202Eb", "a\u2066b", "a\u200Fb");
            List<String> invisible = List.of("", " ", "a\nb", "a\u2028b", "\u200B", "a\uFEFFb", "a\uDB40\uDC41b");
            for (String other : Stream.of(turning, invisible, List.of("n".repeat(129)))
                    .flatMap(List::stream)
                    .toList()) {
                isRefused(shop.toBuilder().put("client_name", other), "client_name must have 1 to 128 characters");
            }
        }
    }

    @Nested
    @DisplayName("Switches")
    class Switches {

        @Test
        @Requirement("D-27")
        void let_no_public_client_go_without_pkce() {
            registered(shop.toBuilder().put("pkce_optional", true));
            isRefused(
                    publicly(shop.toBuilder().put("pkce_optional", true)),
                    "pkce_optional is for clients that authenticate");
        }

        @Test
        @Requirement("D-28")
        void let_redirect_uri_be_left_out_where_there_is_one_only() {
            registered(shop.toBuilder().put("redirect_uri_may_be_omitted", true));
            isRefused(
                    at("https://c.example/a", "https://c.example/b").put("redirect_uri_may_be_omitted", true),
                    "redirect_uri_may_be_omitted is for clients with one redirect URI");
        }
    }
}
