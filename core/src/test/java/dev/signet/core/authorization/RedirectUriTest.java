package dev.signet.core.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.testkit.Requirement;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6749 §3.1.2, RFC 8252 §7. */
class RedirectUriTest {

    @Nested
    class Rfc_6749_4_1_2_answer {

        @ParameterizedTest
        @CsvSource({
            "https://c.example, ?",
            "https://c.example/cb, ?",
            "https://c.example/cb?, ''",
            "https://c.example/cb?x=1, &",
            "https://c.example/cb?x=a+b%41&, ''",
            "com.example.app:/cb, ?"
        })
        @Requirement("6749-3.1.2-01")
        void is_added_to_what_the_uri_holds(String uri, String separator) {
            assertThat(new RedirectUri(uri)
                            .with(List.of(Map.entry("state", "a b&c=ü"), Map.entry("iss", "https://as.example"))))
                    .isEqualTo(uri + separator + "state=a+b%26c%3D%C3%BC&iss=https%3A%2F%2Fas.example");
        }
    }

    @Nested
    class Rfc_6749_3_1_2_form {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://app.example",
                    "https://app.example/cb?as=one",
                    "https://app.example:8443/a%20b",
                    "HTTPS://App.example/cb",
                    "https://[2001:db8::1]/cb",
                    "http://localhost:8080/cb",
                    "http://127.0.0.1/cb",
                    "http://[::1]:65535/cb?x=y",
                    "http://localhost",
                    "com.example.app:/cb",
                    "com.example.app://cb"
                })
        void accepts_what_can_be_an_applications_own(String value) {
            assertThat(new RedirectUri(value)).hasToString(value);
            assertThat(RedirectUri.find(value)).contains(new RedirectUri(value));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "/cb",
                    "//app.example/cb",
                    "app.example/cb",
                    "https:",
                    "https:app.example",
                    "https:///cb",
                    "https://",
                    "https://app.example/cb#",
                    "https://app.example/cb#code",
                    "https://user@app.example/cb",
                    "https://user:secret@app.example/cb",
                    "https://@app.example/cb",
                    "https://app.example@evil.example/cb",
                    "https://app.example:secret@evil.example/cb",
                    "https://app.example\\@evil.example/cb",
                    "https://app.example%2F@evil.example/cb",
                    "https://app%2Eexample/cb",
                    "https://app.example%00.evil.example/cb",
                    "https://app.example/%zz",
                    "https://app.example:0/cb",
                    "https://app.example:65536/cb",
                    "https://app.example:port/cb",
                    "https://*.example/cb",
                    "https://app.example/*",
                    "https://app.example/cb?x=*",
                    "https://app.example/c b",
                    "https://app.example/cb\r\nSet-Cookie:a=b",
                    "https://app.example/cb\u0000",
                    "https://äpp.example/cb",
                    "https://app.example/\u202ecb",
                    "https://[::1/cb",
                    "https://[::1%25eth0@evil]/cb",
                    "https://[::99999999999.0.0.1]/cb",
                    "com.example.app://user@host/cb",
                    "com.example.app://user@a_host/cb",
                    "com.example.app://@/cb"
                })
        void refuses_what_is_no_absolute_uri_of_one_host(String value) {
            assertRefused(value);
        }

        @Test
        void has_at_most_2048_characters() {
            String longest = "https://app.example/" + "a".repeat(2048 - 20);
            assertThat(new RedirectUri(longest).value()).hasSize(2048);
            assertRefused(longest + "a");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "javascript:alert(1)",
                    "JavaScript:alert(1)",
                    "javascript://app.example/%0aalert(1)",
                    "data:text/html,x",
                    "vbscript:x",
                    "file:///etc/passwd",
                    "about:blank",
                    "blob:https://app.example/x",
                    "ftp://app.example/cb",
                    "ws://localhost/cb",
                    "urn:ietf:wg:oauth:2.0:oob",
                    "myapp:/cb",
                    ".app:/cb"
                })
        void refuses_schemes_that_are_nobodys(String value) {
            assertRefused(value);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://app.example/cb",
                    "http://127.0.0.1.evil.example/cb",
                    "http://localhost.evil.example/cb",
                    "http://evil.example/localhost",
                    "http://localhost@evil.example/cb",
                    "http://localhost:1@evil.example/cb",
                    "http://localhost:80:80/cb",
                    "http://localhost:/cb",
                    "http://127.0.0.2/cb",
                    "http://127.1/cb",
                    "http://2130706433/cb",
                    "http://0177.0.0.1/cb",
                    "http://0.0.0.0/cb",
                    "http://[::]/cb",
                    "http://[::ffff:127.0.0.1]/cb",
                    "http://localhost:0/cb",
                    "http://localhost:65536/cb",
                    "http://localhost.:80/cb",
                    "http://local%68ost/cb",
                    "HTTP://LOCALHOST/cb"
                })
        void lets_http_go_nowhere_but_to_the_machine_itself(String value) {
            assertRefused(value);
        }

        @Test
        void refuses_or_keeps_random_text() {
            Random random = new Random(7636);
            for (int count = 0; count < 20_000; count++) {
                byte[] octets = new byte[random.nextInt(40)];
                random.nextBytes(octets);
                String text = (count % 2 == 0 ? "https://" : "") + new String(octets, StandardCharsets.ISO_8859_1);
                RedirectUri.find(text)
                        .ifPresent(
                                uri -> assertThat(uri.value()).isEqualTo(text).matches("[\\x21-\\x7E]+"));
            }
        }

        private void assertRefused(String value) {
            assertThat(RedirectUri.find(value)).isEmpty();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new RedirectUri(value))
                    .withMessageStartingWith("redirect URI must")
                    .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("evil", "secret"));
        }
    }

    @Nested
    class Rfc_8252_7 {

        @ParameterizedTest
        @CsvSource({
            "http://127.0.0.1:1/cb, true",
            "http://127.0.0.1/cb, true",
            "http://[::1]:9/cb, true",
            "http://localhost, true",
            "https://localhost:1/cb, false",
            "https://app.example/cb, false",
            "com.example.app:/cb, false"
        })
        void section_7_3_a_loopback_uri_is_http_to_the_machine(String uri, boolean loopback) {
            assertThat(new RedirectUri(uri).isLoopback()).isEqualTo(loopback);
        }

        @ParameterizedTest
        @CsvSource({
            "com.example.app:/cb, true",
            "httpsx.app:/cb, true",
            "HTTPS://app.example/cb, false",
            "http://localhost/cb, false"
        })
        void section_7_1_an_app_may_own_a_scheme(String uri, boolean isPrivate) {
            assertThat(new RedirectUri(uri).isPrivateScheme()).isEqualTo(isPrivate);
        }

        @ParameterizedTest
        @CsvSource({
            "http://127.0.0.1/cb, http://127.0.0.1:51004/cb, true",
            "http://127.0.0.1:1/cb, http://127.0.0.1:2/cb, true",
            "http://127.0.0.1/cb?a=b, http://127.0.0.1:2/cb?a=b, true",
            "http://[::1]/cb, http://[::1]:2/cb, true",
            "http://localhost:1, http://localhost:2, true",
            "http://127.0.0.1/cb, http://127.0.0.1:2/cb/, false",
            "http://127.0.0.1/cb, http://127.0.0.1:2/CB, false",
            "http://127.0.0.1/cb, http://127.0.0.1:2/cb?a=b, false",
            "http://127.0.0.1?a=b, http://127.0.0.1:2/?a=b, false",
            "http://127.0.0.1/cb, http://localhost:2/cb, false",
            "http://127.0.0.1/cb, http://[::1]:2/cb, false",
            "https://app.example/cb, https://app.example:2/cb, false",
            "https://app.example/cb, https://app.example/cb, false"
        })
        void section_7_3_nothing_but_the_port_may_differ(String one, String other, boolean same) {
            assertThat(new RedirectUri(one).isSameButForLoopbackPort(new RedirectUri(other)))
                    .isEqualTo(same);
            assertThat(new RedirectUri(other).isSameButForLoopbackPort(new RedirectUri(one)))
                    .isEqualTo(same);
        }
    }
}
