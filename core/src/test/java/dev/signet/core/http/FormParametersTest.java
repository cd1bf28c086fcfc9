package dev.signet.core.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.signet.core.error.ErrorCode;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import dev.signet.testkit.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormParametersTest {

    private static final String VALID = "grant_type=client_credentials&scope=a+b&resource=https%3A%2F%2Fapi.example";

    @Nested
    @Requirement("6749-3.2-02")
    class Rfc_6749_appendix_B_encoding {

        @Test
        void reads_a_form() {
            FormParameters form = FormParameters.parse(VALID);
            assertThat(form.single("grant_type")).contains("client_credentials");
            assertThat(form.single("scope")).contains("a b");
            assertThat(form.all("resource")).containsExactly("https://api.example");
            assertThat(form.names()).containsExactly("grant_type", "scope", "resource");
            assertThat(form.single("absent")).isEmpty();
            assertThat(form.all("absent")).isEmpty();
        }

        @Test
        void reads_names_and_values_in_utf_8() {
            FormParameters form = FormParameters.parse("n%C3%A4me=%E2%82%AC+%F0%9F%98%80&raw=\u20ac");
            assertThat(form.single("n\u00e4me")).contains("\u20ac \ud83d\ude00");
            assertThat(form.single("raw")).contains("\u20ac");
        }

        @ParameterizedTest
        @ValueSource(strings = {"scope=%3D%26%2B%25", "sc%6fpe=%3d%26%2b%25", "scope==&b=1", "&scope=a&&b=2&"})
        void reads_escapes_and_empty_pairs(String form) {
            assertThat(FormParameters.parse(form).single("scope")).get().isIn("=&+%", "=", "a");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "scope=%",
                    "scope=%4",
                    "scope=%zz",
                    "scope=%4z",
                    "scope=%-1",
                    "scope=%%20",
                    "scope=%4&a=1",
                    "sc%ope=a",
                    "scope=a%00b",
                    "sco%00pe=a",
                    "scope=a\u0000b",
                    "scope=%C0%80", // overlong NUL
                    "scope=%C0%AF", // overlong slash
                    "scope=%E0%80%AF",
                    "scope=%F0%80%80%AF",
                    "scope=%ED%A0%80", // surrogate
                    "scope=%F4%90%80%80", // beyond Unicode
                    "scope=%80",
                    "scope=%C3",
                    "scope=%C3%28",
                    "scope=%FF"
                })
        void refuses_broken_escapes_octets_that_are_not_utf_8_and_nul(String form) {
            refused(form, RefusalReason.PARAMETER_MALFORMED);
        }

        @Test
        void refuses_raw_octets_that_are_not_utf_8() {
            assertThatExceptionOfType(OAuthException.class)
                    .isThrownBy(() -> FormParameters.parse(new byte[] {'a', '=', (byte) 0xC3, '('}));
        }

        @Test
        void reads_200_pairs_and_refuses_201() {
            assertThat(FormParameters.parse("a=b&".repeat(200)).all("a")).hasSize(200);
            refused("a=b&".repeat(201), RefusalReason.PARAMETER_MALFORMED);
        }

        @Test
        void encodes_what_it_reads_back() {
            List<Map.Entry<String, String>> parameters = List.of(
                    Map.entry("scope", "a b&=+%\u20ac"), Map.entry("resource", "x"), Map.entry("resource", "y"));
            String form = FormParameters.encode(parameters);
            assertThat(form).isEqualTo("scope=a+b%26%3D%2B%25%E2%82%AC&resource=x&resource=y");
            assertThat(FormParameters.parse(form).all("resource")).containsExactly("x", "y");
            assertThat(FormParameters.parse(form).single("scope")).contains("a b&=+%\u20ac");
            assertThat(FormParameters.encode(List.of())).isEmpty();
        }
    }

    @Nested
    @Requirement("6749-3.1-04")
    class Rfc_6749_3_2_parameters_without_a_value {

        @ParameterizedTest
        @ValueSource(strings = {"scope=", "scope", "scope&grant_type=x", ""})
        void count_as_omitted(String form) {
            assertThat(FormParameters.parse(form).single("scope")).isEmpty();
            assertThat(FormParameters.parse(form).all("scope")).isEmpty();
        }

        @Test
        void are_missing_where_one_is_required() {
            assertThat(FormParameters.parse("scope=a").require("scope")).isEqualTo("a");
            assertThatExceptionOfType(OAuthException.class)
                    .isThrownBy(() -> FormParameters.parse("scope=").require("scope"))
                    .satisfies(refusal -> {
                        assertThat(refusal.error().code()).isEqualTo(ErrorCode.INVALID_REQUEST);
                        assertThat(refusal.error().description()).isEqualTo("scope is missing");
                        assertThat(refusal.reason()).isEqualTo(RefusalReason.PARAMETER_MISSING);
                    });
        }

        @Test
        void that_are_unknown_are_ignored() {
            FormParameters form = FormParameters.parse(VALID + "&foo=1&foo=2");
            form.requireUnrepeated(Set.of());
            assertThat(form.single("grant_type")).contains("client_credentials");
        }
    }

    @Nested
    @Requirement({"6749-3.1-05", "D-48"})
    class Rfc_6749_3_2_repeated_parameters {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "grant_type",
                    "client_id",
                    "client_secret",
                    "client_assertion",
                    "client_assertion_type",
                    "assertion",
                    "scope",
                    "code",
                    "code_verifier",
                    "redirect_uri",
                    "refresh_token"
                })
        void are_refused_if_known_whether_used_or_not(String name) {
            FormParameters once = FormParameters.parse(name + "=a");
            once.requireUnrepeated(Set.of());
            assertThat(once.single(name)).contains("a");
            for (String form : List.of(name + "=a&" + name + "=a", name + "=a&" + name + "=", name + "&" + name)) {
                FormParameters twice = FormParameters.parse(form);
                repeated(name, () -> twice.requireUnrepeated(Set.of("resource")));
                repeated(name, () -> twice.single(name));
            }
        }

        @Test
        void are_read_where_an_extension_lets_them_repeat() {
            FormParameters form = FormParameters.parse("resource=a&resource=b&resource=");
            form.requireUnrepeated(Set.of("resource"));
            assertThat(form.all("resource")).containsExactly("a", "b");
            repeated("resource", () -> form.requireUnrepeated(Set.of()));
        }

        @Test
        @Requirement("6749-3.1-05")
        void may_come_from_two_places() {
            FormParameters query = FormParameters.parse("state=a&x=1");
            FormParameters both = query.and(FormParameters.parse("state=b&nonce=c&x=2"));
            assertThat(both.all("state")).containsExactly("a", "b");
            assertThat(both.single("nonce")).contains("c");
            repeated("state", () -> both.requireUnrepeated(Set.of()));
            query.requireUnrepeated(Set.of());
            assertThat(query.names()).containsExactlyInAnyOrder("state", "x");
        }

        @Test
        void are_not_named_if_unknown() {
            assertThatExceptionOfType(OAuthException.class)
                    .isThrownBy(
                            () -> FormParameters.parse("hostile=a&hostile=b").single("hostile"))
                    .satisfies(refusal -> {
                        assertThat(refusal.error().description()).doesNotContain("hostile");
                        assertThat(refusal.getMessage()).doesNotContain("hostile");
                    });
        }

        private void repeated(String name, Runnable call) {
            assertThatExceptionOfType(OAuthException.class)
                    .isThrownBy(call::run)
                    .satisfies(refusal -> {
                        assertThat(refusal.error().code()).isEqualTo(ErrorCode.INVALID_REQUEST);
                        assertThat(refusal.error().description()).isEqualTo(name + " comes more than once");
                        assertThat(refusal.reason()).isEqualTo(RefusalReason.PARAMETER_REPEATED);
                    });
        }
    }

    @Test
    void text_form_has_neither_values_nor_unknown_names() {
        assertThat(FormParameters.parse("client_secret=hush&s3cr3t=x"))
                .hasToString("FormParameters[client_secret] and 1 unknown");
    }

    @Test
    void random_octets_are_read_or_refused_as_invalid_request() {
        Random random = new Random(20260102);
        byte[] alphabet = "a=&%+0fF2C38\u0000\u00ff".getBytes(UTF_8);
        for (int round = 0; round < 50_000; round++) {
            byte[] form = new byte[random.nextInt(24)];
            for (int index = 0; index < form.length; index++) {
                form[index] =
                        random.nextInt(8) == 0 ? (byte) random.nextInt() : alphabet[random.nextInt(alphabet.length)];
            }
            try {
                FormParameters parameters = FormParameters.parse(form);
                assertThat(FormParameters.parse(FormParameters.encode(pairs(parameters)))
                                .toString())
                        .isEqualTo(parameters.toString());
            } catch (OAuthException refusal) {
                assertThat(refusal.reason()).isEqualTo(RefusalReason.PARAMETER_MALFORMED);
            }
        }
    }

    private static List<Map.Entry<String, String>> pairs(FormParameters parameters) {
        List<Map.Entry<String, String>> pairs = new ArrayList<>();
        for (String name : parameters.names()) {
            pairs.add(Map.entry(name, String.join("", parameters.all(name))));
        }
        return pairs;
    }

    private static void refused(String form, RefusalReason reason) {
        assertThatExceptionOfType(OAuthException.class)
                .isThrownBy(() -> FormParameters.parse(form))
                .satisfies(refusal -> {
                    assertThat(refusal.error().code()).isEqualTo(ErrorCode.INVALID_REQUEST);
                    assertThat(refusal.reason()).isEqualTo(reason);
                });
    }
}
