package dev.signet.benchmarks.load;

import dev.signet.benchmarks.Crypto;
import dev.signet.jwt.JwtSigner;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.SigningKey;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.UUID;

/**
 * The two clients of the load, one with a secret and one with a key.
 *
 * @param secret of {@link #SECRET_CLIENT}
 * @param key of {@link #KEY_CLIENT}
 */
record LoadClients(String secret, SigningKey key) {

    static final String SECRET_CLIENT = "secret-client";
    static final String KEY_CLIENT = "key-client";

    /** The server takes assertions that live 300 s at most; a round begins at once. */
    private static final long ASSERTION_LIFETIME_SECONDS = 290;

    static LoadClients create() {
        SecureRandom random = new SecureRandom();
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        return new LoadClients(
                HexFormat.of().formatHex(secret),
                SigningKey.generate(JwsAlgorithm.ES256, Crypto.ACCP.toSignet(), random));
    }

    /** The clients as the configuration has them. */
    String yaml() {
        return """
                clients:
                  - {client_id: %s, token_endpoint_auth_method: client_secret_basic, client_secret: "%s", grant_types: [client_credentials], scope: orders.read}
                  - {client_id: %s, token_endpoint_auth_method: private_key_jwt, grant_types: [client_credentials], scope: orders.read, jwks: {keys: [%s]}}
                """.formatted(
                SECRET_CLIENT, secret, KEY_CLIENT, key.verificationKey().toJwk().toJson());
    }

    /** Writes {@code count} request bodies, each with an assertion of its own, into each of {@code files} files. */
    void writeBodies(String issuer, Path files, int number, int count) throws IOException {
        JwtSigner signer = JwtSigner.of(key, "client-authentication+jwt");
        long now = Clock.systemUTC().instant().getEpochSecond();
        for (int file = 0; file < number; file++) {
            try (BufferedWriter out = Files.newBufferedWriter(Path.of(files + "." + file), StandardCharsets.US_ASCII)) {
                for (int i = 0; i < count; i++) {
                    out.write("grant_type=client_credentials&client_assertion_type="
                            + "urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion=");
                    out.write(signer.sign(claims(issuer, now)));
                    out.write('\n');
                }
            }
        }
    }

    private static JsonObject claims(String issuer, long now) {
        return JsonObject.builder()
                .put("iss", KEY_CLIENT)
                .put("sub", KEY_CLIENT)
                .put("aud", issuer)
                .put("iat", now)
                .put("exp", now + ASSERTION_LIFETIME_SECONDS)
                .put("jti", UUID.randomUUID().toString())
                .build();
    }
}
