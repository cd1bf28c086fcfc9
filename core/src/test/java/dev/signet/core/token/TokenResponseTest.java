package dev.signet.core.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.core.Scope;
import dev.signet.core.http.ProtocolResponse;
import dev.signet.jwt.json.JsonObject;
import dev.signet.testkit.Requirement;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenResponseTest {

    private static final JsonObject VALID = JsonObject.parse(
            "{\"access_token\":\"t0k3n\",\"token_type\":\"Bearer\",\"expires_in\":600,\"scope\":\"a b\"}");

    @Nested
    @Requirement({"6749-5.1-01", "6749-5.1-02"})
    class Rfc_6749_5_1_sending {

        @Test
        void is_json_that_is_not_stored() {
            ProtocolResponse response = TokenResponse.bearer("t0k3n", Duration.ofMinutes(10), Scope.of("a", "b"))
                    .toHttp();
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.header("Content-Type")).contains("application/json");
            assertThat(response.header("Cache-Control")).contains("no-store");
            assertThat(response.header("Pragma")).contains("no-cache");
            assertThat(JsonObject.parse(new String(response.body(), UTF_8))).isEqualTo(VALID);
        }

        @Test
        void leaves_out_an_empty_scope() {
            assertThat(TokenResponse.bearer("t", Duration.ofSeconds(1), Scope.empty())
                            .toJson()
                            .names())
                    .containsExactly("access_token", "token_type", "expires_in");
        }

        @ParameterizedTest
        @ValueSource(longs = {-1, Integer.MAX_VALUE + 1L})
        void refuses_a_lifetime_out_of_range(long seconds) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TokenResponse.bearer("t", Duration.ofSeconds(seconds), Scope.empty()));
        }
    }

    @Nested
    class Rfc_6749_5_1_reading {

        @Test
        void gives_every_member() {
            TokenResponse response = TokenResponse.parse(VALID);
            assertThat(response)
                    .isEqualTo(new TokenResponse(
                            "t0k3n",
                            "Bearer",
                            Optional.of(Duration.ofSeconds(600)),
                            Optional.of(Scope.of("a", "b")),
                            Optional.empty()));
            assertThat(response.toJson()).isEqualTo(VALID);
        }

        @Test
        void gives_a_refresh_token_and_hides_it() {
            JsonObject json = VALID.toBuilder().put("refresh_token", "r3fr3sh").build();
            TokenResponse response = TokenResponse.parse(json);
            assertThat(response.refreshToken()).contains("r3fr3sh");
            assertThat(response.toJson()).isEqualTo(json);
            assertThat(response.toString()).doesNotContain("r3fr3sh");
            refused(VALID.toBuilder().put("refresh_token", "a\nb").build());
            refused(VALID.toBuilder().put("refresh_token", "").build());
        }

        @Test
        void needs_token_and_type_only_and_ignores_unknown_members() {
            TokenResponse response = TokenResponse.parse(VALID.toBuilder()
                    .remove("expires_in")
                    .remove("scope")
                    .put("x", List.of())
                    .build());
            assertThat(response.expiresIn()).isEmpty();
            assertThat(response.scope()).isEmpty();
            refused(VALID.toBuilder().remove("access_token").build());
            refused(VALID.toBuilder().remove("token_type").build());
        }

        @Test
        void takes_an_empty_scope_as_no_scope_token() {
            assertThat(TokenResponse.parse(VALID.toBuilder().put("scope", "").build())
                            .scope())
                    .contains(Scope.empty());
        }

        @Test
        void refuses_members_of_another_type_or_form() {
            refused(VALID.toBuilder().put("access_token", 1).build());
            refused(VALID.toBuilder().put("access_token", "").build());
            refused(VALID.toBuilder().put("access_token", "a\nb").build());
            refused(VALID.toBuilder().put("token_type", true).build());
            refused(VALID.toBuilder().put("expires_in", "600").build());
            refused(VALID.toBuilder().put("expires_in", new BigDecimal("1.5")).build());
            refused(VALID.toBuilder().put("expires_in", -1).build());
            refused(VALID.toBuilder().put("expires_in", Long.MAX_VALUE).build());
            refused(VALID.toBuilder().put("scope", "a  b").build());
            refused(VALID.toBuilder().put("scope", List.of("a")).build());
        }

        @ParameterizedTest
        @ValueSource(strings = {"Bearer", "bearer", "BEARER"})
        @Requirement("6749-5.1-03")
        void knows_a_bearer_token_in_any_letter_case(String type) {
            assertThat(TokenResponse.parse(
                                    VALID.toBuilder().put("token_type", type).build())
                            .isBearer())
                    .isTrue();
        }

        @Test
        @Requirement("6749-5.1-03")
        void knows_that_another_type_is_none() {
            assertThat(TokenResponse.parse(
                                    VALID.toBuilder().put("token_type", "mac").build())
                            .isBearer())
                    .isFalse();
        }

        @Test
        void random_bodies_are_read_or_refused() {
            Random random = new Random(20260105);
            List<String> names = List.copyOf(VALID.names());
            List<Object> values =
                    List.of("", "a", "\u0000", 1L, -1L, Long.MIN_VALUE, new BigDecimal("1e99"), true, List.of(), VALID);
            for (int round = 0; round < 5_000; round++) {
                JsonObject.Builder builder = VALID.toBuilder();
                for (int change = random.nextInt(3); change >= 0; change--) {
                    builder.put(names.get(random.nextInt(names.size())), values.get(random.nextInt(values.size())));
                }
                try {
                    assertThat(TokenResponse.parse(builder.build()).accessToken())
                            .isNotEmpty();
                } catch (TokenResponseException refusal) {
                    assertThat(refusal.getMessage()).startsWith("token response: ");
                }
            }
        }

        private void refused(JsonObject json) {
            assertThatExceptionOfType(TokenResponseException.class)
                    .isThrownBy(() -> TokenResponse.parse(json))
                    .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("t0k3n"));
        }
    }

    @Test
    void text_form_has_no_token() {
        assertThat(TokenResponse.parse(VALID).toString())
                .contains("Bearer", "a b")
                .doesNotContain("t0k3n");
    }

    @Nested
    class Rfc_6749_5_2_reading {

        @Test
        void gives_code_and_description() {
            TokenError error = TokenError.parse(
                    JsonObject.parse("{\"error\":\"invalid_grant\",\"error_description\":\"Why\",\"x\":1}"));
            assertThat(error).isEqualTo(new TokenError("invalid_grant", Optional.of("Why")));
            assertThat(error.code().orElseThrow().wireName()).isEqualTo("invalid_grant");
        }

        @Test
        void keeps_a_code_that_is_not_known() {
            TokenError error = TokenError.parse(JsonObject.parse("{\"error\":\"https://x.example/busy\"}"));
            assertThat(error.code()).isEmpty();
            assertThat(error.error()).isEqualTo("https://x.example/busy");
            assertThat(error.description()).isEmpty();
        }

        @Test
        @Requirement("6749-5.2-02")
        void replaces_characters_that_are_not_allowed() {
            TokenError error = TokenError.parse(JsonObject.builder()
                    .put("error", "invalid_grant")
                    .put("error_description", "a\"b\\c\nd\u2028\u001b[0m")
                    .build());
            assertThat(error.description()).contains("a?b?c?d??[0m");
        }

        @Test
        void cuts_off_a_long_description() {
            TokenError error = TokenError.parse(JsonObject.builder()
                    .put("error", "invalid_grant")
                    .put("error_description", "a".repeat(1001))
                    .build());
            assertThat(error.description()).contains("a".repeat(1000));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "{\"error\":1}",
                    "{\"error\":\"\"}",
                    "{\"error\":\"a\\nb\"}",
                    "{\"error\":\"a\",\"error_description\":1}"
                })
        void refuses_a_body_without_a_readable_code(String json) {
            assertThatExceptionOfType(TokenResponseException.class)
                    .isThrownBy(() -> TokenError.parse(JsonObject.parse(json)));
        }

        @Test
        void random_bodies_are_read_or_refused() {
            Random random = new Random(20260109);
            List<Object> values = List.of("", "invalid_grant", "a\u0000", "\ud83d\ude00", 1L, true, List.of(), VALID);
            for (int round = 0; round < 2_000; round++) {
                JsonObject json = JsonObject.builder()
                        .put("error", values.get(random.nextInt(values.size())))
                        .put("error_description", values.get(random.nextInt(values.size())))
                        .build();
                try {
                    assertThat(TokenError.parse(json).toString()).matches("[ -~]+");
                } catch (TokenResponseException refusal) {
                    assertThat(refusal.getMessage()).startsWith("error response: ");
                }
            }
        }
    }
}
