package dev.signet.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.core.error.RefusalReason;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.jwt.json.JsonNull;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.MacKey;
import dev.signet.testkit.Requirement;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateKeyJwtTest {

    private static final long NOW = Fixture.NOW.getEpochSecond();
    private static final long SKEW = 30;

    private final Fixture fixture = Fixture.standard();

    private TestAnswer send(TestAssertion assertion) {
        return fixture.clientCredentials().assertion(assertion).send();
    }

    private TestAnswer send(String assertion) {
        return fixture.clientCredentials().assertion(assertion).send();
    }

    @Nested
    @DisplayName("RFC 7521 §4.2, RFC 7523 §2.2: the parameters")
    class Parameters {

        @Test
        @Requirement({"7521-4.2-01", "7521-4.2-02", "7521-4.2-04", "7521-4.2-05", "OIDC-9-02", "7523-2.2-01"})
        void authenticates_a_client_by_type_and_assertion_alone() {
            fixture.validCall().send().isIssued();
            fixture.validExchange().send().isIssued();
        }

        @Test
        @Requirement({"7521-4.2-01", "7523-2.2-01", "7523b-3-01"})
        void refuses_an_assertion_without_its_type_or_of_another() {
            fixture.validCall().without("client_assertion_type").send().isInvalidClient();
            fixture.validCall().with("client_assertion_type", "").send().isInvalidClient();
            fixture.validCall().with("client_assertion_type", "urn:x").send().isInvalidClient();
            fixture.validCall()
                    .with("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:saml2-bearer")
                    .send()
                    .isInvalidClient();
        }

        @Test
        @Requirement("7521-4.2-02")
        void refuses_a_type_without_an_assertion_even_from_a_client_that_needs_none() {
            fixture.validCall().without("client_assertion").send().isInvalidClient();
            Fixture open = Fixture.withIssuer(JwtBearerGrantTest::open);
            open.exchange(open.grantAssertion().compact())
                    .with("client_id", Fixture.PUBLIC)
                    .with("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                    .send()
                    .isInvalidClient();
        }

        @Test
        @Requirement("7521-4.2-03")
        void takes_a_client_id_that_names_the_same_client_only() {
            fixture.validCall().with("client_id", Fixture.REPORTER).send().isIssued();
            fixture.validCall().with("client_id", Fixture.BATCH).send().isInvalidClient();
            fixture.validCall().with("client_id", "unknown").send().isInvalidClient();
        }

        @Test
        @Requirement("7523-2.2-02")
        void refuses_more_than_one_assertion() {
            String one = fixture.clientAssertion().compact();
            String two = fixture.clientAssertion().compact();
            fixture.validCall().and("client_assertion", two).send().isInvalidRequest();
            send(one + " " + two).isInvalidClient();
            send(one + "," + two).isInvalidClient();
        }
    }

    @Nested
    @DisplayName("RFC 7523 §3 items 1 and 2: issuer and subject")
    class IssuerAndSubject {

        @Test
        @Requirement({"7521-5.2-02", "7523-3-07", "7521-6.1-02"})
        void refuses_an_issuer_or_subject_that_is_not_the_client() {
            send(fixture.clientAssertion().claim("iss", Fixture.BATCH)).isInvalidClient();
            send(fixture.clientAssertion().claim("iss", Fixture.REPORTER.toUpperCase(java.util.Locale.ROOT)))
                    .isInvalidClient();
            send(fixture.clientAssertion().claim("sub", Fixture.BATCH)).isInvalidClient();
        }

        @ParameterizedTest
        @ValueSource(strings = {"iss", "sub", "aud", "jti", "exp"})
        @Requirement({
            "OIDC-9-03",
            "7521-5.2-01",
            "7521-5.2-03",
            "7521-5.2-06",
            "7521-5.2-11",
            "7523-3-02",
            "7523-3-05",
            "7523-3-08",
            "7523-3-11"
        })
        void requires_the_five_claims(String name) {
            send(fixture.clientAssertion().without(name)).isInvalidClient();
            send(fixture.clientAssertion().claim(name, JsonNull.NULL)).isInvalidClient();
            send(fixture.clientAssertion().claim(name, "")).isInvalidClient();
            send(fixture.clientAssertion().claim(name, JsonObject.empty())).isInvalidClient();
            send(fixture.clientAssertion().claim(name, true)).isInvalidClient();
        }

        @Test
        @Requirement({"6749-2.2-01", "6749-5.2-02"})
        void answers_an_unknown_client_like_a_wrong_assertion() {
            JsonObject unknown =
                    send(fixture.clientAssertion("nobody")).isInvalidClient().json();
            assertThat(fixture.events.refusal().reason()).isEqualTo(RefusalReason.CLIENT_UNKNOWN);
            JsonObject wrong = send(fixture.clientAssertion().signedWith(TestKeys.ATTACKER))
                    .isInvalidClient()
                    .json();
            assertThat(unknown).isEqualTo(wrong);
        }

        @ParameterizedTest
        @ValueSource(strings = {"a\"b", "a\\b", "a\r\nb", "<script>", "\u0000", "\ud83d\ude00"})
        @Requirement("6749-5.2-02")
        void gives_nothing_of_a_hostile_subject_back(String subject) {
            TestAnswer answer =
                    send(fixture.clientAssertion().claim("sub", subject)).isInvalidClient();
            assertThat(answer.json().requireString("error_description")).isEqualTo("Client authentication failed");
        }
    }

    @Nested
    @DisplayName("rfc7523bis §4: the issuer as sole audience")
    class Audience {

        @Test
        @Requirement({"7523b-4-05", "D-01", "7521-5.2-05", "7523-3-09", "7521-6.1-02"})
        void refuses_every_other_audience() {
            for (String audience : List.of(
                    Fixture.TOKEN_ENDPOINT,
                    "https://as.example.com/par",
                    "https://as.example.com/authorize",
                    "https://other.example")) {
                send(fixture.clientAssertion().claim("aud", audience)).isInvalidClient();
            }
        }

        @Test
        @Requirement({"7523b-4-06", "D-01"})
        void refuses_any_audience_besides_the_issuer() {
            String issuer = Fixture.ISSUER.value();
            send(fixture.clientAssertion().claim("aud", List.of(issuer, Fixture.TOKEN_ENDPOINT)))
                    .isInvalidClient();
            send(fixture.clientAssertion().claim("aud", List.of(issuer, "https://rs.example")))
                    .isInvalidClient();
            send(fixture.clientAssertion().claim("aud", List.of(issuer, issuer)))
                    .isInvalidClient();
            send(fixture.clientAssertion().claim("aud", List.of())).isInvalidClient();
            send(fixture.clientAssertion().claim("aud", List.of(issuer))).isIssued();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://as.example.com/",
                    "https://AS.example.com",
                    "https://as.ex%61mple.com",
                    "https://as.example.com:443"
                })
        @Requirement({"7521-5.1-02", "7523-3-10", "7523b-4-07"})
        void compares_the_audience_character_by_character(String audience) {
            send(fixture.clientAssertion().claim("aud", audience)).isInvalidClient();
        }

        @Test
        @Requirement({"7523b-6-01", "D-01"})
        void accepts_older_audiences_of_a_client_with_the_switch_and_reports_them() {
            fixture.and(Fixture.keyClient("old", TestKeys.CLIENT).legacyAssertionAudience(true));
            send(fixture.clientAssertion("old").claim("aud", Fixture.TOKEN_ENDPOINT))
                    .isIssued();
            send(fixture.clientAssertion("old").claim("aud", List.of(Fixture.TOKEN_ENDPOINT, "https://rs.example")))
                    .isIssued();
            assertThat(fixture.events.leniencies())
                    .containsExactly("legacyAssertionAudience", "legacyAssertionAudience");
            send(fixture.clientAssertion("old")).isIssued();
            assertThat(fixture.events.leniencies()).hasSize(2);
            send(fixture.clientAssertion("old").claim("aud", "https://rs.example"))
                    .isInvalidClient();
            send(fixture.clientAssertion().claim("aud", Fixture.TOKEN_ENDPOINT)).isInvalidClient();
        }

        @Test
        @Requirement({"7523b-6-01", "D-01"})
        void accepts_the_url_that_is_called_of_a_client_with_the_switch() {
            String introspection = Fixture.ISSUER + "/introspect";
            String revocation = Fixture.ISSUER + "/revoke";
            fixture.and(Fixture.keyClient("old", TestKeys.CLIENT).legacyAssertionAudience(true));
            String token = send(fixture.clientAssertion("old")).json().requireString("access_token");
            fixture.revocation(token)
                    .assertion(fixture.clientAssertion("old").claim("aud", introspection))
                    .send()
                    .isInvalidClient();
            send(fixture.clientAssertion("old").claim("aud", introspection)).isInvalidClient();
            fixture.introspection(token)
                    .assertion(fixture.clientAssertion().claim("aud", introspection))
                    .send()
                    .isInvalidClient();
            fixture.introspection(token)
                    .assertion(fixture.clientAssertion("old").claim("aud", introspection))
                    .send()
                    .isInactive();
            fixture.introspection(token)
                    .assertion(fixture.clientAssertion("old").claim("aud", Fixture.TOKEN_ENDPOINT))
                    .send()
                    .isInactive();
            fixture.revocation(token)
                    .assertion(fixture.clientAssertion("old").claim("aud", revocation))
                    .send()
                    .isEmpty();
            assertThat(fixture.events.leniencies())
                    .containsExactly("legacyAssertionAudience", "legacyAssertionAudience", "legacyAssertionAudience");
        }
    }

    @Nested
    @DisplayName("rfc7523bis §4, RFC 8725 §3.11: the type")
    class Type {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "client-authentication+jwt",
                    "Client-Authentication+JWT",
                    "application/client-authentication+jwt",
                    "JWT",
                    "jwt"
                })
        @Requirement({"7523b-4-09", "7523b-4-11", "D-03", "8725b-3.11-03"})
        void accepts_the_explicit_and_the_generic_type(String type) {
            send(fixture.clientAssertion().header("typ", type)).isIssued();
        }

        @Test
        @Requirement({"7523b-4-09", "D-03"})
        void accepts_no_type() {
            send(fixture.clientAssertion().withoutHeader("typ")).isIssued();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "at+jwt",
                    "dpop+jwt",
                    "oauth-authz-req+jwt",
                    "token-introspection+jwt",
                    "logout+jwt",
                    "application/at+jwt",
                    "x"
                })
        @Requirement({"7523b-4-10", "D-03", "8725-3.12-01", "8725-3.11-01", "8725b-3.11-05"})
        void refuses_every_other_type(String type) {
            send(fixture.clientAssertion().header("typ", type)).isInvalidClient();
        }

        @Test
        @Requirement({"7523b-4-12", "D-03"})
        void requires_the_explicit_type_of_a_client_with_the_switch() {
            fixture.and(Fixture.keyClient("strict", TestKeys.CLIENT).requireAssertionTyp(true));
            send(fixture.clientAssertion("strict")).isIssued();
            send(fixture.clientAssertion("strict").withoutHeader("typ")).isInvalidClient();
            send(fixture.clientAssertion("strict").header("typ", "JWT")).isInvalidClient();
        }
    }

    @Nested
    @DisplayName("RFC 7523 §3 items 4 to 6: times")
    class Times {

        @Test
        @Requirement({"7521-5.2-07", "7523-3-12", "D-06"})
        void refuses_an_assertion_that_expired_before_the_skew() {
            send(fixture.clientAssertion().claim("exp", NOW - SKEW - 1)).isInvalidClient();
            send(fixture.clientAssertion().claim("exp", NOW - SKEW)).isInvalidClient();
            send(fixture.clientAssertion().claim("exp", NOW - SKEW + 1)).isIssued();
        }

        @Test
        @Requirement({"7521-5.2-08", "7523-3-13", "D-06"})
        void refuses_an_expiry_more_than_five_minutes_ahead() {
            send(fixture.clientAssertion().claim("exp", NOW + 300 + SKEW + 1)).isInvalidClient();
            send(fixture.clientAssertion().claim("exp", NOW + 300 + SKEW)).isIssued();
        }

        @Test
        @Requirement({"7523-3-14", "D-06"})
        void refuses_an_assertion_that_is_not_valid_yet() {
            send(fixture.clientAssertion().claim("nbf", NOW + SKEW + 5)).isInvalidClient();
            send(fixture.clientAssertion().claim("nbf", NOW + SKEW - 1)).isIssued();
        }

        @Test
        @Requirement({"7521-5.2-09", "7523-3-15", "D-06"})
        void refuses_an_assertion_made_too_long_ago_or_in_the_future() {
            send(fixture.clientAssertion().claim("iat", NOW - 300 - SKEW - 1)).isInvalidClient();
            send(fixture.clientAssertion().claim("iat", NOW - 300 - SKEW)).isIssued();
            send(fixture.clientAssertion().claim("iat", NOW + 61)).isInvalidClient();
            send(fixture.clientAssertion().without("iat")).isIssued();
        }

        @Test
        @Requirement("D-06")
        void goes_by_the_skew_that_is_set() {
            Fixture wide = Fixture.with(builder -> builder.clockSkew(java.time.Duration.ofSeconds(60)));
            wide.clientCredentials()
                    .assertion(wide.clientAssertion().claim("nbf", NOW + 60))
                    .send()
                    .isIssued();
            wide.clientCredentials()
                    .assertion(wide.clientAssertion().claim("nbf", NOW + 61))
                    .send()
                    .isInvalidClient();
        }
    }

    @Nested
    @DisplayName("RFC 7523 §3 item 9: signature")
    class Signature {

        @Test
        @Requirement({"7521-5.2-10", "7523-3-20", "7521-4.2.1-01", "7523-3.2-01", "7521-6.1-02", "7523-3.2-02"})
        void refuses_a_signature_that_is_not_the_clients() {
            TestAssertion valid = fixture.clientAssertion();
            send(valid.signedWith(TestKeys.ATTACKER)).isInvalidClient();
            send(valid.signedWith(TestKeys.ATTACKER).header("kid", TestKeys.CLIENT.keyId()))
                    .isInvalidClient();
            String compact = valid.compact();
            send(compact.substring(0, compact.length() - 4) + "AAAA").isInvalidClient();
            String[] parts = compact.split("\\.");
            String other = valid.claim("jti", "another").compact().split("\\.")[1];
            send(parts[0] + "." + other + "." + parts[2]).isInvalidClient();
            send(compact).isIssued();
        }

        @Test
        @Requirement({"7523-3.2-02", "8725-3.10-02"})
        void trusts_no_key_that_comes_in_the_header() {
            TestAssertion forged = fixture.clientAssertion().signedWith(TestKeys.ATTACKER);
            JsonObject jwk = TestKeys.ATTACKER.verificationKey().toJwk();
            send(forged.header("jwk", jwk)).isInvalidClient();
            send(forged.header("jwk", jwk).withoutHeader("kid")).isInvalidClient();
            send(forged.header("x5c", List.of("MIIB"))).isInvalidClient();
            send(forged.header("jku", "https://attacker.example/jwks")).isInvalidClient();
            send(forged.header("x5u", "https://attacker.example/x5u")).isInvalidClient();
        }

        @Test
        @Requirement({"7523-3-19", "8725-3.2-05"})
        void refuses_an_unsecured_assertion() {
            for (String none : List.of("none", "NONE", "nOnE")) {
                send(fixture.clientAssertion().header("alg", none).unsigned()).isInvalidClient();
            }
            send(fixture.clientAssertion().unsigned()).isInvalidClient();
        }

        @Test
        @Requirement({"OIDC-9-06", "8725-3.1-05"})
        void refuses_a_mac_keyed_with_the_public_key() {
            byte[] der = TestKeys.CLIENT.verificationKey().publicKey().getEncoded();
            String pem = "-----BEGIN PUBLIC KEY-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END PUBLIC KEY-----\n";
            List<byte[]> secrets = List.of(
                    der,
                    pem.getBytes(StandardCharsets.US_ASCII),
                    pem.strip().getBytes(StandardCharsets.US_ASCII),
                    TestKeys.CLIENT.verificationKey().toJwk().toBytes());
            for (byte[] secret : secrets) {
                send(fixture.clientAssertion().signedWith(MacKey.of(secret, JwsAlgorithm.HS256)))
                        .isInvalidClient();
                send(fixture.clientAssertion()
                                .signedWith(MacKey.of(secret, JwsAlgorithm.HS256))
                                .header("kid", TestKeys.CLIENT.keyId()))
                        .isInvalidClient();
            }
        }

        @Test
        @Requirement({"7523-3.2-03", "8725-3.1-02"})
        void refuses_an_algorithm_that_is_not_the_registered_one() {
            JwkSet both = JwkSet.of(List.of(TestKeys.CLIENT.verificationKey(), TestKeys.RSA.verificationKey()));
            fixture.and(Fixture.keyClient("es256", TestKeys.CLIENT)
                    .jwks(both)
                    .assertionSigningAlgorithm(JwsAlgorithm.ES256));
            fixture.and(Fixture.keyClient("any", TestKeys.CLIENT).jwks(both));
            send(fixture.clientAssertion("es256").signedWith(TestKeys.RSA)).isInvalidClient();
            send(fixture.clientAssertion("es256")).isIssued();
            send(fixture.clientAssertion("any").signedWith(TestKeys.RSA)).isIssued();
        }

        @Test
        @Requirement({"7523-3.2-03", "7523-5-01", "D-41", "8414-2-06"})
        void refuses_an_algorithm_that_is_not_advertised() {
            Fixture es256 = Fixture.with(builder -> builder.assertionAlgorithms(Set.of(JwsAlgorithm.ES256)))
                    .and(Fixture.keyClient("rsa", TestKeys.RSA))
                    .and(Fixture.keyClient("registered", TestKeys.RSA).assertionSigningAlgorithm(JwsAlgorithm.RS256));
            es256.clientCredentials()
                    .assertion(es256.clientAssertion("rsa").signedWith(TestKeys.RSA))
                    .send()
                    .isInvalidClient();
            es256.clientCredentials()
                    .assertion(es256.clientAssertion("registered").signedWith(TestKeys.RSA))
                    .send()
                    .isInvalidClient();
            fixture.and(Fixture.keyClient("rsa", TestKeys.RSA));
            send(fixture.clientAssertion("rsa").signedWith(TestKeys.RSA)).isIssued();
        }

        @ParameterizedTest
        @ValueSource(strings = {"' OR 1=1 --", "../../key", "*)(uid=*", "\u0000", "\"", "${x}"})
        @Requirement("8725-3.10-01")
        void takes_a_hostile_kid_for_an_unknown_one(String keyId) {
            send(fixture.clientAssertion().header("kid", keyId)).isInvalidClient();
            send(fixture.clientAssertion().header("kid", keyId.repeat(2_000))).isInvalidClient();
        }

        @Test
        @Requirement("D-49")
        void refuses_an_assertion_without_kid_if_several_keys_fit() {
            fixture.and(Fixture.keyClient("two", TestKeys.CLIENT)
                    .jwks(JwkSet.of(List.of(TestKeys.CLIENT.verificationKey(), TestKeys.ISSUER.verificationKey()))));
            send(fixture.clientAssertion("two").withoutHeader("kid")).isInvalidClient();
            send(fixture.clientAssertion("two")).isIssued();
            send(fixture.clientAssertion().withoutHeader("kid")).isIssued();
        }

        @Test
        @Requirement("D-49")
        void tries_the_keys_of_a_client_with_the_switch_where_kid_is_missing_and_reports_that() {
            fixture.and(Fixture.keyClient("two", TestKeys.CLIENT)
                    .jwks(JwkSet.of(List.of(TestKeys.CLIENT.verificationKey(), TestKeys.ISSUER.verificationKey())))
                    .tryAllKeys(true));
            send(fixture.clientAssertion("two").withoutHeader("kid")).isIssued();
            send(fixture.clientAssertion("two").signedWith(TestKeys.ISSUER).withoutHeader("kid"))
                    .isIssued();
            assertThat(fixture.events.leniencies()).containsExactly("tryAllKeys", "tryAllKeys");
            send(fixture.clientAssertion("two")).isIssued();
            assertThat(fixture.events.leniencies()).as("not needed, not used").hasSize(2);
            send(fixture.clientAssertion("two").signedWith(TestKeys.ATTACKER).withoutHeader("kid"))
                    .isInvalidClient();
            send(fixture.clientAssertion("two").signedWith(TestKeys.ISSUER).header("kid", TestKeys.CLIENT.keyId()))
                    .isInvalidClient();
        }
    }

    @Nested
    @DisplayName("RFC 7523 §3 items 8 and 10: form")
    class Form {

        @Test
        @Requirement("7523-3-18")
        void ignores_claims_it_does_not_know() {
            send(fixture.clientAssertion()
                            .claim("a", "text")
                            .claim("b", List.of(1, "x"))
                            .claim("c", JsonNull.NULL)
                            .claim("d", JsonObject.empty())
                            .claim("e", false))
                    .isIssued();
        }

        @Test
        @Requirement("7523-3-21")
        void refuses_what_is_no_valid_jwt() {
            TestAssertion valid = fixture.clientAssertion();
            for (String broken : List.of(
                    "a.b.c",
                    "..",
                    valid.compact() + "=",
                    valid.compact() + "\n",
                    valid.compactWithClaims("[]"),
                    valid.compactWithClaims(json -> json.replace("{", "{\"sub\":\"reporter\",")),
                    valid.header("crit", List.of("x")).header("x", 1).compact(),
                    valid.header("b64", false).header("crit", List.of("b64")).compact(),
                    valid.header("zip", "DEF").compact(),
                    valid.claim("exp", "" + (NOW + 60)).compact(),
                    valid.claim("nbf", "now").compact())) {
                send(broken).isInvalidClient();
            }
        }

        @Test
        @Requirement("7523-3-21")
        void reads_times_with_a_fraction_or_an_exponent() {
            send(fixture.clientAssertion().compactWithClaims(json -> json.replace("" + (NOW + 60), (NOW + 60) + ".5")))
                    .isIssued();
            send(fixture.clientAssertion().compactWithClaims(json -> json.replace("" + (NOW + 60), "1.79526246e9")))
                    .isIssued();
        }

        @Test
        void needs_no_form_parameter_besides() {
            ProtocolRequest request = fixture.validCall().toRequest();
            fixture.send(request).isIssued();
        }
    }
}
