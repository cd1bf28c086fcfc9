package dev.signet.authorizationserver;

import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.SigningKey;

/** Keys that are the same in every run. They protect nothing. */
final class TestKeys {

    /** The key of the client named reporter. */
    static final SigningKey CLIENT = key("""
            {"crv":"P-256",
             "kty":"EC",
             "x":"fxgZsPuwVlzRUDb03xDzg22sZGVrm6aBN5kI7zPbZxw",
             "y":"0nkAM7i0wCXxlgf4kg12BrUdcVnG7XPMjw7tM_wqAZY",
             "alg":"ES256",
             "d":"IMv6mcPw9kZmCkddW5-aSfRzq9XCASfiWJRJc2BKDvA"}
            """);

    /** A key that nobody registered. */
    static final SigningKey ATTACKER = key("""
            {"crv":"P-256",
             "kty":"EC",
             "x":"wTCFDylzCtwAcEkzUUV_bHVJhZ9flR_09uE-3lCl4ts",
             "y":"nff_mj8liWnPkXMSI200SmDbseGypuiWDZsV7PDzoow",
             "alg":"ES256",
             "d":"tMUWlk3SMepVxbPvrB9qtaQgexSaGzlV3B0ziWRvSYA"}
            """);

    /** The key of the trusted issuer. */
    static final SigningKey ISSUER = key("""
            {"crv":"P-256",
             "kty":"EC",
             "x":"B1kq61UBqlmdRQqZtp-8Xnnj2Bc9yLIYB7feB885XJk",
             "y":"569BWHVF5YRpk5FQG0xLb9AUMjABFeG6ShHYM9iInpw",
             "alg":"ES256",
             "d":"Eey1fDzeeVpVDlg-A8Sm8LjNQVOx9ylNv5Qqv-stptw"}
            """);

    /** The key of the authorization server. */
    static final SigningKey SERVER = key("""
            {"crv":"P-256",
             "kty":"EC",
             "x":"hU8SBwEAJQiDZ96liT4vb5M5_dDMpxYQrTtja1FugwE",
             "y":"CxQVUk-1whAyhrXz9HjX6nlBLsTUUDX2rCbgX-rQvU8",
             "alg":"ES256",
             "d":"ouuxj4XyPjRCC8EhjfaYJCRQtLx0lg26Kf-DAeFFVaU"}
            """);

    /** An RSA key. */
    static final SigningKey RSA = key("""
            {"e":"AQAB",
             "kty":"RSA",
             "n":"xvUpL1W5mkp7ghGjrSQQTpZEytB0zNlarS4iW-MNgQF_F85KYjcL31LDzfXhH5W2IjgNh1d2yaq2_035RXTRuhb6K-9_oAhVoqJw8VykXv9q90_stOapB_QDmfneVAOzA40RpI2VA78Fyw3TziDRxRZji494pWLZsVXc915bSVl4gucJigCJ9MwRy1ACRiDOExOKMZt5M7jqsxZ_psl5uTLT9opuSwmh_KpHAjlLb_FIoO0L30Wom1Nn-k7bfntyZ6yny0eHVFl5d2bLaAOOeWsiTLDz_SoYO-eMy4Doivxyk2LDXsHBtRfh8O1IlDbJ3YnZ1qQnK2n4JR58mYMLzQ",
             "alg":"RS256",
             "d":"LGvjiKqKuKzFm7plgYxqSamabXASjARBjyYcTMjKpJGZd067Y-dncrLPfgZWf89U7Zn3R08behZwKluV-tCE3RgxPisIo0oJGLlNH06wcndzwgkp0BAqEFkGjtPvtHFpADN4i3WDHmWBnR8WudCxFWCU1D2x0bda5JHHtsFt_1eiBjp3AteL2dLsGQwFJp0tDZ3KCiqlBIF-Gh0cLEqcXlp0LOHT3LycBm-nVAvLZoxSqoXyhscKAw0PUcGYlHuwVC4YVbD8b8opc_zEk9LVbhAo2yfz7M7aVpMAecFSyo-Y2wwljuNIL5HVk6iTybL14VpPzOTaOHRiQBKU3sC73w",
             "p":"9Q0qVdRNIt3MpxjwtCf-FheiLAJt7jXGbjyETxkg4sTf8YD-g9fyVFIJ7izHSHwrs0r272KCaFqni4mkLAkoErEuei4FJ2yj-KeeyMnL0V7BawHHbo0OJDhZY1cYz8x9CmJBvfIYnQED2kO8g9W0h87-8lhC2qJPUrTUAIRxq1c",
             "q":"z9jJdet0QAHyM1Dgre_oRc--CdBgWtViWWjTJQsNGO13_dwT5M5kCH9_T64j1-zf768owCSp-VV2lxVMi8i0HhBk0YgRHUc20MD59Us0PnLfaRVGYoe9kD-Kbz9quFsVJFnyC2GJWCjioSL-DzDK422QoZ0klFtuR2kw2Kldb3s",
             "dp":"DK7hwg967pMMRJnF2402WW5ftmdpySp_WrVHI9DpItONw7IpeilzIWodmXY32kiS-nSm0z0GAuCuS0qUdLMEn_MLtMcs_R1iXzxNu5a2Nd_xotg0ukQSt00zUzDu19J9pkvvmyUsoPOsf1-CIlCtR1ovV9u5mhdMg7tYPa6dM4E",
             "dq":"wqDVHdfq1tk7rLPqgNYrYdwDr3ryD3zLiL_xIDn1_Ma52v0Pn-1onNCPLdT6eYK1u-MAvNRYWkOeNiHauParO4_MaK0KoakC-n4KUpkmhefZrrQeYbuMVhw6DKyMya94375eOiwOiYBXn959m0nsYwVBLyVQkKABZ1toQyptdSs",
             "qi":"Pf9bTGtgzP0FAzJnhwG5Q7F6mM2siachlJ7RYN8CAQB9z_ATUYzwJgvA38AhQKhDud40EgnIQ3j6LRth2XF21JDWRxIZAmdUyeYbhh9HI2Poe1LLKO6ZYOcDcN3FOLyL4c9fCotTL-XuqT-mBB4Me9bCeK1wc2Vvzmb6MzhMmt0"}
            """);

    /** An Ed25519 key. */
    static final SigningKey ED25519 = key("""
            {"crv":"Ed25519",
             "kty":"OKP",
             "x":"MedSNph3AG-oID-JVjKVwA9VVnjJlN3vIonbT4BY_Ms",
             "alg":"Ed25519",
             "d":"gZa4ZmWR-4oJfxBOMi1szYpuqx8KgzCOdrqj__S5ZfQ"}
            """);

    private TestKeys() {}

    private static SigningKey key(String jwk) {
        return SigningKey.fromJwk(JsonObject.parse(jwk), CryptoProvider.jdk());
    }
}
