package dev.signet.benchmarks.load;

import dev.signet.benchmarks.Crypto;
import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.core.JwtId;
import dev.signet.core.assertion.AssertionGrant;
import dev.signet.core.assertion.ClientAssertion;
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
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Who sends the load: a client with a secret, a client with a key, and an issuer whose assertions the first may exchange.
 *
 * @param secret of {@link #SECRET_CLIENT}
 * @param clientKey of {@link #KEY_CLIENT}
 * @param issuerKey of {@link #TRUSTED_ISSUER}
 */
record LoadParties(String secret, SigningKey clientKey, SigningKey issuerKey) {

    static final String SECRET_CLIENT = "secret-client";
    static final ClientId KEY_CLIENT = new ClientId("key-client");
    static final String TRUSTED_ISSUER = "https://ci.example.com";

    private static final String SUBJECT = "repo:example/shop";

    /** The server takes client assertions that live 300 s at most; a round begins at once. */
    private static final Duration ASSERTION_LIFETIME = Duration.ofSeconds(290);

    static LoadParties create() {
        SecureRandom random = new SecureRandom();
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        return new LoadParties(
                HexFormat.of().formatHex(secret),
                SigningKey.generate(JwsAlgorithm.ES256, Crypto.ACCP.toSignet(), random),
                SigningKey.generate(JwsAlgorithm.ES256, Crypto.ACCP.toSignet(), random));
    }

    /** The parties as the configuration has them. */
    String yaml() {
        return """
                clients:
                  - {client_id: %s, token_endpoint_auth_method: client_secret_basic, client_secret: "%s", grant_types: [client_credentials, "%s"], scope: orders.read}
                  - {client_id: %s, token_endpoint_auth_method: private_key_jwt, grant_types: [client_credentials], scope: orders.read, jwks: {keys: [%s]}}
                trusted_issuers:
                  - {issuer: "%s", jwks: {keys: [%s]}, algorithms: [ES256], subjects: ["%s"], scope: orders.read}
                """.formatted(
                        SECRET_CLIENT,
                        secret,
                        AssertionGrant.GRANT_TYPE,
                        KEY_CLIENT.value(),
                        publicJwk(clientKey),
                        TRUSTED_ISSUER,
                        publicJwk(issuerKey),
                        SUBJECT);
    }

    private static String publicJwk(SigningKey key) {
        return key.verificationKey().toJwk().toJson();
    }

    /** Writes requests of {@link #KEY_CLIENT} for client credentials, each with an assertion of its own. */
    void writeClientAssertions(Issuer server, Path files) throws IOException {
        JwtSigner signer = JwtSigner.of(clientKey, ClientAssertion.TYPE);
        write(
                files,
                "grant_type=client_credentials&client_assertion_type="
                        + "urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion=",
                signer,
                () -> ClientAssertion.claims(KEY_CLIENT, server, newId(), now(), ASSERTION_LIFETIME));
    }

    /** Writes requests to exchange an assertion of {@link #TRUSTED_ISSUER}, each with one of its own. */
    void writeGrantAssertions(Issuer server, Path files) throws IOException {
        JwtSigner signer = JwtSigner.of(issuerKey, AssertionGrant.TYPE);
        write(
                files,
                "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=",
                signer,
                () -> AssertionGrant.claims(TRUSTED_ISSUER, SUBJECT, server, newId(), now(), ASSERTION_LIFETIME));
    }

    /** A file of request bodies for each thread of the load generator. */
    private static void write(Path files, String before, JwtSigner signer, Supplier<JsonObject> claims)
            throws IOException {
        for (int file = 0; file < Wrk.THREADS; file++) {
            try (BufferedWriter out = Files.newBufferedWriter(Path.of(files + "." + file), StandardCharsets.US_ASCII)) {
                for (int i = 0; i < Wrk.MOST_REQUESTS_A_THREAD; i++) {
                    out.write(before);
                    out.write(signer.sign(claims.get()));
                    out.write('\n');
                }
            }
        }
    }

    private static JwtId newId() {
        return new JwtId(UUID.randomUUID().toString());
    }

    private static Instant now() {
        return Clock.systemUTC().instant();
    }
}
