package dev.signet.core.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.core.error.ErrorCode;
import dev.signet.core.error.OAuthError;
import dev.signet.jwt.json.JsonObject;
import dev.signet.testkit.Requirement;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProtocolResponseTest {

    @Test
    void holds_status_headers_and_body_unchanged() {
        byte[] body = {1};
        ProtocolResponse response = ProtocolResponse.builder(200)
                .body("text/plain", body)
                .header("X-A", "1\t2")
                .header("X-A", "")
                .build();
        body[0] = 9;
        response.body()[0] = 9;
        assertThat(response.body()).containsExactly(1);
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers())
                .containsExactly(
                        new Header("Content-Type", "text/plain"), new Header("X-A", "1\t2"), new Header("X-A", ""));
        assertThat(response.header("x-a")).contains("1\t2");
        assertThat(response.header("absent")).isEmpty();
    }

    @Test
    void takes_a_header_in_the_place_of_others_of_that_name() {
        ProtocolResponse response = ProtocolResponse.builder(200)
                .header("cache-control", "public")
                .header("X-Other", "kept")
                .header("Cache-Control", "max-age=60")
                .build();
        assertThat(response.toBuilder()
                        .replaceHeader("Cache-Control", "no-store")
                        .build()
                        .headers())
                .containsExactly(new Header("X-Other", "kept"), new Header("Cache-Control", "no-store"));
        assertThat(response.isNoStore()).isFalse();
    }

    @Test
    void can_be_changed_in_a_copy() {
        ProtocolResponse response = ProtocolResponse.json(400, JsonObject.empty());
        ProtocolResponse changed =
                response.toBuilder().status(429).header("Retry-After", "30").build();
        assertThat(changed.status()).isEqualTo(429);
        assertThat(changed.header("content-type")).contains("application/json");
        assertThat(changed.header("Retry-After")).contains("30");
        assertThat(changed.body()).isEqualTo(response.body());
        assertThat(response.header("Retry-After")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nSet-Cookie: b", "a\n", "\r", "a\u0000", "a\u007f", "\u00e4", "\u0085"})
    void refuses_a_header_value_that_could_end_the_line(String hostile) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProtocolResponse.builder(200).header("Location", hostile))
                .satisfies(misuse -> assertThat(misuse.getMessage()).doesNotContain("Set-Cookie"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:", "a\n", "\u00e4"})
    void refuses_a_header_name_that_is_no_token(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProtocolResponse.builder(200).header(name, "x"));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 100, 199, 600})
    void refuses_a_status_that_ends_no_exchange(int status) {
        assertThatIllegalArgumentException().isThrownBy(() -> ProtocolResponse.builder(status));
    }

    @Test
    void text_form_has_neither_headers_nor_body() {
        ProtocolResponse response = ProtocolResponse.builder(200)
                .header("Set-Cookie", "hush")
                .body("text/plain", "hush".getBytes(UTF_8))
                .build();
        assertThat(response).hasToString("200 with 2 headers and 4 octets");
        assertThat(response.headers()).asString().doesNotContain("hush");
    }

    @Nested
    @Requirement({"6749-5.2-01", "6749-5.1-01"})
    class Rfc_6749_5_2_error_response {

        @ParameterizedTest
        @EnumSource(ErrorCode.class)
        void has_the_status_of_its_code_and_is_not_stored(ErrorCode code) {
            ProtocolResponse response = ProtocolResponse.error(OAuthError.of(code, "Why"));
            assertThat(response.status()).isEqualTo(code.status());
            assertThat(response.header("Content-Type")).contains("application/json");
            assertThat(response.header("Cache-Control")).contains("no-store");
            assertThat(response.header("Pragma")).contains("no-cache");
            assertThat(new String(response.body(), UTF_8))
                    .isEqualTo("{\"error\":\"" + code.wireName() + "\",\"error_description\":\"Why\"}");
        }

        @Test
        void can_carry_a_challenge() {
            ProtocolResponse response =
                    ProtocolResponse.error(OAuthError.of(ErrorCode.INVALID_CLIENT, "Why")).toBuilder()
                            .challenge(Challenge.builder("Basic").realm("token").build())
                            .build();
            assertThat(response.status()).isEqualTo(401);
            assertThat(response.header("WWW-Authenticate")).contains("Basic realm=\"token\"");
        }
    }
}
