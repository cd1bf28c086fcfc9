package dev.signet.jwt;

import static dev.signet.jwt.Rejections.assertRejected;
import static dev.signet.jwt.Tokens.CLAIMS;
import static dev.signet.jwt.Tokens.ES256_KEY;
import static dev.signet.jwt.Tokens.encode;
import static dev.signet.jwt.Tokens.good;
import static dev.signet.jwt.Tokens.sign;
import static dev.signet.jwt.Tokens.signWith;
import static dev.signet.jwt.Tokens.verify;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.testkit.Requirement;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompactSerializationTest {
    private static final String HEADER = "{\"alg\":\"ES256\"}";

    @Test
    void accepts_a_good_token() {
        assertThat(verify(good()).claims()).isEqualTo(JsonObject.parse(CLAIMS));
    }

    @Nested
    @Requirement("8725b-3.7-03")
    class Rfc7515_section_7_1_parts {
        @ParameterizedTest
        @ValueSource(strings = {"", ".", "a", "a.b", "a.b.c.d", "a.b.c.d.e", "....", ".a.b.c", "e30.e30"})
        void refuses_another_number_of_parts(String token) {
            assertRejected(Reason.MALFORMED, () -> UnverifiedJwt.parse(token));
        }

        @Test
        void refuses_a_surplus_dot_at_either_end() {
            assertRejected(Reason.MALFORMED, () -> UnverifiedJwt.parse(good() + "."));
            assertRejected(Reason.MALFORMED, () -> UnverifiedJwt.parse("." + good()));
        }

        @Test
        @Requirement("8725b-3.7-04")
        void refuses_the_json_serializations_even_with_a_good_compact_one_inside() {
            String[] parts = good().split("\\.");
            String flattened = "{\"protected\":\"" + parts[0] + "\",\"payload\":\"" + parts[1] + "\",\"signature\":\""
                    + parts[2] + "\"}";
            assertRejected(Reason.MALFORMED, () -> UnverifiedJwt.parse(flattened));
            assertRejected(Reason.BAD_ENCODING, () -> UnverifiedJwt.parse("{\"payload\":\"" + good() + "\"}"));
        }
    }

    @Nested
    @Requirement("8725b-3.7-03")
    class Rfc7515_section_2_base64url {
        @ParameterizedTest
        @ValueSource(
                strings = {"=", "==", "\n", "\r\n", " ", "+", "/", "\u00e9", "\u0141", "A=", "%3D", "\0", "\ud83d\ude00"
                })
        void refuses_every_other_character_after_any_part(String surplus) {
            String[] parts = good().split("\\.");
            assertRejected(
                    Reason.BAD_ENCODING,
                    () -> UnverifiedJwt.parse(parts[0] + surplus + "." + parts[1] + "." + parts[2]));
            assertRejected(
                    Reason.BAD_ENCODING,
                    () -> UnverifiedJwt.parse(parts[0] + "." + parts[1] + surplus + "." + parts[2]));
            assertRejected(
                    Reason.BAD_ENCODING,
                    () -> UnverifiedJwt.parse(parts[0] + "." + parts[1] + "." + parts[2] + surplus));
        }

        @Test
        void refuses_every_other_character_within() {
            String token = good();
            for (char other : "+/= \n\t!~\u0000\u007f\u0080\u00ff\u0100\u2160\uff21\ud800".toCharArray()) {
                String changed = token.substring(0, 5) + other + token.substring(6);
                assertRejected(Reason.BAD_ENCODING, () -> UnverifiedJwt.parse(changed));
            }
        }

        @Test
        void refuses_a_pair_of_surrogates_within() {
            // An encoder makes one octet of the two characters, and whatever follows would be out of its place.
            String token = good();
            for (int at : new int[] {0, token.indexOf('.') + 2, token.lastIndexOf('.') + 1, token.length() - 2}) {
                String changed = token.substring(0, at) + "\ud83d\ude00" + token.substring(at + 2);
                assertRejected(Reason.BAD_ENCODING, () -> UnverifiedJwt.parse(changed));
            }
        }

        @Test
        void refuses_a_character_too_many() {
            // 4n + 1 characters are never base64.
            assertRejected(Reason.BAD_ENCODING, () -> UnverifiedJwt.parse(encode(HEADER) + ".e30.A"));
        }

        @Test
        void refuses_bits_that_belong_to_no_octet() {
            String token = good();
            String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
            int last = alphabet.indexOf(token.charAt(token.length() - 1));
            // 64 octets leave four bits in the last of 86 characters.
            assertThat(last & 0xF).isZero();
            for (int bits = 1; bits < 16; bits++) {
                String changed = token.substring(0, token.length() - 1) + alphabet.charAt(last | bits);
                assertRejected(Reason.BAD_ENCODING, () -> UnverifiedJwt.parse(changed));
            }
            assertThat(verify(token).claims().size()).isEqualTo(2);
        }

        @Test
        void refuses_empty_header_and_claims() {
            assertRejected(Reason.BAD_JSON, () -> UnverifiedJwt.parse(".e30.AA"));
            assertRejected(Reason.BAD_JSON, () -> UnverifiedJwt.parse(encode(HEADER) + "..AA"));
        }

        @Test
        void refuses_an_empty_signature() {
            String unsigned = good().substring(0, good().lastIndexOf('.') + 1);
            assertRejected(Reason.BAD_SIGNATURE, () -> verify(unsigned));
        }
    }

    @Nested
    @Requirement("8725-3.7-05")
    class Rfc8725_section_3_7_size {
        @Test
        void refuses_what_is_longer_than_the_limit_before_decoding() {
            String token = good();
            assertThat(UnverifiedJwt.parse(token, token.length()).algorithmName())
                    .isEqualTo("ES256");
            assertRejected(Reason.TOO_LARGE, () -> UnverifiedJwt.parse(token, token.length() - 1));
            assertRejected(Reason.TOO_LARGE, () -> UnverifiedJwt.parse("\u0000".repeat(1_000_000)));
            assertRejected(Reason.TOO_LARGE, () -> UnverifiedJwt.parse(".".repeat(UnverifiedJwt.MAXIMUM_LENGTH + 1)));
        }

        @Test
        void refuses_a_limit_beyond_the_largest() {
            assertThatIllegalArgumentException().isThrownBy(() -> UnverifiedJwt.parse(good(), 0));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> UnverifiedJwt.parse(good(), UnverifiedJwt.MAXIMUM_LENGTH + 1));
        }

        @ParameterizedTest
        @ValueSource(ints = {1000, 10_000})
        void refuses_deep_json(int depth) {
            String deep = "{\"a\":" + "[".repeat(depth) + "]".repeat(depth) + "}";
            assertRejected(Reason.BAD_JSON, () -> verify(sign(ES256_KEY, HEADER, deep)));
            assertRejected(Reason.BAD_JSON, () -> verify(sign(ES256_KEY, deep, CLAIMS)));
        }

        @Test
        void refuses_a_long_number() {
            assertRejected(
                    Reason.BAD_JSON, () -> verify(sign(ES256_KEY, HEADER, "{\"exp\":" + "9".repeat(40_000) + "}")));
        }
    }

    @Nested
    class Rfc7519_section_7_2_json {
        @ParameterizedTest
        @ValueSource(strings = {"[]", "[{}]", "\"{}\"", "null", "1", "true", "", "{", "{}{}", "{} ."})
        @Requirement("8725-7519-02")
        void refuses_claims_and_headers_that_are_no_object(String json) {
            assertRejected(Reason.BAD_JSON, () -> verify(sign(ES256_KEY, HEADER, json)));
            assertRejected(Reason.BAD_JSON, () -> verify(sign(ES256_KEY, json, CLAIMS)));
        }

        @Test
        @Requirement("8725-3.7-02")
        void refuses_duplicate_members() {
            assertRejected(
                    Reason.DUPLICATE_MEMBER,
                    () -> verify(sign(ES256_KEY, "{\"alg\":\"ES256\",\"alg\":\"ES256\"}", CLAIMS)));
            assertRejected(
                    Reason.DUPLICATE_MEMBER, () -> verify(sign(ES256_KEY, HEADER, "{\"aud\":\"a\",\"aud\":\"b\"}")));
            assertRejected(
                    Reason.DUPLICATE_MEMBER,
                    () -> verify(sign(ES256_KEY, HEADER, "{\"cnf\":{\"jkt\":\"a\",\"jkt\":\"b\"}}")));
        }

        @Test
        @Requirement("8725-3.7-01")
        void refuses_other_encodings_than_utf8() {
            byte[] utf16 = CLAIMS.getBytes(StandardCharsets.UTF_16LE);
            String input = encode(HEADER) + "." + encode(utf16);
            String token = input + "." + encode(ES256_KEY.sign(input.getBytes(StandardCharsets.US_ASCII)));
            assertRejected(Reason.BAD_JSON, () -> verify(token));
        }
    }

    @Nested
    class Rfc7515_section_4_1_header {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "[\"exp\"]",
                    "[\"b64\"]",
                    "[]",
                    "[\"alg\"]",
                    "[\"unknown\"]",
                    "\"exp\"",
                    "null",
                    "{}",
                    "[1]",
                    "[\"http://example.com/ext\"]"
                })
        @Requirement("8725-7515-01")
        void refuses_crit_whatever_it_holds(String crit) {
            assertRejected(Reason.UNKNOWN_CRITICAL, () -> verify(signWith(",\"exp\":1,\"crit\":" + crit)));
        }

        @ParameterizedTest
        @ValueSource(strings = {"false", "true", "null", "\"x\""})
        @Requirement("8725-7515-02")
        void refuses_b64_whatever_it_holds(String b64) {
            assertRejected(Reason.UNENCODED_PAYLOAD, () -> verify(signWith(",\"b64\":" + b64)));
            assertRejected(Reason.UNKNOWN_CRITICAL, () -> verify(signWith(",\"crit\":[\"b64\"],\"b64\":" + b64)));
        }

        @Test
        @Requirement("8725b-3.6-02")
        void refuses_zip() {
            assertRejected(Reason.COMPRESSED, () -> verify(signWith(",\"zip\":\"DEF\"")));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "{\"alg\":null}",
                    "{\"alg\":1}",
                    "{\"alg\":[\"ES256\"]}",
                    "{\"alg\":\"none\"}",
                    "{\"alg\":\"noNE\"}",
                    "{\"alg\":\"None\"}",
                    "{\"alg\":\"\"}",
                    "{\"alg\":\"es256\"}",
                    "{\"alg\":\"ES256 \"}",
                    "{\"alg\":\" ES256\"}",
                    "{\"alg\":\"ES256K\"}",
                    "{\"alg\":\"RSA1_5\"}",
                    "{\"alg\":\"SHA1withRSA\"}",
                    "{\"alg\":\"RS1\"}",
                    "{\"Alg\":\"ES256\"}",
                    "{\"alg\":\"Ed448\"}"
                })
        @Requirement({"8725b-3.1-08", "8725-3.2-05"})
        void refuses_an_algorithm_that_is_missing_or_not_named_exactly(String header) {
            assertRejected(Reason.ALGORITHM_UNKNOWN, () -> verify(sign(ES256_KEY, header, CLAIMS)));
        }

        @Test
        void refuses_kid_and_typ_that_are_no_strings() {
            assertRejected(Reason.MALFORMED, () -> verify(signWith(",\"kid\":1")));
            assertRejected(Reason.MALFORMED, () -> verify(signWith(",\"kid\":null")));
            assertRejected(Reason.MALFORMED, () -> verify(signWith(",\"typ\":[\"JWT\"]")));
        }

        @Test
        void ignores_members_it_does_not_know() {
            assertThat(verify(signWith(",\"x-note\":{\"a\":[1]},\"cty\":\"json\""))
                            .claims()
                            .size())
                    .isEqualTo(2);
        }
    }

    @Test
    void tells_issuer_and_subject_for_choosing_keys_only_where_they_are_strings() {
        UnverifiedJwt with = UnverifiedJwt.parse(sign(ES256_KEY, HEADER, "{\"iss\":\"i\",\"sub\":\"s\"}"));
        assertThat(with.claimedIssuer()).contains("i");
        assertThat(with.claimedSubject()).contains("s");
        UnverifiedJwt without = UnverifiedJwt.parse(sign(ES256_KEY, HEADER, "{\"iss\":1}"));
        assertThat(without.claimedIssuer()).isEmpty();
        assertThat(without.claimedSubject()).isEmpty();
    }

    @Nested
    class After_the_scheme_of_a_header_field {
        @Test
        void the_rest_of_the_text_is_the_token() {
            String token = good();
            UnverifiedJwt jwt = UnverifiedJwt.parseFrom("Bearer  " + token, 8);
            assertThat(jwt.verify(JwkSet.of(List.of(ES256_KEY.verificationKey())), Set.of(JwsAlgorithm.ES256))
                            .claims())
                    .isEqualTo(JsonObject.parse(CLAIMS));
            assertThat(jwt.toString()).contains(token.length() + " characters");
        }

        @Test
        void nothing_but_a_token_may_be_there() {
            assertRejected(Reason.BAD_ENCODING, () -> UnverifiedJwt.parseFrom("Bearer " + good(), 6));
            assertRejected(Reason.BAD_ENCODING, () -> UnverifiedJwt.parseFrom("Bearer " + good() + " ", 7));
            assertRejected(Reason.MALFORMED, () -> UnverifiedJwt.parseFrom("a.b.c", 5));
            assertRejected(Reason.MALFORMED, () -> UnverifiedJwt.parseFrom("a.b.c", 2));
            assertRejected(
                    Reason.TOO_LARGE, () -> UnverifiedJwt.parseFrom("B" + " ".repeat(UnverifiedJwt.MAXIMUM_LENGTH), 1));
            assertThatIllegalArgumentException().isThrownBy(() -> UnverifiedJwt.parseFrom("a.b.c", 6));
            assertThatIllegalArgumentException().isThrownBy(() -> UnverifiedJwt.parseFrom("a.b.c", -1));
        }
    }

    @Test
    void shows_no_content() {
        String token = sign(ES256_KEY, HEADER, "{\"iss\":\"tell-tale\"}");
        assertThat(UnverifiedJwt.parse(token).toString()).doesNotContain("tell-tale", token.substring(20, 40));
        assertThat(verify(token).toString()).doesNotContain("tell-tale");
        JwtRejected rejected = new JwtRejected(Reason.EXPIRED, "exp has passed");
        assertThat(rejected.getStackTrace()).isEmpty();
        assertThat(rejected).hasMessage("EXPIRED: exp has passed");
        assertThat(rejected.detail()).isEqualTo("exp has passed");
    }
}
