package dev.signet.core.introspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.jwt.JwtRejected;
import dev.signet.jwt.JwtSigner;
import dev.signet.jwt.Reason;
import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.VerifiedJwt;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.SigningKey;
import dev.signet.testkit.Requirement;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class IntrospectionJwtTest {

    private static final Issuer ISSUER = Issuer.of("https://as.example.com");
    private static final ClientId API = new ClientId("orders-api");
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00.789Z");
    private static final SigningKey KEY =
            SigningKey.generate(JwsAlgorithm.ES256, CryptoProvider.jdk(), new SecureRandom());
    private static final JsonObject ANSWER =
            JsonObject.builder().put("active", true).put("sub", "alice").build();

    private static JsonObject claims() {
        return IntrospectionJwt.claims(ISSUER, API, NOW, ANSWER);
    }

    private static void check(String type, JsonObject claims) {
        VerifiedJwt jwt = UnverifiedJwt.parse(JwtSigner.of(KEY, type).sign(claims))
                .verify(JwkSet.of(List.of(KEY.verificationKey())), Set.of(JwsAlgorithm.ES256));
        IntrospectionJwt.rules(ISSUER, API, Duration.ofSeconds(30)).check(jwt, NOW);
    }

    private static void isRefused(Reason reason, String type, JsonObject.Builder claims) {
        assertThatExceptionOfType(JwtRejected.class)
                .isThrownBy(() -> check(type, claims.build()))
                .satisfies(rejected -> assertThat(rejected.reason()).isEqualTo(reason));
    }

    @Test
    @Requirement({"9701-5-02", "9701-5-03", "9701-5-04"})
    void says_who_asks_whom_when_and_the_rest_in_one_object() {
        assertThat(claims())
                .isEqualTo(JsonObject.parse("{\"iss\":\"https://as.example.com\",\"aud\":\"orders-api\","
                        + "\"iat\":1795262400,\"token_introspection\":{\"active\":true,\"sub\":\"alice\"}}"));
    }

    @Nested
    @DisplayName("RFC 9701 §8.1: what is believed")
    class Rules {

        @Test
        @Requirement("9701-8.1-01")
        void is_of_the_type() {
            check("token-introspection+jwt", claims());
            check("Token-Introspection+JWT", claims());
            isRefused(Reason.TYPE, "JWT", claims().toBuilder());
            isRefused(Reason.TYPE, "at+jwt", claims().toBuilder());
        }

        @Test
        @Requirement({"9701-8.1-01", "9701-5-02"})
        void is_of_the_issuer_for_the_one_who_asks_and_fresh() {
            String type = IntrospectionJwt.TYPE;
            isRefused(Reason.ISSUER, type, claims().toBuilder().put("iss", "https://other.example.com"));
            isRefused(Reason.AUDIENCE, type, claims().toBuilder().put("aud", "stock-api"));
            isRefused(Reason.AUDIENCE, type, claims().toBuilder().put("aud", List.of("orders-api", "stock-api")));
            isRefused(Reason.MISSING_CLAIM, type, claims().toBuilder().remove("aud"));
            isRefused(Reason.MISSING_CLAIM, type, claims().toBuilder().remove("iat"));
            long issued = NOW.getEpochSecond();
            isRefused(Reason.EXPIRED, type, claims().toBuilder().put("iat", issued - 90));
            isRefused(Reason.ISSUED_IN_FUTURE, type, claims().toBuilder().put("iat", issued + 31));
            check(type, claims().toBuilder().put("iat", issued - 89).build());
            check(type, claims().toBuilder().put("aud", List.of("orders-api")).build());
        }
    }
}
