package dev.signet.systemtests.attack;

import static dev.signet.core.error.RefusalReason.JWT_ALGORITHM_NOT_ALLOWED;
import static dev.signet.core.error.RefusalReason.JWT_ALGORITHM_UNKNOWN;
import static dev.signet.core.error.RefusalReason.JWT_BAD_JSON;
import static dev.signet.core.error.RefusalReason.JWT_BAD_SIGNATURE;
import static dev.signet.core.error.RefusalReason.JWT_KEY_MISMATCH;
import static dev.signet.core.error.RefusalReason.JWT_KEY_UNKNOWN;
import static dev.signet.core.error.RefusalReason.JWT_MALFORMED;

import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.MacKey;
import dev.signet.jwt.key.SigningKey;
import dev.signet.testkit.FixedKeys;
import dev.signet.testkit.Requirement;
import dev.signet.testkit.TestJwt;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Algorithm confusion: the header says how the JWT was signed, and the server must not believe it. */
class AlgorithmConfusionTest {

    private static final SigningKey P384 =
            SigningKey.generate(JwsAlgorithm.ES384, CryptoProvider.jdk(), new SecureRandom());

    private static AttackedServer server;

    @BeforeAll
    static void start(@TempDir Path folder) {
        server = AttackedServer.start(
                folder,
                AttackedServer.keyClient(
                        AttackedServer.TWO_KEYS,
                        "jwks: {keys: [" + AttackedServer.publicJwk(FixedKeys.client()) + ", "
                                + AttackedServer.publicJwk(P384) + "]}"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Nested
    @DisplayName("RFC 8725 §2.1: the public key as the secret of a MAC")
    class PublicKeyAsSecret {

        @ParameterizedTest
        @EnumSource(Use.class)
        @Requirement({"OIDC-9-06", "8725-3.1-05", "8725-3.1-02"})
        void refuses_a_mac_keyed_with_an_ec_key_in_any_writing(Use use) {
            SigningKey key = use == Use.GRANT ? FixedKeys.issuer() : FixedKeys.client();
            TestJwt valid = server.assertion(use);
            server.refuses(use, valid, macs(valid, key, writings(key)), JWT_ALGORITHM_NOT_ALLOWED);
        }

        @ParameterizedTest
        @EnumSource(Use.class)
        @Requirement({"OIDC-9-06", "8725-3.1-05", "8725-3.1-02"})
        void refuses_a_mac_keyed_with_an_rsa_key_in_any_writing(Use use) {
            TestJwt valid = server.rsaAssertion(use);
            Map<String, byte[]> writings = writings(FixedKeys.rs256());
            byte[] modulus = ((RSAPublicKey) FixedKeys.rs256().verificationKey().publicKey())
                    .getModulus()
                    .toByteArray();
            writings.put("modulus", modulus);
            writings.put("modulus without sign", Arrays.copyOfRange(modulus, 1, modulus.length));
            writings.put(
                    "modulus in base64url",
                    FixedKeys.rs256()
                            .verificationKey()
                            .toJwk()
                            .requireString("n")
                            .getBytes(StandardCharsets.US_ASCII));
            server.refuses(use, valid, macs(valid, FixedKeys.rs256(), writings), JWT_ALGORITHM_NOT_ALLOWED);
        }

        private static Map<String, byte[]> writings(SigningKey key) {
            byte[] der = key.verificationKey().publicKey().getEncoded();
            String pem = "-----BEGIN PUBLIC KEY-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END PUBLIC KEY-----\n";
            Map<String, byte[]> writings = new HashMap<>();
            writings.put("DER", der);
            writings.put("DER in base64", Base64.getEncoder().encode(der));
            writings.put("PEM", pem.getBytes(StandardCharsets.US_ASCII));
            writings.put("PEM without the last line break", pem.strip().getBytes(StandardCharsets.US_ASCII));
            writings.put("PEM with CR LF", pem.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
            writings.put("JWK", key.verificationKey().toJwk().toBytes());
            writings.put("kid", key.keyId().getBytes(StandardCharsets.US_ASCII));
            writings.put("JWK Set", FixedKeys.publicKeys(key).toJson().getBytes(StandardCharsets.UTF_8));
            writings.put("64 zero octets", new byte[64]);
            return writings;
        }

        private static Map<String, String> macs(TestJwt valid, SigningKey key, Map<String, byte[]> writings) {
            Map<String, String> macs = new HashMap<>();
            writings.forEach((name, octets) -> Stream.of(JwsAlgorithm.HS256, JwsAlgorithm.HS384, JwsAlgorithm.HS512)
                    .filter(algorithm -> octets.length >= 64 || algorithm == JwsAlgorithm.HS256)
                    .forEach(algorithm -> {
                        TestJwt mac = valid.signedWith(MacKey.of(octets, algorithm));
                        macs.put(algorithm + ", " + name, mac.compact());
                        macs.put(
                                algorithm + ", " + name + ", kid",
                                mac.withHeader("kid", key.keyId()).compact());
                    }));
            return macs;
        }
    }

    @Nested
    @DisplayName("RFC 8725 §3.1: a key for another algorithm")
    class AnotherAlgorithm {

        @ParameterizedTest
        @EnumSource(Use.class)
        @Requirement({"8725-3.1-03", "8725-3.1-04", "8725b-3.1-07", "7523-3.2-03"})
        void refuses_ps256_of_a_key_for_rs256(Use use) {
            TestJwt valid = server.rsaAssertion(use);
            TestJwt pss = valid.signedWith(FixedKeys.ps256());
            server.refuses(
                    use,
                    valid,
                    Map.of(
                            "alg PS256",
                            pss.compact(),
                            "alg RS256, signature PS256",
                            pss.withHeader("alg", "RS256").compact(),
                            "alg PS256, signature RS256",
                            valid.withHeader("alg", "PS256").compact(),
                            "alg RS512, signature RS256",
                            valid.withHeader("alg", "RS512").compact()),
                    JWT_ALGORITHM_NOT_ALLOWED,
                    JWT_KEY_MISMATCH,
                    JWT_BAD_SIGNATURE);
        }

        @Test
        @Requirement({"8725-3.1-03", "8725-3.1-05", "8725b-3.1-07"})
        void refuses_es256_of_a_key_on_p384() {
            TestJwt valid = server.clientAssertion(AttackedServer.TWO_KEYS, FixedKeys.client());
            TestJwt other = valid.signedWith(P384);
            server.refuses(
                    Use.CLIENT_AUTHENTICATION,
                    valid,
                    Map.of(
                            "alg ES256, kid and signature of the key on P-384",
                            other.withHeader("alg", "ES256").compact(),
                            "alg ES256, kid of the key on P-384, signature of the key on P-256",
                            valid.withHeader("kid", P384.keyId()).compact(),
                            "alg ES256, signature of the key on P-384",
                            other.withHeader("alg", "ES256")
                                    .withHeader("kid", FixedKeys.client().keyId())
                                    .compact(),
                            "alg ES256, signature of the key on P-384, no kid",
                            other.withHeader("alg", "ES256")
                                    .withoutHeader("kid")
                                    .compact(),
                            "alg ES384, which is not offered",
                            other.compact()),
                    JWT_KEY_MISMATCH,
                    JWT_BAD_SIGNATURE,
                    JWT_ALGORITHM_NOT_ALLOWED);
        }

        @ParameterizedTest
        @EnumSource(Use.class)
        @Requirement({"8725-3.1-02", "8725b-3.1-07", "8725-3.1-05"})
        void refuses_the_name_of_every_other_algorithm(Use use) {
            TestJwt valid = server.assertion(use);
            Map<String, String> changed = Stream.of(JwsAlgorithm.values())
                    .filter(algorithm -> algorithm != JwsAlgorithm.ES256)
                    .collect(Collectors.toMap(
                            JwsAlgorithm::name,
                            algorithm ->
                                    valid.withHeader("alg", algorithm.name()).compact()));
            server.refuses(use, valid, changed, JWT_ALGORITHM_NOT_ALLOWED, JWT_KEY_MISMATCH);
        }

        @Test
        @Requirement({"OIDC-9-05", "8725-3.1-02"})
        void refuses_a_mac_of_the_neighbours_secret_and_a_signature_in_the_place_of_a_mac() {
            TestJwt key = server.assertion(Use.CLIENT_AUTHENTICATION);
            server.refuses(
                    Use.CLIENT_AUTHENTICATION,
                    key,
                    Map.of(
                            "a MAC",
                            key.signedWith(MacKey.ofSecret(AttackedServer.SECRET, JwsAlgorithm.HS256))
                                    .compact()),
                    JWT_ALGORITHM_NOT_ALLOWED);
            TestJwt mac = server.clientAssertion(AttackedServer.MACER, FixedKeys.client())
                    .signedWith(MacKey.ofSecret(AttackedServer.SECRET, JwsAlgorithm.HS256));
            server.refuses(
                    Use.CLIENT_AUTHENTICATION,
                    mac,
                    Map.of(
                            "a signature",
                            mac.signedWith(FixedKeys.client()).compact(),
                            "a MAC named RS256",
                            mac.withHeader("alg", "RS256").compact()),
                    JWT_ALGORITHM_NOT_ALLOWED);
        }
    }

    @Nested
    @DisplayName("RFC 8725 §2.1, §3.2: none")
    class None {

        @ParameterizedTest
        @EnumSource(Use.class)
        @Requirement({"7523-3-19", "8725-3.2-05", "8725b-3.1-08"})
        void refuses_none_in_every_letter_case_with_and_without_a_signature(Use use) {
            TestJwt valid = server.assertion(use);
            Map<String, String> changed = new HashMap<>();
            for (int letters = 0; letters < 16; letters++) {
                StringBuilder name = new StringBuilder("none");
                for (int at = 0; at < 4; at++) {
                    if ((letters & 1 << at) != 0) {
                        name.setCharAt(at, Character.toUpperCase(name.charAt(at)));
                    }
                }
                TestJwt none = valid.withHeader("alg", name.toString());
                changed.put(name + ", no signature", none.compactUnsigned());
                changed.put(name + ", signed", none.compact());
                changed.put(name + ", no kid", none.withoutHeader("kid").compactUnsigned());
            }
            server.refuses(use, valid, changed, JWT_ALGORITHM_UNKNOWN, JWT_MALFORMED);
        }

        @ParameterizedTest
        @EnumSource(Use.class)
        @Requirement({"7523-3-19", "7523-3-20", "8725-3.4-04"})
        void refuses_es256_without_a_signature_worth_the_name(Use use) {
            TestJwt valid = server.assertion(use);
            String unsigned = valid.compactUnsigned();
            server.refuses(
                    use,
                    valid,
                    Map.of(
                            "no signature",
                            unsigned,
                            "64 zero octets",
                            unsigned + base64(new byte[64]),
                            "63 octets",
                            unsigned + base64(new byte[63]),
                            "r and s of one, in DER",
                            unsigned + base64(new byte[] {0x30, 6, 2, 1, 1, 2, 1, 1}),
                            "a signature in DER",
                            derSigned(valid),
                            "one bit of the signature",
                            valid.compactWithBrokenSignature()),
                    JWT_BAD_SIGNATURE,
                    JWT_MALFORMED);
        }

        /** The right signature, in the form that X.509 has it. */
        private static String derSigned(TestJwt valid) {
            String compact = valid.compact();
            int start = compact.lastIndexOf('.') + 1;
            byte[] octets = Base64.getUrlDecoder().decode(compact.substring(start));
            byte[] r = new BigInteger(1, Arrays.copyOf(octets, 32)).toByteArray();
            byte[] s = new BigInteger(1, Arrays.copyOfRange(octets, 32, 64)).toByteArray();
            ByteArrayOutputStream der = new ByteArrayOutputStream();
            der.write(0x30);
            der.write(4 + r.length + s.length);
            for (byte[] number : List.of(r, s)) {
                der.write(2);
                der.write(number.length);
                der.writeBytes(number);
            }
            return compact.substring(0, start) + base64(der.toByteArray());
        }

        private static String base64(byte[] octets) {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
        }

        @ParameterizedTest
        @EnumSource(Use.class)
        @Requirement({"8725b-3.1-08", "7523-3-21"})
        void refuses_names_that_are_almost_right_and_what_is_no_name(Use use) {
            TestJwt valid = server.assertion(use);
            Map<String, String> changed = new HashMap<>();
            for (String name :
                    List.of("es256", "ES256 ", " ES256", "Es256", "ES-256", "", "\u0000", "ES256\u0000", "ＥＳ256")) {
                changed.put("alg '" + name + "'", valid.withHeader("alg", name).compact());
            }
            for (String json : List.of("null", "true", "256", "[\"ES256\"]", "{\"alg\":\"ES256\"}")) {
                changed.put(
                        "alg " + json,
                        valid.compactWithHeader(header -> header.replace("\"alg\":\"ES256\"", "\"alg\":" + json)));
            }
            changed.put("no alg", valid.withoutHeader("alg").compact());
            server.refuses(use, valid, changed, JWT_ALGORITHM_UNKNOWN, JWT_MALFORMED, JWT_BAD_JSON, JWT_KEY_UNKNOWN);
        }
    }
}
