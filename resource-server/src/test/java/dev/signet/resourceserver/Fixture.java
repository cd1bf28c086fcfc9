package dev.signet.resourceserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.core.error.RefusalReason;
import dev.signet.jwt.JwtSigner;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.SignerKey;
import dev.signet.jwt.key.SigningKey;
import dev.signet.resourceserver.AccessTokenOutcome.Refused;
import dev.signet.resourceserver.AccessTokenOutcome.Valid;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;

/** A valid access token and the validator that accepts it; a test changes one thing. */
final class Fixture {

    static final String ISSUER = "https://as.example.com";
    static final String AUDIENCE = "https://api.example.com/orders";
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    static final SigningKey KEY = newKey(JwsAlgorithm.ES256);
    static final SigningKey OTHER_KEY = newKey(JwsAlgorithm.ES256);

    private Fixture() {}

    static SigningKey newKey(JwsAlgorithm algorithm) {
        return SigningKey.generate(algorithm, CryptoProvider.jdk(), new SecureRandom());
    }

    /** A key of that name. */
    static SigningKey newKey(JwsAlgorithm algorithm, String keyId) {
        JsonObject.Builder jwk = newKey(algorithm).toPrivateJwk().toBuilder();
        return SigningKey.fromJwk(jwk.put("kid", keyId).build(), CryptoProvider.jdk());
    }

    static JwkSet keys(SigningKey... keys) {
        return JwkSet.of(List.of(keys).stream().map(SigningKey::verificationKey).toList());
    }

    static JsonObject.Builder claims() {
        return JsonObject.builder()
                .put("iss", ISSUER)
                .put("sub", "alice")
                .put("client_id", "reporter")
                .put("aud", AUDIENCE)
                .put("scope", "orders.read orders.write")
                .put("iat", NOW.getEpochSecond())
                .put("exp", NOW.getEpochSecond() + 600)
                .put("jti", "a-token");
    }

    static String token() {
        return token(claims());
    }

    static String token(JsonObject.Builder claims) {
        return token(KEY, "at+jwt", claims);
    }

    static String token(SignerKey key, String type, JsonObject.Builder claims) {
        return JwtSigner.of(key, type).sign(claims.build());
    }

    /** The claims under a header that no signer would write. */
    static String signed(SigningKey key, String header, JsonObject.Builder claims) {
        String signed = base64Url(header.getBytes(StandardCharsets.UTF_8)) + "."
                + base64Url(claims.build().toBytes());
        return signed + "." + base64Url(key.sign(signed.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String base64Url(byte[] octets) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    static AccessTokenValidator.Builder validator() {
        return AccessTokenValidator.builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .keys(keys(KEY))
                .clock(CLOCK);
    }

    static AccessToken accepted(AccessTokenOutcome outcome) {
        assertThat(outcome).isInstanceOf(Valid.class);
        return ((Valid) outcome).token();
    }

    /** {@code invalid_token}, as RFC 6750 §3.1 has it, for that reason. */
    static void assertInvalidToken(AccessTokenOutcome outcome, RefusalReason reason) {
        assertThat(outcome).isInstanceOf(Refused.class);
        Refused refused = (Refused) outcome;
        assertThat(refused.reason()).isEqualTo(reason);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.wwwAuthenticate()).startsWith("Bearer ").contains("error=\"invalid_token\"");
    }
}
