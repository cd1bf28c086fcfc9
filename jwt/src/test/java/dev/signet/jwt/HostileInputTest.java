package dev.signet.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.jwt.claims.ClaimsRules;
import dev.signet.jwt.json.JsonException;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.DecryptionKey;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.KeyException;
import dev.signet.jwt.key.MacKey;
import dev.signet.jwt.key.SigningKey;
import dev.signet.jwt.key.VerificationKey;
import dev.signet.testkit.Requirement;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever comes in, nothing but the declared exceptions comes out, and soon. */
@Requirement("8725-3.7-05")
class HostileInputTest {
    /** A MAC, because a signature a round would take most of the time. */
    private static final MacKey KEY = MacKey.of(new byte[32], JwsAlgorithm.HS256);

    private static final ClaimsRules RULES = ClaimsRules.builder()
            .types(Set.of("JWT"))
            .allowAbsentType()
            .issuer("https://as.example.com")
            .audienceContains(Set.of("https://api.example.com"))
            .require("jti")
            .build();
    private static final String[] VALUES = {
        "1e999999999",
        "-1e-999999999",
        "9".repeat(60),
        "1e400",
        "-0",
        "null",
        "true",
        "{}",
        "[]",
        "[[[[[[[[]]]]]]]]",
        "\"\"",
        "\"\\u0000\"",
        "\"\\ud83d\\ude00\"",
        "\"\\ud800\"",
        "[\"https://api.example.com\",1]",
        "\"https://as.example.com\"",
        "\"https://api.example.com\"",
        "1800000000",
        "1.8e9",
        "\"HS256\"",
        "\"none\"",
        "\"JWT\"",
        "\"x\""
    };
    private static final String[] NAMES = {
        "iss", "sub", "aud", "exp", "nbf", "iat", "jti", "alg", "typ", "kid", "cty", "crit", "zip", "b64", "jwk", "enc",
        "epk", "a"
    };

    private final Random random = new Random(20_260_102);

    private String object() {
        StringBuilder json = new StringBuilder("{");
        int size = random.nextInt(8);
        for (int member = 0; member < size; member++) {
            json.append(member == 0 ? "" : ",")
                    .append('"')
                    .append(pick(NAMES))
                    .append("\":")
                    .append(pick(VALUES));
        }
        return json.append('}').toString();
    }

    private String pick(String[] choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String garbage(int most) {
        char[] text = new char[random.nextInt(most)];
        for (int at = 0; at < text.length; at++) {
            text[at] = switch (random.nextInt(4)) {
                case 0 -> '.';
                case 1 -> (char) random.nextInt(0x10000);
                default -> "ABCabc012-_=".charAt(random.nextInt(12));
            };
        }
        return new String(text);
    }

    @Test
    @Timeout(60)
    void random_text_is_rejected() {
        for (int round = 0; round < 50_000; round++) {
            String text = garbage(200);
            assertThat(outcome(text)).isNotNull();
            assertThat(decryption(text)).isNotNull();
        }
    }

    @Test
    @Timeout(60)
    void signed_nonsense_is_judged() {
        int valid = 0;
        for (int round = 0; round < 20_000; round++) {
            boolean likely = random.nextBoolean();
            String header = likely ? "{\"alg\":\"HS256\"}" : object();
            String payload = random.nextInt(4) == 0
                    ? object()
                    : "{\"iss\":\"https://as.example.com\",\"aud\":" + pick(VALUES) + ",\"exp\":" + pick(VALUES)
                            + ",\"jti\":" + pick(VALUES) + ",\"iat\":" + pick(VALUES) + "}";
            valid += outcome(Tokens.sign(KEY, header, payload)).equals("valid") ? 1 : 0;
        }
        assertThat(valid).isPositive();
    }

    @Test
    @Timeout(60)
    void random_key_sets_are_read_or_refused() {
        List<String> good = List.of(
                Tokens.ES256_KEY.verificationKey().toJwk().toJson(),
                Tokens.RSA_KEY.verificationKey().toJwk().toJson(),
                Tokens.ED25519_KEY.toPrivateJwk().toJson());
        for (int round = 0; round < 1_500; round++) {
            byte[] document = ("{\"keys\":[" + good.get(random.nextInt(3)) + "]}").getBytes(StandardCharsets.UTF_8);
            for (int change = random.nextInt(4); change >= 0; change--) {
                document[random.nextInt(document.length)] = (byte)
                        (random.nextInt(4) == 0 ? random.nextInt(256) : "AQ0_\"{}[]:,kty".charAt(random.nextInt(14)));
            }
            assertThat(keys(document)).isNotNull();
        }
    }

    @Test
    @Timeout(20)
    void the_largest_tokens_are_judged_soon() {
        int room = UnverifiedJwt.MAXIMUM_LENGTH * 3 / 4 - 200;
        String header = "{\"alg\":\"HS256\"}";
        for (String unit : List.of("\\n", "\\u00e9", "é", "a", "\"", "[", "{\"a\":", "1,", " ")) {
            String filling = unit.repeat(room / unit.getBytes(StandardCharsets.UTF_8).length);
            for (String payload : List.of("{\"a\":\"" + filling + "\"}", "{\"a\":[" + filling + "1]}", filling)) {
                for (int round = 0; round < 20; round++) {
                    assertThat(outcome(Tokens.sign(KEY, header, payload))).isNotNull();
                }
            }
        }
        StringBuilder colliding = new StringBuilder("{");
        for (int member = 0; member < 1_900; member++) {
            // Names with equal hash codes: "Aa" and "BB" in every combination.
            String name =
                    Integer.toBinaryString(0x800 | member).replace("0", "Aa").replace("1", "BB");
            colliding.append('"').append(name).append("\":0,");
        }
        assertThat(outcome(Tokens.sign(KEY, header, colliding + "\"exp\":0}"))).isNotNull();
    }

    private static String outcome(String token) {
        try {
            VerifiedJwt verified = UnverifiedJwt.parse(token).verify(List.of(KEY));
            verified.claims().toJson();
            RULES.check(verified, Instant.ofEpochSecond(1_800_000_000L - 60));
            return "valid";
        } catch (JwtRejected rejected) {
            assertThat(rejected.getMessage()).hasSizeLessThan(200);
            return rejected.reason().name();
        }
    }

    private static String decryption(String token) {
        try {
            return EncryptedJwt.parse(token)
                    .decrypt(List.of(), DecryptionKey.ALGORITHMS, EncryptedJwt.ENCRYPTIONS)
                    .toString();
        } catch (JwtRejected rejected) {
            return rejected.reason().name();
        }
    }

    private static String keys(byte[] document) {
        try {
            return JwkSet.parse(document, CryptoProvider.jdk()).toString()
                    + Arrays.asList(readers(JsonObject.parse(document)));
        } catch (KeyException | JsonException refused) {
            return "refused";
        }
    }

    private static String readers(JsonObject document) {
        for (JsonObject jwk : document.findObjects("keys").orElse(List.of())) {
            try {
                VerificationKey.fromJwk(jwk, CryptoProvider.jdk());
            } catch (KeyException refused) {
                continue;
            }
        }
        for (JsonObject jwk : document.findObjects("keys").orElse(List.of())) {
            try {
                SigningKey.fromJwk(jwk, CryptoProvider.jdk());
            } catch (KeyException refused) {
                continue;
            }
        }
        return "read";
    }
}
