package dev.signet.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceivedChallengeTest {

    private static List<ReceivedChallenge> parse(String... lines) {
        return ReceivedChallenge.parse(List.of(lines));
    }

    private static ReceivedChallenge challenge(String scheme, String... parameters) {
        Map<String, String> named = new java.util.LinkedHashMap<>();
        for (int index = 0; index < parameters.length; index += 2) {
            named.put(parameters[index], parameters[index + 1]);
        }
        return new ReceivedChallenge(scheme, named);
    }

    @Nested
    @DisplayName("RFC 9110 §11.6.1: what is read")
    class Read {

        @Test
        void our_own_challenge() {
            Challenge sent = Challenge.builder("Bearer")
                    .realm("orders")
                    .parameter("resource_metadata", "https://api.example/m?a=b")
                    .build();

            assertThat(parse(sent.toString()))
                    .containsExactly(
                            challenge("bearer", "realm", "orders", "resource_metadata", "https://api.example/m?a=b"));
        }

        @Test
        void several_in_one_line_and_in_several() {
            assertThat(parse("Negotiate, , Basic realm=x , DPoP algs=\"ES256 PS256\", error = invalid_token", "Bearer"))
                    .containsExactly(
                            challenge("negotiate"),
                            challenge("basic", "realm", "x"),
                            challenge("dpop", "algs", "ES256 PS256", "error", "invalid_token"),
                            challenge("bearer"));
        }

        @Test
        void credentials_of_another_form() {
            assertThat(parse("Negotiate YWJj==, Bearer realm=\"a, b\""))
                    .containsExactly(challenge("negotiate"), challenge("bearer", "realm", "a, b"));
        }

        @Test
        void escaped_characters_and_names_in_any_case() {
            ReceivedChallenge challenge =
                    parse("bEARER Error_Description=\"say \\\"no\\\"\"").get(0);
            assertThat(challenge.find("error_description")).contains("say \"no\"");
            assertThat(challenge.find("ERROR_DESCRIPTION")).contains("say \"no\"");
            assertThat(challenge).hasToString("bearer with [error_description]");
        }
    }

    @Nested
    @DisplayName("RFC 9110 §11.6.1: what is not")
    class NotRead {

        @ParameterizedTest
        @ValueSource(strings = {"", " , ", "=x", "\"Bearer\"", "Bearer;realm=x", "\u00fcber realm=x"})
        void no_challenge_at_all(String line) {
            assertThat(parse(line)).isEmpty();
        }

        @Test
        void what_follows_a_fault() {
            assertThat(parse("Bearer realm=x error=y, scope=z, Basic realm=r", "DPoP algs=a"))
                    .containsExactly(challenge("bearer", "realm", "x"), challenge("dpop", "algs", "a"));
            assertThat(parse("Bearer realm=\"never ends, Basic realm=r")).containsExactly(challenge("bearer"));
        }

        @Test
        void a_challenge_that_says_one_thing_twice() {
            assertThat(parse("Bearer realm=x, REALM=y, Basic realm=z"))
                    .containsExactly(challenge("basic", "realm", "z"));
        }

        @Test
        void garbage() {
            Random random = new Random(20261121);
            String alphabet = "ab=,\" \\\t/~\u00e9;Bearer";
            for (int round = 0; round < 20_000; round++) {
                StringBuilder line = new StringBuilder();
                for (int length = random.nextInt(40); length > 0; length--) {
                    line.append(alphabet.charAt(random.nextInt(alphabet.length())));
                }
                assertThatCode(() -> parse(line.toString())).doesNotThrowAnyException();
            }
        }
    }
}
