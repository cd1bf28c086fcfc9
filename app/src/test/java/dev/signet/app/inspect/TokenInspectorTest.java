package dev.signet.app.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.app.inspect.Check.Verdict;
import dev.signet.jwt.JwtSigner;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.SigningKey;
import dev.signet.outbound.KeySource;
import dev.signet.testkit.Requirement;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenInspectorTest {

    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Expectation EXPECTED = new Expectation("https://as.example.com", "https://api.example.com");
    private static final SigningKey KEY =
            SigningKey.generate(JwsAlgorithm.ES256, CryptoProvider.jdk(), new SecureRandom());
    private static final SigningKey OTHER_KEY =
            SigningKey.generate(JwsAlgorithm.ES256, CryptoProvider.jdk(), new SecureRandom());

    private final TokenInspector inspector =
            new TokenInspector(EXPECTED, KeySource.of(JwkSet.of(List.of(KEY.verificationKey()))), CLOCK);

    private static JsonObject.Builder claims() {
        return JsonObject.builder()
                .put("iss", EXPECTED.issuer())
                .put("aud", EXPECTED.audience())
                .put("sub", "alice")
                .put("client_id", "shop")
                .put("jti", "j1")
                .put("iat", NOW.getEpochSecond())
                .put("exp", NOW.getEpochSecond() + 600);
    }

    private static String token(UnaryOperator<JsonObject.Builder> change) {
        return JwtSigner.of(KEY, "at+jwt").sign(change.apply(claims()).build());
    }

    private Verdicts inspect(String token) {
        return inspector.inspect(InspectedJwt.parse(token));
    }

    private static List<String> failed(Verdicts verdicts) {
        return verdicts.checks().stream()
                .filter(check -> check.verdict() == Verdict.FAILED)
                .map(Check::subject)
                .toList();
    }

    @Nested
    class Verdict_on_each_check {
        @Test
        void a_good_token_passes_all() {
            Verdicts verdicts = inspect(token(claims -> claims));
            assertThat(verdicts.whole()).isEqualTo(Verdict.PASSED);
            assertThat(verdicts.checks()).hasSizeGreaterThan(9).allMatch(check -> check.verdict() == Verdict.PASSED);
        }

        @ParameterizedTest
        @CsvSource({"iss", "aud", "sub", "client_id", "jti", "iat", "exp"})
        void a_claim_that_is_missing_fails_its_own_check_alone(String claim) {
            Verdicts verdicts = inspect(token(claims -> claims.remove(claim)));
            assertThat(verdicts.whole()).isEqualTo(Verdict.FAILED);
            assertThat(failed(verdicts)).containsExactly(claim);
        }

        @Test
        void all_that_is_wrong_shows_at_once() {
            Verdicts verdicts = inspect(JwtSigner.of(OTHER_KEY, "JWT")
                    .sign(claims().put("iss", "https://as.example.com/")
                            .put("aud", List.of("https://other.example.com"))
                            .put("exp", NOW.getEpochSecond() - 60)
                            .put("nbf", NOW.getEpochSecond() + 60)
                            .put("cnf", JsonObject.builder().put("jkt", "x").build())
                            .build()));
            assertThat(failed(verdicts)).containsExactly("typ", "iss", "aud", "exp", "nbf", "cnf", "signature");
        }

        @Test
        @Requirement("9068-4-14")
        void expiry_has_the_leeway_of_the_resource_server() {
            assertThat(inspect(token(claims -> claims.put("exp", NOW.getEpochSecond() - 29)))
                            .whole())
                    .isEqualTo(Verdict.PASSED);
            Verdicts expired = inspect(token(claims -> claims.put("exp", NOW.getEpochSecond() - 30)));
            assertThat(expired.whole()).isEqualTo(Verdict.FAILED);
            assertThat(failed(expired)).containsExactly("exp");
        }
    }

    /** The words and the resource server agree, whatever is changed in a token. */
    @Test
    void the_checks_say_what_the_resource_server_does() {
        Random random = new Random(20_261_121);
        List<String> names = List.of("iss", "aud", "sub", "client_id", "jti", "iat", "exp", "nbf", "cnf", "scope");
        List<Object> values = List.of(
                "",
                "x",
                EXPECTED.issuer(),
                EXPECTED.audience(),
                List.of(),
                List.of(EXPECTED.audience(), "x"),
                List.of(EXPECTED.audience(), 5L),
                true,
                -1L,
                NOW.getEpochSecond(),
                NOW.getEpochSecond() + 31,
                NOW.getEpochSecond() - 31,
                JsonObject.empty());
        for (int i = 0; i < 500; i++) {
            String name = names.get(random.nextInt(names.size()));
            Object value = values.get(random.nextInt(values.size()));
            String type = random.nextInt(4) == 0 ? "AT+JWT" : "at+jwt";
            String token = JwtSigner.of(random.nextInt(10) == 0 ? OTHER_KEY : KEY, type)
                    .sign(claims().put(name, value).build());
            Verdicts verdicts = inspect(token);
            assertThat(failed(verdicts).isEmpty())
                    .as("%s = %s: %s", name, value, verdicts.words())
                    .isEqualTo(verdicts.whole() == Verdict.PASSED);
        }
    }

    @Nested
    class Not_a_jwt {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "  ",
                    "x",
                    "a.b",
                    "a.b.c",
                    "a.b.c.d",
                    "e30.e30",
                    "!!.e30.x",
                    "e30.bm8.x",
                    "e30.W10.x",
                    "....."
                })
        void is_told_in_words(String text) {
            assertThatThrownBy(() -> InspectedJwt.parse(text)).isInstanceOf(NotAJwt.class);
        }

        @Test
        void random_text_never_gives_anything_else() {
            Random random = new Random(7);
            for (int i = 0; i < 2_000; i++) {
                StringBuilder text = new StringBuilder();
                for (int length = random.nextInt(60); length > 0; length--) {
                    text.append("eyJ0.-_{}\":A9\u0000\u20ac=".charAt(random.nextInt(16)));
                }
                try {
                    inspect(text.toString());
                } catch (NotAJwt e) {
                    assertThat(e.getMessage()).isNotEmpty();
                }
            }
        }
    }

    @Nested
    class Lines {
        @Test
        void show_header_and_claims_with_times_in_words() {
            assertThat(InspectedJwt.parse("Bearer " + token(claims -> claims)).lines(NOW))
                    .contains(
                            "Header",
                            "  typ  at+jwt",
                            "Claims",
                            "  client_id  shop",
                            "  exp        1795248600   2026-11-21T08:10:00Z, in 10 minutes");
        }

        @Test
        void cannot_steer_the_terminal() {
            String payload = Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString("{\"a\\u001b[2J\":\"b\\u009b\u202e\"}".getBytes(StandardCharsets.UTF_8));
            assertThat(InspectedJwt.parse("e30." + payload + ".x").lines(NOW))
                    .containsExactly("Header", "Claims", "  a\\u001b[2J  b\\u009b\\u202e");
        }

        @Test
        void of_an_encrypted_jwt_show_its_header() {
            assertThat(InspectedJwt.parse("eyJhbGciOiJSU0EtT0FFUC0yNTYifQ.a.b.c.d")
                            .lines(NOW))
                    .containsExactly(
                            "Header",
                            "  alg  RSA-OAEP-256",
                            "Claims",
                            "  encrypted: only whoever has the key can read them");
        }

        @Test
        void unsecured_and_unsigned_ones_are_shown_and_refused() {
            String unsecured = "eyJhbGciOiJub25lIn0." + token(claims -> claims).split("\\.")[1] + ".";
            Verdicts verdicts = inspect(unsecured);
            assertThat(verdicts.whole()).isEqualTo(Verdict.FAILED);
            assertThat(failed(verdicts)).contains("alg", "typ", "signature");
        }
    }
}
