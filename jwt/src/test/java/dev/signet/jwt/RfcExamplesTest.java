package dev.signet.jwt;

import static dev.signet.jwt.Rejections.assertRejected;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.MacKey;
import dev.signet.jwt.key.SigningKey;
import dev.signet.jwt.key.VerificationKey;
import dev.signet.testkit.Requirement;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The examples printed in the specifications. */
class RfcExamplesTest {
    private static final String PAYLOAD =
            "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

    private static VerificationKey key(String jwk) {
        return VerificationKey.fromJwk(JsonObject.parse(jwk), CryptoProvider.jdk());
    }

    private static void assertPayload(JsonObject claims) {
        assertThat(claims.findString("iss")).contains("joe");
        assertThat(claims.findLong("exp")).contains(1_300_819_380L);
        assertThat(claims.findBoolean("http://example.com/is_root")).contains(true);
    }

    @Nested
    class Rfc7515_appendix_A {
        @Test
        void A_1_and_rfc7519_section_3_1_hs256() {
            byte[] secret = Base64.getUrlDecoder()
                    .decode("AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow");
            String token = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9." + PAYLOAD
                    + ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
            VerifiedJwt verified = UnverifiedJwt.parse(token).verify(List.of(MacKey.of(secret, JwsAlgorithm.HS256)));
            assertPayload(verified.claims());
            assertThat(verified.key()).isEmpty();
        }

        @Test
        void A_2_rs256() {
            VerificationKey key = key("""
                    {"kty":"RSA","e":"AQAB","alg":"RS256",
                     "n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL\
                    -yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KX\
                    BdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaG\
                    Nj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ"}
                    """);
            String token = "eyJhbGciOiJSUzI1NiJ9." + PAYLOAD + ".cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJ"
                    + "bu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLg"
                    + "rnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZE"
                    + "Sc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
            assertPayload(UnverifiedJwt.parse(token)
                    .verify(JwkSet.of(List.of(key)), Set.of(JwsAlgorithm.RS256))
                    .claims());
        }

        @Test
        void A_3_es256() {
            VerificationKey key = key("""
                    {"kty":"EC","crv":"P-256",
                     "x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
                     "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}
                    """);
            String token = "eyJhbGciOiJFUzI1NiJ9." + PAYLOAD
                    + ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
            assertPayload(UnverifiedJwt.parse(token)
                    .verify(JwkSet.of(List.of(key)), Set.of(JwsAlgorithm.ES256))
                    .claims());
        }

        @Test
        void A_4_es512_whose_payload_is_no_json() {
            VerificationKey key = key("""
                    {"kty":"EC","crv":"P-521",
                     "x":"AekpBQ8ST8a8VcfVOTNl353vSrDCLLJXmPk06wTjxrrjcBpXp5EOnYG_NjFZ6OvLFV1jSfS9tsz4qUxcWceqwQGk",
                     "y":"ADSmRA43Z1DSNx_RvcLI87cdL07l6jQyyBXMoxVg_l2Th-x3S1WDhjDly79ajL4Kkd0AZMaZmh9ubmf63e3kyMj2"}
                    """);
            byte[] input = "eyJhbGciOiJFUzUxMiJ9.UGF5bG9hZA".getBytes(StandardCharsets.US_ASCII);
            String signature =
                    "AdwMgeerwtHoh-l192l60hp9wAHZFVJbLfD_UxMi70cwnZOYaRI1bKPWROc-mZZqwqT2SI-KGDKB34XO0aw_7XdtAG8G"
                            + "aSwFKdCAPZgoXD2YBJZCPEX3xKpRwcdOO8KpEHwJjyqOgzDO7iKvU8vcnwNrmxYbSW9ERBXukOXolLzeO_Jn";
            assertThat(key.verifies(
                            JwsAlgorithm.ES512,
                            input,
                            0,
                            input.length,
                            Base64.getUrlDecoder().decode(signature)))
                    .isTrue();
            assertRejected(Reason.BAD_JSON, () -> UnverifiedJwt.parse("eyJhbGciOiJFUzUxMiJ9.UGF5bG9hZA." + signature));
        }

        @Test
        @Requirement({"8725-3.2-05", "8725-3.2-04"})
        void A_5_and_rfc7519_section_6_1_unsecured_is_refused() {
            assertRejected(Reason.ALGORITHM_UNKNOWN, () -> UnverifiedJwt.parse("eyJhbGciOiJub25lIn0." + PAYLOAD + "."));
        }
    }

    @Nested
    class Rfc7638_section_3_1 {
        @Test
        void thumbprint() {
            VerificationKey key = key("""
                    {"kty":"RSA","e":"AQAB","alg":"RS256","kid":"2011-04-29",
                     "n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKR\
                    XjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs\
                    8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_x\
                    BniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw"}
                    """);
            assertThat(key.thumbprint()).isEqualTo("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
            assertThat(key.keyId()).contains("2011-04-29");
        }
    }

    @Nested
    class Rfc8037_appendix_A {
        private static final String PUBLIC =
                "\"kty\":\"OKP\",\"crv\":\"Ed25519\"," + "\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"";
        private final byte[] input =
                ("eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc").getBytes(StandardCharsets.US_ASCII);
        private final byte[] signature = Base64.getUrlDecoder()
                .decode("hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");

        @Test
        void A_3_thumbprint() {
            assertThat(key("{" + PUBLIC + "}").thumbprint()).isEqualTo("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
        }

        @Test
        void A_4_signing() {
            SigningKey key = SigningKey.fromJwk(
                    JsonObject.parse("{\"d\":\"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A\"," + PUBLIC + "}"),
                    CryptoProvider.jdk());
            assertThat(key.sign(input)).isEqualTo(signature);
        }

        @Test
        void A_5_validation() {
            VerificationKey key = key("{" + PUBLIC + "}");
            assertThat(key.verifies(JwsAlgorithm.EdDSA, input, 0, input.length, signature))
                    .isTrue();
            assertThat(key.verifies(JwsAlgorithm.Ed25519, input, 0, input.length, signature))
                    .isTrue();
            assertThat(key.verifies(JwsAlgorithm.EdDSA, input, 0, input.length - 1, signature))
                    .isFalse();
        }
    }
}
