package dev.signet.core.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.signet.core.error.ErrorCode;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import dev.signet.testkit.Requirement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtocolRequestTest {

    private static ProtocolRequest.Builder request() {
        return ProtocolRequest.builder("POST", "/token");
    }

    @Nested
    class Values {

        @Test
        void are_those_that_came_in() {
            byte[] body = {1, 2};
            ProtocolRequest request = request().query("a=b").body(body).build();
            body[0] = 9;
            request.body()[1] = 9;
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.path()).isEqualTo("/token");
            assertThat(request.query()).contains("a=b");
            assertThat(request.body()).containsExactly(1, 2);
            assertThat(request().build().query()).isEmpty();
        }

        @Test
        void of_headers_are_found_in_any_letter_case_and_in_order() {
            ProtocolRequest.Builder builder = request().header("Accept", "a").header("ACCEPT", "b\r\nc");
            ProtocolRequest request = builder.build();
            builder.header("accept", "later");
            assertThat(request.headers("accept")).containsExactly("a", "b\r\nc").isUnmodifiable();
            assertThat(request.header("aCCept")).contains("a");
            assertThat(request.header("absent")).isEmpty();
            assertThat(request.headers("absent")).isEmpty();
        }

        @Test
        void can_come_from_any_stack_at_once() {
            ProtocolRequest request = ProtocolRequest.of(
                    "GET",
                    "/a%20b?c=d?e",
                    Map.of("Authorization", List.of("Bearer x", "Basic y"), "Accept", List.of()));

            assertThat(request.method()).isEqualTo("GET");
            assertThat(request.path()).isEqualTo("/a%20b");
            assertThat(request.query()).contains("c=d?e");
            assertThat(request.headers("authorization")).containsExactly("Bearer x", "Basic y");
            assertThat(request.headers("accept")).isEmpty();
            assertThat(request.body()).isEmpty();
            assertThat(ProtocolRequest.of("GET", "/", Map.of()).query()).isEmpty();
            assertThat(ProtocolRequest.of("GET", "?", Map.of()).query()).contains("");
        }

        @Test
        void is_made_with_its_body_up_to_the_cap() {
            byte[] whole = new byte[ProtocolRequest.MAXIMUM_BODY];

            ProtocolRequest request = ProtocolRequest.of("POST", "/token?a=b", Map.of(), whole);
            assertThat(request.query()).contains("a=b");
            assertThat(request.body()).isEqualTo(whole);
            assertThat(request.bodyTooLarge()).isFalse();
            assertThat(ProtocolRequest.of("POST", "/token", Map.of(), new byte[whole.length + 1])
                            .bodyTooLarge())
                    .isTrue();
        }

        @Test
        void are_not_in_the_text_form() {
            ProtocolRequest request = request()
                    .query("hush=1")
                    .header("authorization", "Basic hush")
                    .form("client_secret=hush")
                    .build();
            assertThat(request).hasToString("POST /token with 2 headers and 18 octets");
        }
    }

    @Nested
    @Requirement("6749-3.2-02")
    class Rfc_6749_3_2_form {

        @Test
        void is_read_from_the_body_and_not_from_the_query() {
            ProtocolRequest request =
                    request().query("scope=query").form("grant_type=x").build();
            assertThat(request.form().single("grant_type")).contains("x");
            assertThat(request.form().single("scope")).isEmpty();
            assertThat(request.queryParameters().single("scope")).contains("query");
            assertThat(request().build().queryParameters().names()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "application/x-www-form-urlencoded",
                    "Application/X-WWW-Form-Urlencoded",
                    "application/x-www-form-urlencoded; charset=UTF-8",
                    "application/x-www-form-urlencoded;charset=\"utf-8\""
                })
        void is_read_with_the_content_type_in_any_spelling(String type) {
            assertThat(request()
                            .header("Content-Type", type)
                            .body(bytes("a=b"))
                            .build()
                            .form()
                            .single("a"))
                    .contains("b");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "application/json",
                    "application/x-www-form-urlencoded2",
                    "application/x-www-form-urlencoded, application/json",
                    "application/x-www-form-urlencoded; charset=iso-8859-1",
                    "application/x-www-form-urlencoded; charset=utf-8; charset=utf-16",
                    "application/x-www-form-urlencoded; boundary=x",
                    "multipart/form-data; boundary=x"
                })
        void is_refused_with_another_content_type(String type) {
            refused(request().header("Content-Type", type).body(bytes("a=b")), RefusalReason.CONTENT_TYPE);
        }

        @Test
        void is_refused_without_or_with_two_content_types() {
            refused(request().body(bytes("a=b")), RefusalReason.CONTENT_TYPE);
            refused(request().form("a=b").form("a=b"), RefusalReason.CONTENT_TYPE);
        }

        @Test
        void is_read_up_to_65536_octets() {
            String longest = "a=" + "b".repeat(ProtocolRequest.MAXIMUM_BODY - 2);
            assertThat(request().form(longest).build().form().single("a")).isPresent();
            refused(request().form(longest + "b"), RefusalReason.BODY_TOO_LARGE);
            refused(request().form("a=b").bodyTooLarge(), RefusalReason.BODY_TOO_LARGE);
            assertThat(request().form(longest + "b").build().bodyTooLarge()).isTrue();
            assertThat(request().form(longest + "b").build().body()).isEmpty();
        }

        @Test
        void is_refused_if_malformed() {
            refused(request().form("a=%"), RefusalReason.PARAMETER_MALFORMED);
        }

        private void refused(ProtocolRequest.Builder request, RefusalReason reason) {
            assertThatExceptionOfType(OAuthException.class)
                    .isThrownBy(() -> request.build().form())
                    .satisfies(refusal -> {
                        assertThat(refusal.error().code()).isEqualTo(ErrorCode.INVALID_REQUEST);
                        assertThat(refusal.reason()).isEqualTo(reason);
                    });
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
