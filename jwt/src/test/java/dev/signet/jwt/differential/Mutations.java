package dev.signet.jwt.differential;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** Seeded changes to a JWT: to its text, to the octets of its JSON, and to its members; the latter two signed anew. */
final class Mutations {

    static final String ISSUER = "https://as.example.com";
    static final String AUDIENCE = "https://api.example.com";
    static final long NOW = 1_800_000_000L;

    private static final int STOCK = 50;
    private static final String ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/=. \n\u00e4";

    private static final String[] HEADER_MEMBERS = {
        "\"typ\":\"at+jwt\"",
        "\"typ\":\"application/at+jwt\"",
        "\"typ\":\"AT+JWT\"",
        "\"typ\":\"JWT\"",
        "\"typ\":[\"at+jwt\"]",
        "\"typ\":null",
        "\"alg\":\"none\"",
        "\"alg\":\"HS256\"",
        "\"alg\":\"ES384\"",
        "\"alg\":null",
        "\"crit\":[]",
        "\"crit\":[\"exp\"],\"exp\":1",
        "\"crit\":[\"b64\"],\"b64\":false",
        "\"b64\":true",
        "\"zip\":\"DEF\"",
        "\"kid\":\"other\"",
        "\"kid\":7",
        "\"kid\":\"../../etc\"",
        "\"jwk\":{\"kty\":\"oct\",\"k\":\"AAAA\"}",
        "\"jku\":\"https://evil.example.com/keys\"",
        "\"x5c\":[\"AAAA\"]",
        "\"cty\":\"json\"",
        "\"\\u0061lg\":\"none\"",
        "\"x\":{\"a\":1,\"a\":2}",
        "\"x\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]"
    };

    private static final String[] CLAIMS = {
        "\"exp\":1800000100.5",
        "\"exp\":1.8000001e9",
        "\"exp\":\"1800000100\"",
        "\"exp\":-1",
        "\"exp\":1e999999999",
        "\"exp\":99999999999999999999",
        "\"exp\":1799999000",
        "\"exp\":1799999990",
        "\"exp\":null",
        "\"nbf\":1800000500",
        "\"nbf\":\"x\"",
        "\"nbf\":1800000010",
        "\"iat\":1799999999",
        "\"iat\":1900000000",
        "\"iat\":{}",
        "\"aud\":[\"https://api.example.com\"]",
        "\"aud\":[\"https://other.example.com\",\"https://api.example.com\"]",
        "\"aud\":[]",
        "\"aud\":[1]",
        "\"aud\":[\"https://api.example.com\",null]",
        "\"aud\":\"https://api.example.com/\"",
        "\"aud\":{}",
        "\"iss\":\"https://as.example.com/\"",
        "\"iss\":\"HTTPS://as.example.com\"",
        "\"iss\":[\"https://as.example.com\"]",
        "\"iss\":\"https:\\/\\/as.example.com\"",
        "\"sub\":\"\"",
        "\"sub\":7",
        "\"sub\":\"\\ud800\"",
        "\"sub\":\"a\\u0000b\"",
        "\"\\u0073ub\":\"bob\"",
        "\"x\":1e400",
        "\"x\":01",
        "\"x\":NaN",
        "\"x\":'y'",
        "\"x\":true,\"x\":false",
        "/*c*/\"x\":1"
    };

    private final Random random;
    private final String algorithm;
    private final String keyId;
    private final Function<byte[], byte[]> sign;
    private final List<String> signedBefore = new ArrayList<>();

    /** @param sign the signature over a signing input, by the key that all three verifiers know */
    Mutations(long seed, String algorithm, String keyId, Function<byte[], byte[]> sign) {
        this.random = new Random(seed);
        this.algorithm = algorithm;
        this.keyId = keyId;
        this.sign = sign;
    }

    /** A JWT that every verifier accepts, with a subject and extra claims that vary. */
    String valid() {
        return signed(octets(header("")), octets(claims(extra())));
    }

    /** A valid JWT from a small stock: signing is what takes the time here. */
    private String fromStock() {
        if (signedBefore.size() < STOCK) {
            signedBefore.add(valid());
        }
        return signedBefore.get(random.nextInt(signedBefore.size()));
    }

    /** A JWT with one to three changes. */
    String mutated() {
        switch (random.nextInt(8)) {
            case 0:
                return signed(octets(header("," + one(HEADER_MEMBERS))), octets(claims(extra())));
            case 1:
                return signed(octets(header("")), octets(claims("," + one(CLAIMS))));
            case 2:
                return signed(octets(header("")), octets(replaced()));
            case 3:
                return random.nextBoolean()
                        ? signed(noisy(octets(header(""))), octets(claims("")))
                        : signed(octets(header("")), noisy(octets(claims(extra()))));
            default:
                String text = fromStock();
                for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                    text = changed(text);
                }
                return text;
        }
    }

    private String header(String more) {
        return "{\"typ\":\"at+jwt\",\"alg\":\"" + algorithm + "\",\"kid\":\"" + keyId + "\"" + more + "}";
    }

    private String claims(String more) {
        return "{\"iss\":\"" + ISSUER + "\",\"sub\":\"alice" + random.nextInt(1000) + "\",\"aud\":\"" + AUDIENCE
                + "\",\"exp\":" + (NOW + 300) + ",\"iat\":" + NOW + more + "}";
    }

    /** The claims with one of them in another form instead of its own. */
    private String replaced() {
        String member = one(CLAIMS);
        String name = member.substring(0, Math.max(member.indexOf(':'), 1));
        String claims = claims("");
        int at = claims.indexOf(name + ":");
        if (at < 0) {
            return claims(" , " + member + "\t");
        }
        int end = claims.indexOf(",\"", at);
        return claims.substring(0, at) + member + (end < 0 ? "}" : claims.substring(end));
    }

    private String extra() {
        return switch (random.nextInt(4)) {
            case 0 -> ",\"name\":\"Zo\u00eb \\\"q\\\" \\ud83d\\ude00\"";
            case 1 -> ",\"groups\":[\"a\",{\"value\":\"b\"}],\"n\":-12.5e3";
            case 2 -> ",\"x\":null,\"y\":{\"z\":[]}";
            default -> "";
        };
    }

    private byte[] noisy(byte[] octets) {
        for (int changes = 1 + random.nextInt(2); changes > 0; changes--) {
            octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
        }
        return octets;
    }

    private String changed(String text) {
        if (text.isEmpty()) {
            return ".";
        }
        int at = random.nextInt(text.length());
        String[] parts = text.split("\\.", -1);
        return switch (random.nextInt(9)) {
            case 0 -> text.substring(0, at) + letter() + text.substring(at + 1);
            case 1 -> text.substring(0, at) + text.substring(at + 1);
            case 2 -> text.substring(0, at) + letter() + text.substring(at);
            case 3 -> text.substring(0, at);
            case 4 -> text + letter();
            case 5 -> letter() + text;
            case 6 -> String.join(".", parts[parts.length - 1], parts[0]) + text.substring(at);
            case 7 -> lastLetterChanged(text);
            default -> {
                parts[random.nextInt(parts.length)] =
                        random.nextBoolean() ? "" : fromStock().split("\\.")[random.nextInt(3)];
                yield String.join(".", parts);
            }
        };
    }

    /** The end of a part, where bits may be left over that decode to nothing. */
    private String lastLetterChanged(String text) {
        int dot = random.nextBoolean() ? text.length() : text.indexOf('.');
        return dot < 1 ? text + "A" : text.substring(0, dot - 1) + letter() + text.substring(dot);
    }

    private String signed(byte[] header, byte[] claims) {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        String input = encoder.encodeToString(header) + "." + encoder.encodeToString(claims);
        return input + "." + encoder.encodeToString(sign.apply(input.getBytes(StandardCharsets.US_ASCII)));
    }

    private char letter() {
        return ALPHABET.charAt(random.nextInt(ALPHABET.length()));
    }

    private String one(String[] choices) {
        return choices[random.nextInt(choices.length)];
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
