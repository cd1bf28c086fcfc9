package dev.signet.core.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.jwt.json.JsonObject;
import dev.signet.testkit.Requirement;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OAuthErrorTest {

    @Nested
    @Requirement("6749-5.2-02")
    class Rfc_6749_5_2_characters {

        @Test
        void of_description_and_uri_may_be_all_that_are_allowed() {
            StringBuilder allowed = new StringBuilder();
            for (char character = 0x20; character <= 0x7E; character++) {
                allowed.append(character == '"' || character == '\\' ? "" : character);
            }
            OAuthError error =
                    new OAuthError(ErrorCode.INVALID_GRANT, allowed.toString(), Optional.of(allowed.substring(1)));
            assertThat(error.toJson())
                    .isEqualTo(JsonObject.builder()
                            .put("error", "invalid_grant")
                            .put("error_description", allowed.toString())
                            .put("error_uri", allowed.substring(1))
                            .build());
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "a\"", "a\\", "a\n", "a\u0000", "a\u007f", "\u00e4"})
        void of_description_and_uri_may_not_be_others(String hostile) {
            assertThatIllegalArgumentException().isThrownBy(() -> OAuthError.of(ErrorCode.INVALID_GRANT, hostile));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new OAuthError(ErrorCode.INVALID_GRANT, "Why", Optional.of(hostile)));
        }

        @Test
        void of_the_uri_may_not_be_a_space() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new OAuthError(ErrorCode.INVALID_GRANT, "Why", Optional.of("a b")));
        }

        @ParameterizedTest
        @EnumSource(ErrorCode.class)
        void of_the_code_are_those_it_is_found_by(ErrorCode code) {
            assertThat(code.wireName()).matches("[a-z_]+");
            assertThat(ErrorCode.find(code.wireName())).contains(code);
            assertThat(ErrorCode.find(code.name())).isEmpty();
        }
    }

    @ParameterizedTest
    @Requirement("6749-5.2-01")
    @CsvSource({
        "invalid_request, 400",
        "invalid_client, 401",
        "invalid_grant, 400",
        "unauthorized_client, 400",
        "unsupported_grant_type, 400",
        "invalid_scope, 400",
        "invalid_target, 400",
        "invalid_token, 401",
        "insufficient_scope, 403",
        "server_error, 500",
        "temporarily_unavailable, 503"
    })
    void each_code_has_its_status(String wireName, int status) {
        assertThat(ErrorCode.find(wireName).orElseThrow().status()).isEqualTo(status);
    }
}
