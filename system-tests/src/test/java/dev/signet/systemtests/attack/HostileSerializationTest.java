package dev.signet.systemtests.attack;

import static dev.signet.core.error.RefusalReason.ASSERTION_ISSUER_UNTRUSTED;
import static dev.signet.core.error.RefusalReason.CLIENT_UNKNOWN;
import static dev.signet.core.error.RefusalReason.JWT_BAD_ENCODING;
import static dev.signet.core.error.RefusalReason.JWT_BAD_JSON;
import static dev.signet.core.error.RefusalReason.JWT_BAD_SIGNATURE;
import static dev.signet.core.error.RefusalReason.JWT_COMPRESSED;
import static dev.signet.core.error.RefusalReason.JWT_DECRYPTION_FAILED;
import static dev.signet.core.error.RefusalReason.JWT_DUPLICATE_MEMBER;
import static dev.signet.core.error.RefusalReason.JWT_MALFORMED;
import static dev.signet.core.error.RefusalReason.JWT_UNENCODED_PAYLOAD;
import static dev.signet.core.error.RefusalReason.JWT_UNKNOWN_CRITICAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.jwt.key.SigningKey;
import dev.signet.testkit.FixedKeys;
import dev.signet.testkit.Requirement;
import dev.signet.testkit.TestJwt;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** JWTs that two readers could read in two ways, or one reader for too long. All are signed as they are. */
class HostileSerializationTest {

    private static AttackedServer server;

    @BeforeAll
    static void start(@TempDir Path folder) {
        server = AttackedServer.start(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static SigningKey key(Use use) {
        return use == Use.GRANT ? FixedKeys.issuer() : FixedKeys.client();
    }

    /** Signs these two parts as they stand, whatever they are. */
    private static String signed(Use use, String header, String claims) {
        String input = header + "." + claims;
        return input + "." + base64(key(use).sign(input.getBytes(StandardCharsets.UTF_8)));
    }

    private static String base64(byte[] octets) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    private static String base64(String text, Charset charset) {
        return base64(text.getBytes(charset));
    }

    @Nested
    @DisplayName("RFC 7515 §4, RFC 7519 §4: duplicate members")
    class DuplicateMembers {

        @ParameterizedTest
        @EnumSource(Use.class)
        @Requirement({"8725-3.7-02", "7523-3-21"})
        void are_refused_among_the_claims(Use use) {
            TestJwt valid = server.assertion(use);
            Map<String, String> changed = new HashMap<>();
            for (String claim : List.of("iss", "sub", "aud", "exp", "iat", "jti")) {
                String value = claim.equals("exp") ? "9999999999" : "\"attacker\"";
                String escaped = "\\u00%02x".formatted((int) claim.charAt(0)) + claim.substring(1);
                for (String name : List.of(claim, escaped)) {
                    String member = "\"" + name + "\":" + value;
                    changed.put(
                            name + " first", valid.compactWithClaims(json -> "{" + member + "," + json.substring(1)));
                    changed.put(name + " last", valid.compactWithClaims(json -> beforeEnd(json, member)));
                }
            }
            changed.put(
                    "in a nested object", valid.compactWithClaims(json -> beforeEnd(json, "\"x\":{\"a\":1,\"a\":2}")));
            server.refuses(use, valid, changed, JWT_DUPLICATE_MEMBER);
        }

        @ParameterizedTest
        @EnumSource(Use.class)
        @Requirement({"8725-3.7-02", "7523-3-21"})
        void are_refused_in_the_header(Use use) {
            TestJwt valid = server.assertion(use).withType("JWT");
            Map<String, String> changed = new HashMap<>();
            for (String member : List.of(
                    "\"alg\":\"none\"",
                    "\"alg\":\"ES256\"",
                    "\"\\u0061lg\":\"none\"",
                    "\"kid\":\"attacker\"",
                    "\"\\u006bid\":\"attacker\"",
                    "\"typ\":\"at+jwt\"")) {
                changed.put(member + " first", valid.compactWithHeader(json -> "{" + member + "," + json.substring(1)));
                changed.put(member + " last", valid.compactWithHeader(json -> beforeEnd(json, member)));
            }
            server.refuses(use, valid, changed, JWT_DUPLICATE_MEMBER);
        }
    }

    private static String beforeEnd(String json, String member) {
        return json.substring(0, json.length() - 1) + "," + member + "}";
    }

    @Nested
    @DisplayName("RFC 8725 §3.7: size and depth")
    class SizeAndDepth {

        @ParameterizedTest
        @EnumSource(Use.class)
        @Requirement({"8725-3.7-05", "7523-3-21"})
        void refuses_what_is_nested_ten_thousand_deep(Use use) {
            TestJwt valid = server.assertion(use);
            String arrays = "\"x\":" + "[".repeat(10_000) + "]".repeat(10_000);
            String objects = "\"x\":" + "{\"x\":".repeat(4_000) + "1" + "}".repeat(4_000);
            String open = "\"x\":" + "[".repeat(10_000);
            server.refuses(
                    use,
                    valid,
                    Map.of(
                            "arrays among the claims",
                            valid.compactWithClaims(json -> beforeEnd(json, arrays)),
                            "objects among the claims",
                            valid.compactWithClaims(json -> beforeEnd(json, objects)),
                            "arrays that never end",
                            valid.compactWithClaims(json -> beforeEnd(json, open)),
                            "arrays in the header",
                            valid.compactWithHeader(json -> beforeEnd(json, arrays)),
                            "objects in the header",
                            valid.compactWithHeader(json -> beforeEnd(json, objects))),
                    JWT_BAD_JSON);
        }

        @ParameterizedTest
        @EnumSource(Use.class)
        @Requirement({"8725-3.7-05", "7523-3-21"})
        void refuses_too_many_members_and_too_long_numbers(Use use) {
            TestJwt valid = server.assertion(use);
            StringBuilder members = new StringBuilder("\"x0\":0");
            for (int i = 1; i < 4_000; i++) {
                members.append(",\"x").append(i).append("\":0");
            }
            server.refuses(
                    use,
                    valid,
                    Map.of(
                            "4 000 claims",
                            valid.compactWithClaims(json -> beforeEnd(json, members.toString())),
                            "4 000 header parameters",
                            valid.compactWithHeader(json -> beforeEnd(json, members.toString())),
                            "a number of 40 000 digits",
                            valid.compactWithClaims(json -> beforeEnd(json, "\"x\":" + "9".repeat(40_000)))),
                    JWT_BAD_JSON);
        }

        @ParameterizedTest
        @EnumSource(Use.class)
        @Requirement("8725-3.7-05")
        void reads_no_request_that_is_too_large_and_says_so(Use use) {
            TestJwt valid = server.assertion(use);
            for (int length : new int[] {70_000, 1_000_000}) {
                HttpResponse<String> response = server.send(
                        use, valid.withClaim("x", "x".repeat(length)).compact());
                assertThat(response.statusCode()).as(response.body()).isEqualTo(413);
                assertThat(response.body()).doesNotContain("access_token", "xxx");
            }
            AttackedServer.assertIssued(server.send(use, valid.compact()));
        }
    }

    @Nested
    @DisplayName("RFC 7515 §2, Appendix C: base64url and nothing else")
    class Base64Url {

        @ParameterizedTest
        @EnumSource(Use.class)
        @Requirement({"8725b-3.7-03", "7523-3-21"})
        void refuses_every_other_way_to_write_the_same_octets(Use use) {
            // A claim of this text makes octets that need one and two padding characters, and '-' and '_' besides.
            TestJwt valid = server.assertion(use).withClaim("x", "\u00ff\u00fe\u00fb???>>>");
            String[] parts = valid.compact().split("\\.", -1);
            Map<String, String> changed = new HashMap<>();
            for (int part = 0; part < 3; part++) {
                for (String wrong : List.of("=", "==", "\n", "\r\n", " ", "\t", "~", "%3D", "+", "A", "é")) {
                    changed.put(part + " and '" + wrong + "'", signedAs(use, parts, part, parts[part] + wrong));
                    changed.put("'" + wrong + "' and " + part, signedAs(use, parts, part, wrong + parts[part]));
                }
                String middle = parts[part].substring(0, 20) + "\n" + parts[part].substring(20);
                changed.put(part + " on two lines", signedAs(use, parts, part, middle));
            }
            String standard = Base64.getEncoder()
                    .withoutPadding()
                    .encodeToString(Base64.getUrlDecoder().decode(parts[1]));
            assertThat(standard).isNotEqualTo(parts[1]);
            changed.put("the alphabet of base64", signedAs(use, parts, 1, standard));
            server.refuses(use, valid, changed, JWT_BAD_ENCODING, JWT_MALFORMED, JWT_BAD_JSON, JWT_BAD_SIGNATURE);
        }

        @ParameterizedTest
        @EnumSource(Use.class)
        @Requirement({"8725b-3.7-03", "7523-3-21"})
        void refuses_bits_that_mean_nothing(Use use) {
            TestJwt valid = withSpareBits(server.assertion(use));
            String[] parts = valid.compact().split("\\.", -1);
            Map<String, String> changed = new HashMap<>();
            for (int part = 1; part < 3; part++) {
                String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
                int last = parts[part].length() - 1;
                char next = alphabet.charAt(alphabet.indexOf(parts[part].charAt(last)) + 1);
                changed.put("part " + part, signedAs(use, parts, part, parts[part].substring(0, last) + next));
            }
            server.refuses(use, valid, changed, JWT_BAD_ENCODING);
        }

        /** With claims whose last character has bits to spare. */
        private static TestJwt withSpareBits(TestJwt valid) {
            TestJwt padded = valid;
            while (padded.compact().split("\\.", -1)[1].length() % 4 == 0) {
                padded = padded.withClaim("x", padded.claims().findString("x").orElse("") + "x");
            }
            return padded;
        }

        /** With another part, signed as it then is. */
        private static String signedAs(Use use, String[] parts, int part, String other) {
            return switch (part) {
                case 0 -> signed(use, other, parts[1]);
                case 1 -> signed(use, parts[0], other);
                default -> parts[0] + "." + parts[1] + "." + other;
            };
        }
    }

    @Nested
    @DisplayName("RFC 7519 §3, §7.2: one JWT in compact serialization")
    class Form {

        @ParameterizedTest
        @EnumSource(Use.class)
        @Requirement({"7523-2.1-02", "7523-2.2-02", "8725b-3.7-03", "8725b-3.7-04"})
        void refuses_two_of_them_and_other_numbers_of_parts(Use use) {
            TestJwt valid = server.assertion(use);
            String one = valid.compact();
            String two = server.assertion(use).compact();
            String[] parts = one.split("\\.", -1);
            Map<String, String> changed = new HashMap<>();
            for (String between : List.of(" ", ",", ", ", "\n", ";", ".", "~", "&", "")) {
                changed.put("two with '" + between + "'", one + between + two);
                changed.put("the same twice with '" + between + "'", one + between + one);
            }
            changed.put("flattened JSON", json(parts));
            changed.put("general JSON", "{\"signatures\":[" + json(parts) + "],\"payload\":\"" + parts[1] + "\"}");
            changed.put("an array", "[\"" + one + "\"]");
            changed.put("in quotes", "\"" + one + "\"");
            changed.put("with its scheme", "Bearer " + one);
            changed.put("a dot more", one + ".");
            changed.put("a dot before", "." + one);
            changed.put("two parts", parts[0] + "." + parts[1]);
            changed.put("one part", parts[0]);
            changed.put("five parts", one + "." + parts[0] + "." + parts[1]);
            changed.put("a detached payload", parts[0] + ".." + parts[2]);
            changed.put("no header", "." + parts[1] + "." + parts[2]);
            changed.put("dots", "..");
            server.refuses(
                    use,
                    valid,
                    changed,
                    JWT_MALFORMED,
                    JWT_BAD_ENCODING,
                    JWT_BAD_JSON,
                    JWT_DECRYPTION_FAILED,
                    JWT_BAD_SIGNATURE,
                    CLIENT_UNKNOWN,
                    ASSERTION_ISSUER_UNTRUSTED);
        }

        private static String json(String[] parts) {
            return "{\"protected\":\"%s\",\"payload\":\"%s\",\"signature\":\"%s\"}".formatted((Object[]) parts);
        }

        @ParameterizedTest
        @EnumSource(Use.class)
        @Requirement({"8725-3.7-01", "8725-7519-02", "7523-3-21"})
        void refuses_what_is_no_json_object_in_utf_8(Use use) {
            TestJwt valid = server.assertion(use);
            String header = valid.compact().split("\\.", -1)[0];
            String claims = valid.claims().toJson();
            Map<String, String> changed = new HashMap<>();
            for (Charset charset : List.of(
                    StandardCharsets.UTF_16BE,
                    StandardCharsets.UTF_16LE,
                    StandardCharsets.UTF_16,
                    Charset.forName("UTF-32"))) {
                changed.put("" + charset, signed(use, header, base64(claims, charset)));
            }
            for (String text : List.of(
                    "\ufeff" + claims,
                    claims + claims,
                    claims + "x",
                    claims.substring(1),
                    claims.substring(0, claims.length() - 1),
                    "[" + claims + "]",
                    "null",
                    "true",
                    "\"" + claims.replace("\"", "\\\"") + "\"",
                    "",
                    " ",
                    claims.replace('"', '\''),
                    claims.replace("}", ",}"),
                    claims.replace("}", ",\"x\":\"\\ud800\"}"),
                    claims.replace("}", ",\"x\":\"\n\"}"),
                    claims.replace("{", "{/* */"))) {
                changed.put("claims " + text, signed(use, header, base64(text, StandardCharsets.UTF_8)));
            }
            changed.put(
                    "an overlong slash",
                    signed(
                            use,
                            header,
                            base64(beforeEnd(claims, "\"x\":\"\u00c0\u00af\""), StandardCharsets.ISO_8859_1)));
            changed.put(
                    "Latin-1",
                    signed(use, header, base64(beforeEnd(claims, "\"x\":\"\u00e9\""), StandardCharsets.ISO_8859_1)));
            server.refuses(use, valid, changed, JWT_BAD_JSON, JWT_BAD_ENCODING, JWT_MALFORMED);
        }

        @ParameterizedTest
        @EnumSource(Use.class)
        @Requirement({"7523-2.1-02", "7523-2.2-02", "D-48"})
        void refuses_the_parameter_twice(Use use) {
            TestJwt valid = server.assertion(use);
            List<String> form = new ArrayList<>(use.form(valid.compact()));
            form.add(use == Use.GRANT ? "assertion" : "client_assertion");
            form.add(valid.compact());
            HttpResponse<String> response = server.post("/token", form);
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.body()).contains("\"invalid_request\"");
            AttackedServer.assertIssued(server.send(use, valid.compact()));
        }
    }

    @Nested
    @DisplayName("RFC 7515 §4.1.11, RFC 7797, RFC 7516 §4.1.3: what the header demands")
    class Demands {

        @ParameterizedTest
        @EnumSource(Use.class)
        @Requirement({"8725-7515-01", "8725-7515-02", "8725b-3.6-02", "7523-3-21"})
        void refuses_extensions_it_does_not_know(Use use) {
            TestJwt valid = server.assertion(use);
            String[] parts = valid.withHeader("b64", false)
                    .withHeader("crit", List.of("b64"))
                    .compact()
                    .split("\\.", -1);
            server.refuses(
                    use,
                    valid,
                    Map.of(
                            "crit of an unknown one",
                            valid.withHeader("crit", List.of("x"))
                                    .withHeader("x", 1)
                                    .compact(),
                            "crit of one that is not there",
                            valid.withHeader("crit", List.of("exp")).compact(),
                            "crit of a registered one",
                            valid.withHeader("crit", List.of("alg")).compact(),
                            "crit without names",
                            valid.withHeader("crit", List.of()).compact(),
                            "crit that is text",
                            valid.withHeader("crit", "exp").compact(),
                            "b64 false",
                            signed(use, parts[0], parts[1]),
                            "b64 false and bare claims",
                            signed(use, parts[0], valid.claims().toJson()),
                            "b64 false without crit",
                            valid.withHeader("b64", false).compact(),
                            "zip",
                            valid.withHeader("zip", "DEF").compact()),
                    JWT_UNKNOWN_CRITICAL,
                    JWT_UNENCODED_PAYLOAD,
                    JWT_COMPRESSED,
                    JWT_BAD_JSON,
                    JWT_BAD_ENCODING,
                    JWT_MALFORMED);
        }
    }
}
