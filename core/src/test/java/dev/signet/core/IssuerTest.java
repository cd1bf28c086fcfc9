package dev.signet.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.testkit.Requirement;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IssuerTest {

    @Nested
    @Requirement("8414-2-01")
    class Rfc_8414_2_form {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://as.example",
                    "https://as.example/",
                    "https://as.example/tenant/one",
                    "https://as.example:8443/a%20b",
                    "http://localhost:8080",
                    "http://127.0.0.1",
                    "http://[::1]:8080/x",
                    "HTTPS://AS.example"
                })
        void accepts_an_https_url_and_http_on_loopback(String value) {
            assertThat(Issuer.of(value).value()).isEqualTo(value);
            assertThat(Issuer.of(value)).hasToString(value);
            assertThat(Issuer.of(value).uri()).hasToString(value);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "as.example",
                    "//as.example",
                    "https:",
                    "https://",
                    "https:///path",
                    "https://as.example?",
                    "https://as.example?a=b",
                    "https://as.example#",
                    "https://as.example/#f",
                    "http://as.example",
                    "http://localhost.as.example",
                    "http://127.0.0.2",
                    "ftp://localhost",
                    "https://user@as.example",
                    "https://as_example",
                    "https://as.example:0",
                    "https://as.example/a/../b",
                    "https://as.example/.",
                    "https://as.example/a/%2E./b",
                    "https://as.example:65536",
                    "https://as.example/\u00e4",
                    "https://as.example/a b",
                    "https://as.example/\r\nX: y",
                    "https://as.example/%zz",
                    "urn:example:as"
                })
        void refuses_anything_else(String value) {
            assertThatIllegalArgumentException().isThrownBy(() -> new Issuer(value));
        }

        @Test
        void refuses_more_than_2048_characters() {
            String longest = "https://as.example/" + "a".repeat(2048 - "https://as.example/".length());
            assertThat(new Issuer(longest).value()).hasSize(2048);
            assertThatIllegalArgumentException().isThrownBy(() -> new Issuer(longest + "a"));
        }
    }

    @Nested
    @Requirement({"7521-5.1-01", "8414-4-01", "D-23"})
    class Comparison {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://AS.example/a",
                    "https://as.example/a/",
                    "https://as.example:443/a",
                    "https://as.example/%61"
                })
        void tells_apart_what_is_not_the_same_text(String other) {
            assertThat(new Issuer(other)).isNotEqualTo(new Issuer("https://as.example/a"));
        }

        @Test
        void finds_the_same_text_equal() {
            assertThat(new Issuer("https://as.example/a")).isEqualTo(Issuer.of("https://as.example/a"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://as.example, '', https://as.example/token",
        "https://as.example/, '', https://as.example/token",
        "https://as.example:8443/t/one, /t/one, https://as.example:8443/t/one/token",
        "http://[::1]:8080/a%2Fb/, /a%2Fb, http://[::1]:8080/a%2Fb/token"
    })
    void has_endpoints_below_its_path(String value, String path, String endpoint) {
        Issuer issuer = new Issuer(value);
        assertThat(issuer.path()).isEqualTo(path);
        assertThat(issuer.at(issuer.path() + "/token")).hasToString(endpoint);
    }

    @Test
    void random_text_is_an_issuer_or_refused() {
        Random random = new Random(20260106);
        String alphabet = "aZ09:/?#[]@!$&%.-_ \u0000\u00e4";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "https://" : "http://localhost");
            random.ints(random.nextInt(10), 0, alphabet.length()).forEach(index -> text.append(alphabet.charAt(index)));
            try {
                Issuer issuer = Issuer.of(text.toString());
                assertThat(issuer.uri().getHost()).isNotEmpty();
                assertThat(issuer.uri().getRawUserInfo()).isNull();
                assertThat(issuer.value()).doesNotContain("?", "#", " ");
            } catch (IllegalArgumentException refusal) {
                assertThat(refusal.getMessage()).startsWith("issuer must");
            }
        }
    }
}
