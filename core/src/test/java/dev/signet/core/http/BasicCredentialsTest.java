package dev.signet.core.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.core.ClientId;
import dev.signet.core.error.ErrorCode;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import dev.signet.testkit.Requirement;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BasicCredentialsTest {

    @Nested
    @Requirement("6749-2.3.1-01")
    class Rfc_6749_2_3_1_reading {

        @Test
        void decodes_identifier_and_secret_each() {
            BasicCredentials credentials = BasicCredentials.parse(basic("a%3Ab%25+c:p%3Aq%2B%25+%C3%A9"))
                    .orElseThrow();
            assertThat(credentials.clientId()).isEqualTo(new ClientId("a:b% c"));
            assertThat(credentials.secret()).isEqualTo("p:q+% \u00e9");
        }

        @Test
        void splits_at_the_first_colon() {
            assertThat(BasicCredentials.parse(basic("a:b:c")).orElseThrow().secret())
                    .isEqualTo("b:c");
        }

        @ParameterizedTest
        @ValueSource(strings = {"Basic ", "basic ", "BASIC  "})
        void ignores_the_letter_case_of_the_scheme(String scheme) {
            assertThat(BasicCredentials.parse(basic("a:b").replace("Basic ", scheme)))
                    .isPresent();
        }

        @ParameterizedTest
        @ValueSource(strings = {"Bearer abc", "Basics YTpi", "BasicYTpi", "", " Basic YTpi"})
        void leaves_other_schemes_alone(String header) {
            assertThat(BasicCredentials.parse(header)).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "a",
                    "",
                    ":secret",
                    "a:",
                    "a:%zz",
                    "%zz:b",
                    "a:%C0%80",
                    "a:%00",
                    "a:%0A",
                    "%C3%A9:b",
                    "a%0Ab:c"
                })
        void refuses_a_broken_pair(String pair) {
            refused(basic(pair));
        }

        @ParameterizedTest
        @ValueSource(strings = {"Basic", "Basic ", "Basic ***", "Basic YTpi!", "Basic YTpi YTpi", "Basic YTp"})
        void refuses_broken_base64(String header) {
            refused(header);
        }

        @Test
        void refuses_octets_that_are_not_encoded() {
            refused("Basic " + Base64.getEncoder().encodeToString("caf\u00e9:secret".getBytes(UTF_8)));
        }

        @Test
        void refuses_an_identifier_of_257_characters() {
            assertThat(BasicCredentials.parse(basic("a".repeat(256) + ":b"))).isPresent();
            refused(basic("a".repeat(257) + ":b"));
        }

        @Test
        void refuses_a_header_of_4097_characters() {
            String pair = "a:" + "b".repeat(3064);
            assertThat(basic(pair).length()).isBetween(4090, 4096);
            assertThat(BasicCredentials.parse(basic(pair))).isPresent();
            refused(basic(pair + "bbbbbb"));
        }
    }

    @Nested
    @Requirement("6749-2.3.1-02")
    class Rfc_6749_2_3_1_sending {

        @ParameterizedTest
        @CsvSource({
            "client,secret,client:secret",
            "a:b,c:d,a%3Ab:c%3Ad",
            "a b,%+,a+b:%25%2B",
            "reporter,\u20ac,reporter:%E2%82%AC"
        })
        void encodes_both_before_joining(String clientId, String secret, String pair) {
            String header = BasicCredentials.encode(new ClientId(clientId), secret);
            assertThat(header).isEqualTo(basic(pair));
            assertThat(BasicCredentials.parse(header)).contains(new BasicCredentials(new ClientId(clientId), secret));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "a\nb", "a\u0000"})
        void refuses_a_secret_that_could_not_be_read_back(String secret) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> BasicCredentials.encode(new ClientId("reporter"), secret));
        }
    }

    @Test
    void text_form_and_refusals_hold_no_secret() {
        assertThat(BasicCredentials.parse(basic("reporter:hush")).orElseThrow())
                .hasToString("BasicCredentials of reporter");
        assertThatExceptionOfType(OAuthException.class)
                .isThrownBy(() -> BasicCredentials.parse(basic("reporter:hush%0A")))
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("hush"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BasicCredentials(new ClientId("a"), "hush\n"))
                .satisfies(misuse -> assertThat(misuse.getMessage()).doesNotContain("hush"));
    }

    @Test
    void random_headers_are_read_or_refused_as_invalid_client() {
        Random random = new Random(20260103);
        for (int round = 0; round < 20_000; round++) {
            byte[] pair = new byte[random.nextInt(12)];
            random.nextBytes(pair);
            String header = random.nextInt(4) == 0
                    ? "Basic " + new String(pair, UTF_8)
                    : "Basic " + Base64.getEncoder().encodeToString(pair);
            try {
                BasicCredentials.parse(header);
            } catch (OAuthException refusal) {
                assertThat(refusal.error().code()).isEqualTo(ErrorCode.INVALID_CLIENT);
            }
        }
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
    }

    private static void refused(String header) {
        assertThatExceptionOfType(OAuthException.class)
                .isThrownBy(() -> BasicCredentials.parse(header))
                .satisfies(refusal -> {
                    assertThat(refusal.error().code()).isEqualTo(ErrorCode.INVALID_CLIENT);
                    assertThat(refusal.reason()).isEqualTo(RefusalReason.CLIENT_CREDENTIALS_MALFORMED);
                });
    }
}
