package dev.signet.app.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.jwt.JwtSigner;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InspectedJwtTest {

    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final SigningKey KEY =
            SigningKey.generate(JwsAlgorithm.ES256, CryptoProvider.jdk(), new SecureRandom());

    private static JsonObject.Builder claims() {
        return JsonObject.builder()
                .put("iss", "https://as.example.com")
                .put("aud", "https://api.example.com")
                .put("sub", "alice")
                .put("client_id", "shop")
                .put("jti", "j1")
                .put("iat", NOW.getEpochSecond())
                .put("exp", NOW.getEpochSecond() + 600);
    }

    private static String token(UnaryOperator<JsonObject.Builder> change) {
        return JwtSigner.of(KEY, "at+jwt").sign(change.apply(claims()).build());
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
                    InspectedJwt.parse(text.toString()).lines(NOW);
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
        void of_an_unsecured_jwt_show_what_it_is() {
            String unsecured = "eyJhbGciOiJub25lIn0." + token(claims -> claims).split("\\.")[1] + ".";
            assertThat(InspectedJwt.parse(unsecured).lines(NOW)).contains("  alg  none", "  client_id  shop");
        }
    }
}
