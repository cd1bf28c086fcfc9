package dev.signet.jwt;

import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.SignerKey;
import dev.signet.jwt.key.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** Tokens with any header and payload, signed as asked: what a sender without our scruples could make. */
public final class Tokens {
    public static final SigningKey ES256_KEY = generate(JwsAlgorithm.ES256);
    public static final SigningKey ED25519_KEY = generate(JwsAlgorithm.Ed25519);
    public static final SigningKey RSA_KEY =
            SigningKey.fromJwk(generate(JwsAlgorithm.RS256).toPrivateJwk(), CryptoProvider.jdk());
    public static final String CLAIMS = "{\"iss\":\"https://as.example.com\",\"exp\":1800000000}";

    private Tokens() {}

    public static SigningKey generate(JwsAlgorithm algorithm) {
        return SigningKey.generate(algorithm, CryptoProvider.jdk(), new SecureRandom());
    }

    /** The same RSA key under another of its algorithms. */
    public static SigningKey rsa(JwsAlgorithm algorithm) {
        JsonObject jwk = RSA_KEY.toPrivateJwk().toBuilder()
                .put("alg", algorithm.joseName())
                .build();
        return SigningKey.fromJwk(jwk, CryptoProvider.jdk());
    }

    public static String encode(String text) {
        return encode(text.getBytes(StandardCharsets.UTF_8));
    }

    public static String encode(byte[] octets) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    /** A token with these texts as header and payload. */
    public static String sign(SignerKey key, String header, String payload) {
        String input = encode(header) + "." + encode(payload);
        return input + "." + encode(key.sign(input.getBytes(StandardCharsets.US_ASCII)));
    }

    /** A token whose header has the right {@code alg} and these members. */
    public static String signWith(String headerMembers) {
        return sign(ES256_KEY, "{\"alg\":\"ES256\"" + headerMembers + "}", CLAIMS);
    }

    /** A good token, signed with {@link #ES256_KEY}. */
    public static String good() {
        return signWith("");
    }

    /** Checks with {@link #ES256_KEY}. */
    public static VerifiedJwt verify(String token) {
        return UnverifiedJwt.parse(token)
                .verify(JwkSet.of(List.of(ES256_KEY.verificationKey())), Set.of(JwsAlgorithm.ES256));
    }

    /** Checks with that key alone. */
    public static VerifiedJwt verify(String token, SigningKey key, JwsAlgorithm... allowed) {
        return UnverifiedJwt.parse(token).verify(JwkSet.of(List.of(key.verificationKey())), Set.of(allowed));
    }
}
