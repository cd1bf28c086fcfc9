package dev.signet.testkit;

import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.SigningKey;
import java.util.List;

/** Keys that are the same in every run. They are public: good for tests, and for nothing else. */
public final class FixedKeys {

    private static final String ES256_FIRST = """
            {"kty":"EC","crv":"P-256","alg":"ES256","use":"sig","kid":"aQoUFjO7ZW_nZbiYCXunjs3Lr7jM45ug67BI3VVsd3I",
             "x":"F7PdSanZXO19Y_CNwLq6Pd-1wk6Lw0stNLETgOOACCA","y":"ELtzjLhlCUZY_FUMHSqd8QsnOEwaWhvhXBLrY0lCmdc",
             "d":"58DD7TwNipQMuiW4gINqUUfBEAGUuMFu27Haezl2ES0"}""";

    private static final String ES256_SECOND = """
            {"kty":"EC","crv":"P-256","alg":"ES256","use":"sig","kid":"rm4cIiR1xOS3-kU3M-kXRPIySie7hWvEUxltSxd2ZIQ",
             "x":"-UM4Co55qeXvuzG2zgc_OvrRsoOhc588BEoso8je5iE","y":"mXa93k5jMSnyeNk_aPr3z9FjlOflQ7ahTswKoPve4y8",
             "d":"iZt1RlOrFeWM3jlLWuAcweGvW9ABItFtmpFYFpzvl6A"}""";

    private static final String ES256_THIRD = """
            {"kty":"EC","crv":"P-256","alg":"ES256","use":"sig","kid":"iM0rAEcFlcD78dZzyqpaTQcqYBVECxl7HTKyXgu6FYk",
             "x":"hPhUmBFQnWkZeKQEL5Q6oJzylHLI2aoWgM6IWjHWrhw","y":"FU_IdnIkGGIm9d6UGBLXPLrrGqUSnDGirkIdkKXrWuE",
             "d":"D3zjh9rVH8bxLKc3ZUlMXaFzJByji7FSbSN9llLX4c8"}""";

    private static final String ES256_FOURTH = """
            {"kty":"EC","crv":"P-256","alg":"ES256","use":"sig","kid":"oTkHMWWm4Hi60ZDhNW6L2c56oH42X4MBJH5wd8DTT3M",
             "x":"t1ujhYvZQjc3BvoJfy9mkhe8RdqMD5hGMeMUAGcksTM","y":"2FpT1Y2U__vA1F_VCI1rPSB74lClF6iahIdMBCZc4J8",
             "d":"7o8mz9yssBJxs425Td7lzJeW9ZFoCOPY75sK2PJgFWs"}""";

    private static final String ED25519_JWK = """
            {"kty":"OKP","crv":"Ed25519","alg":"Ed25519","use":"sig","kid":"_T8MIdklDnzzqWxb4GGdgxpzNd1w4afWx8E41ZdEmds",
             "x":"GIMHi_vB5Zyltzhq5yLoBlE9sHBIYCNbTvvGlKTON1w","d":"tHkDQplg-POonWdPIF_Vm_6Wwtf-sdJbn3DunEfomko"}""";

    private static final String RSA_JWK = """
            {"kty":"RSA","e":"AQAB","alg":"RS256","use":"sig","kid":"06Az1szg4lBy_TUZhcjFpePUUff42UY8ZPeYbgKQsCI",
             "n":"t-5mDJ7KKzT_Ts68q4IlunpuLervaNZcswJYqAip1GSXDoGefAB2Qs4kGvwnsGdk3COnZav3_DviHXywrQqwVlrXKn8VNHA7M5ubZ0PwI55\
            kIA9vvcNaLtpM6x2LWesCcLtHw7pPxnzgxrV4T2vg1giTev8B6Izc1cJurHGpqX2tIWk-jqiETSrIsYm9AtcE1DK18FP01q6zZ6X1OF-x0IFQBMV\
            b6O0siBT98YCudoKe0cg_S2QHC-SnvJv3fQV_YO2a7_jUmttJKb5lmlbUFC3hUFh9ejXkGAfE7ChGH96JXc3YrIFGsWSY4GdFx4HjNy-V_rP0er8\
            6Ebk_cwWekw",
             "d":"KloUGHLVxXYqFYjoC6vnqRU42ozevKqjZLq1FFgOVvAkkjwJdK8cjAxwZuBJ-UYNhN0W1gPvkZ5uVfDYs7ei2_eF1Oy3QsBW-W6qrXAI0wL\
            NNk6noa_iS6iLjpXaeQVypeeRwkFbzi4CCe9OOSdzeYU3BFrEozoQPY5MMpvnf7WiofSKo6S0maoi_EOCk26l-RMd9Hz-6esHZbJKLmGsaSPzbmD\
            755JQ5_i83y3EQ_QPKb6AW4BAksDew3vFnwZORMVmeghb-VMWDMABKL-HK8Rr-4qNfjvS49T-4JsOf52UsSvc0Sn_4H6g0mtq9YSE1hxQRSI5Oyd\
            5rc6mZd3blQ",
             "p":"xFcSPJmumfxVrqjH9jmaIg_N9OhekWW193IoLkQGYgfJzNmet2O8AAsvwQPI0owsT3Uys4Ai4iOxiRcu-QvryianfQv9sGsgKdfW1Hrh2w4\
            9tVkGEQ5crQUwT3VILyJluLJragK1MJXR5s5ZyfzmWUy5SstifZuE0z7UkVr1DG8",
             "q":"79IQbQ7ZdVuEE9xjCJVKD2nYUqr-tBl_AF0dWqSVyv_AXdU-voAMU-HzDt8z797DEPY10JE3uktxH74tFD6QoZtqzEJoPR7xmM3e0Jlb_FW\
            vk2xxaIO-73BrMpBZMBPSMeM_P5y_DHAqXj_AHq8TKkKoMkFdYlJg3v6FGYDXKh0",
             "dp":"Em11qbhm2c8EH7N5qRN48u92ziCtF4prTMErIkSCMNs4RoC6U84JjBuArOX1CEXdtstyKcTCAWWGOS6y2u8Sf1OnbqYcdl1nlGXMpP6vig\
            bJJecoGZu2eQq-oQaJ8tqQn4gnari8VsYJAFent7yDxifcUDfMk6twCP-hpc7apwM",
             "dq":"0h8ebz9cfrvhXDlzt9h93EVj2QKjSY8xPFNZXcrox8UPeedWIzk0E-bbvEMKUXe_N8RRYF1sE1j4U9Sf0KYEuOPgTfk9NZhAHB78w44rD0\
            rQG_4e23DbQRUhh1r8Geiz-Svfhc_DgJViOdPnc7r3ssZWcjndJUGCSL9-RNsjKm0",
             "qi":"A1RimqelhlbAz2d_W2BGIx1JAeqeJf6zHC6oZTp9GSFI_tBQkwyurKHyAGseKBbKlPnxIqFdP2HtBXmi9UQGx71baombi2B2guchQxMHFA\
            3nTzGdBO9y4XPQh4nD_w7nOfQ9gVNe25bgkCabLE5Ogq0CrkE0gMS-zN-uniKxW7E"}""";

    private static final SigningKey SERVER = read(ES256_FIRST);
    private static final SigningKey CLIENT = read(ES256_SECOND);
    private static final SigningKey ISSUER = read(ES256_THIRD);
    private static final SigningKey STRANGER = read(ES256_FOURTH);
    private static final SigningKey ED25519 = read(ED25519_JWK);
    private static final SigningKey RS256 = read(RSA_JWK);
    private static final SigningKey PS256 = with(RS256, "alg", "PS256");

    private FixedKeys() {}

    /** ES256: what the fixture's server signs with. */
    public static SigningKey server() {
        return SERVER;
    }

    /** ES256: what the fixture's client signs with. */
    public static SigningKey client() {
        return CLIENT;
    }

    /** ES256: what the fixture's trusted issuer signs with. */
    public static SigningKey issuer() {
        return ISSUER;
    }

    /** ES256: a key that nobody in the fixture trusts. */
    public static SigningKey stranger() {
        return STRANGER;
    }

    /** Ed25519. */
    public static SigningKey ed25519() {
        return ED25519;
    }

    /** RS256, 2048 bits. */
    public static SigningKey rs256() {
        return RS256;
    }

    /** PS256: the numbers of {@link #rs256()} for the other algorithm. */
    public static SigningKey ps256() {
        return PS256;
    }

    /** The same key with another {@code kid}. */
    public static SigningKey withKeyId(SigningKey key, String keyId) {
        return with(key, "kid", keyId);
    }

    /** The public half alone, as a JWK Set. */
    public static JwkSet publicKeys(SigningKey... keys) {
        return JwkSet.of(List.of(keys).stream().map(SigningKey::verificationKey).toList());
    }

    private static SigningKey with(SigningKey key, String member, String value) {
        return SigningKey.fromJwk(
                key.toPrivateJwk().toBuilder().put(member, value).build(), CryptoProvider.jdk());
    }

    private static SigningKey read(String jwk) {
        return SigningKey.fromJwk(JsonObject.parse(jwk), CryptoProvider.jdk());
    }
}
