package dev.signet.authorizationserver;

import static dev.signet.authorizationserver.trust.TrustedIssuer.Leniency.ACCEPT_ADDITIONAL_AUDIENCES;
import static dev.signet.authorizationserver.trust.TrustedIssuer.Leniency.ACCEPT_TOKEN_ENDPOINT_AUDIENCE;
import static dev.signet.authorizationserver.trust.TrustedIssuer.Leniency.ALLOW_ASSERTION_REUSE;
import static dev.signet.authorizationserver.trust.TrustedIssuer.Leniency.JTI_OPTIONAL;
import static dev.signet.authorizationserver.trust.TrustedIssuer.Leniency.TOKEN_MAY_OUTLIVE_ASSERTION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.authorizationserver.trust.SubjectPolicy;
import dev.signet.authorizationserver.trust.TrustedIssuer;
import dev.signet.authorizationserver.trust.TrustedIssuers;
import dev.signet.core.ClientId;
import dev.signet.core.Scope;
import dev.signet.core.assertion.AssertionGrant;
import dev.signet.core.assertion.ClientAssertion;
import dev.signet.core.error.RefusalReason;
import dev.signet.jwt.json.JsonNull;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.outbound.KeySource;
import dev.signet.testkit.Requirement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwtBearerGrantTest {

    private static final long NOW = Fixture.NOW.getEpochSecond();
    private static final long SKEW = 30;

    private final Fixture fixture = Fixture.standard();

    /** A trusted issuer whose assertions anybody may present. */
    static TrustedIssuer.Builder open(TrustedIssuer.Builder issuer) {
        return issuer.allowUnauthenticatedClient(new ClientId("somebody"));
    }

    @Nested
    @DisplayName("RFC 7523 §2.1: the parameters")
    class Parameters {

        @Test
        @Requirement({"7523-2.1-01", "7521-4.1-02", "7521-5.1-05", "7523b-2-01", "9068-3-01"})
        void exchanges_an_assertion_of_a_trusted_issuer() {
            JsonObject claims = fixture.validExchange().send().token().claims();
            assertThat(claims.requireString("sub")).isEqualTo("repo:acme/shop");
            assertThat(claims.requireString("client_id")).isEqualTo(Fixture.REPORTER);
            assertThat(claims.requireString("aud")).isEqualTo(Fixture.ORDERS);
        }

        @Test
        @Requirement("7521-4.1-02")
        void refuses_a_request_without_an_assertion() {
            fixture.validExchange().without("assertion").send().isInvalidRequest();
            fixture.validExchange().with("assertion", "").send().isInvalidRequest();
        }

        @Test
        @Requirement("7523-2.1-01")
        void knows_the_grant_type_only_as_it_is_written() {
            fixture.validExchange()
                    .with("grant_type", AssertionGrant.GRANT_TYPE.toUpperCase(java.util.Locale.ROOT))
                    .send()
                    .isRefused(400, "unsupported_grant_type");
        }

        @Test
        @Requirement("7523-2.1-02")
        void refuses_more_than_one_assertion() {
            String one = fixture.grantAssertion().compact();
            String two = fixture.grantAssertion().compact();
            fixture.validExchange().and("assertion", two).send().isInvalidRequest();
            fixture.validExchange().with("assertion", one + " " + two).send().isInvalidGrant();
            fixture.validExchange().with("assertion", one + "," + two).send().isInvalidGrant();
            fixture.validExchange()
                    .with("assertion", "{\"payload\":\"e30\",\"signatures\":[]}")
                    .send()
                    .isInvalidGrant();
        }

        @Test
        @Requirement("7521-4.1-07")
        void gives_no_refresh_token() {
            assertThat(fixture.validExchange().send().isIssued().json().has("refresh_token"))
                    .isFalse();
        }
    }

    @Nested
    @DisplayName("RFC 7521 §4.1: scope")
    class GrantedScope {

        @Test
        @Requirement({"7521-4.1-03", "7523-2.1-03"})
        void grants_a_scope_that_client_and_issuer_both_have() {
            JsonObject claims = fixture.validExchange()
                    .with("scope", "orders.read")
                    .send()
                    .token()
                    .claims();
            assertThat(claims.requireString("scope")).isEqualTo("orders.read");
        }

        @Test
        @Requirement({"7521-4.1-03", "7523-2.1-03"})
        void refuses_a_scope_that_only_the_client_has() {
            fixture.validExchange()
                    .with("scope", "orders.read orders.write")
                    .send()
                    .isRefused(400, "invalid_scope");
        }

        @Test
        void refuses_a_scope_that_only_the_issuer_has() {
            Fixture.withIssuer(issuer -> issuer.scope(Scope.of("orders.read", "orders.admin")))
                    .validExchange()
                    .with("scope", "orders.admin")
                    .send()
                    .isRefused(400, "invalid_scope");
        }

        @Test
        @Requirement("7521-4.1-04")
        void refuses_a_resource_at_which_nothing_is_left() {
            Fixture stock = Fixture.withIssuer(issuer -> issuer.scope(Scope.of("stock.read")));
            stock.validExchange().send().isRefused(400, "invalid_scope");
            stock.validExchange().with("scope", "stock.read").send().isIssued();
        }

        @Test
        @Requirement("7521-4.1-04")
        void grants_no_more_without_a_scope_and_says_what() {
            TestAnswer answer = fixture.validExchange().send().isIssued();
            assertThat(answer.json().requireString("scope")).isEqualTo("orders.read");
        }
    }

    @Nested
    @DisplayName("RFC 7521 §4.1: client authentication")
    class Client {

        @Test
        @Requirement({"7521-4.1-05", "7523-2.1-04", "D-08"})
        void requires_client_authentication() {
            String assertion = fixture.grantAssertion().compact();
            fixture.exchange(assertion).send().isInvalidClient();
            fixture.exchange(assertion).with("client_id", Fixture.PUBLIC).send().isInvalidClient();
        }

        @Test
        @Requirement({"7521-4.1-05", "D-08"})
        void does_without_where_the_issuer_allows_it_and_reports_that() {
            Fixture open = Fixture.withIssuer(JwtBearerGrantTest::open);
            JsonObject claims = open.exchange(open.grantAssertion().compact())
                    .send()
                    .token()
                    .claims();
            assertThat(claims.requireString("client_id")).isEqualTo("somebody");
            assertThat(claims.requireString("scope")).isEqualTo("orders.read");
            assertThat(open.events.leniencies()).containsExactly("allowUnauthenticatedClient");
        }

        @Test
        @Requirement("D-08")
        void names_a_public_client_that_named_itself() {
            Fixture open = Fixture.withIssuer(JwtBearerGrantTest::open);
            JsonObject claims = open.exchange(open.grantAssertion().compact())
                    .with("client_id", Fixture.PUBLIC)
                    .send()
                    .token()
                    .claims();
            assertThat(claims.requireString("client_id")).isEqualTo(Fixture.PUBLIC);
        }

        @Test
        @Requirement({"7523-2.1-04", "6749-2.2-01"})
        void holds_an_identified_client_to_its_registered_method() {
            Fixture open = Fixture.withIssuer(JwtBearerGrantTest::open);
            open.exchange(open.grantAssertion().compact())
                    .with("client_id", Fixture.BATCH)
                    .send()
                    .isInvalidClient();
        }

        @Test
        @Requirement("7523-3.1-01")
        void checks_credentials_that_were_not_needed() {
            Fixture open = Fixture.withIssuer(JwtBearerGrantTest::open);
            open.exchange(open.grantAssertion().compact())
                    .basic(Fixture.BATCH, Fixture.SECRET + "x")
                    .send()
                    .isInvalidClient();
            open.exchange(open.grantAssertion().compact())
                    .basic(Fixture.BATCH, Fixture.SECRET)
                    .send()
                    .isIssued();
        }

        @Test
        @Requirement("7523-3.1-03")
        void reports_the_client_if_client_and_assertion_are_both_wrong() {
            fixture.exchange("garbage")
                    .basic(Fixture.BATCH, Fixture.SECRET + "x")
                    .send()
                    .isInvalidClient();
            fixture.exchange("garbage").send().isInvalidClient();
        }

        @Test
        @Requirement("7521-8.2-02")
        void refuses_a_client_that_the_issuer_is_not_for() {
            Fixture bound = Fixture.withIssuer(issuer -> issuer.clients(Set.of(new ClientId(Fixture.BATCH))));
            bound.validExchange().send().isRefused(400, "unauthorized_client");
            bound.exchange(bound.grantAssertion().compact())
                    .basic(Fixture.BATCH, Fixture.SECRET)
                    .send()
                    .isIssued();
        }
    }

    @Nested
    @DisplayName("RFC 7523 §3 items 1 and 2: issuer and subject")
    class IssuerAndSubject {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://CI.example.com",
                    "https://ci.example.com/",
                    "https://ci.example.com:443",
                    "https://ci.example.net"
                })
        @Requirement({"7521-5.1-01", "7523-3-03", "7521-6.2-01"})
        void refuses_an_issuer_that_is_not_trusted_under_that_very_name(String issuer) {
            fixture.exchange(fixture.grantAssertion().claim("iss", issuer))
                    .send()
                    .isInvalidGrant();
            assertThat(fixture.events.refusal().reason()).isEqualTo(RefusalReason.ASSERTION_ISSUER_UNTRUSTED);
        }

        @Test
        @Requirement({"7521-5.2-01", "7523-3-02"})
        void refuses_an_issuer_that_is_absent_or_no_string() {
            TestAssertion assertion = fixture.grantAssertion();
            fixture.exchange(assertion.without("iss")).send().isInvalidGrant();
            fixture.exchange(assertion.claim("iss", "")).send().isInvalidGrant();
            fixture.exchange(assertion.claim("iss", 7)).send().isInvalidGrant();
            fixture.exchange(assertion.claim("iss", List.of(Fixture.TRUSTED_ISSUER)))
                    .send()
                    .isInvalidGrant();
        }

        @Test
        @Requirement("7523-3-04")
        void asks_no_key_source_about_an_issuer_that_is_not_trusted() {
            AtomicInteger asked = new AtomicInteger();
            Fixture counting = Fixture.withIssuer(issuer -> issuer.keys((jwt, allowed) -> {
                asked.incrementAndGet();
                return jwt.verify(JwkSet.of(List.of(TestKeys.ISSUER.verificationKey())), allowed);
            }));
            counting.exchange(counting.grantAssertion()
                            .claim("iss", "https://other.example")
                            .header("jku", "https://other.example/jwks"))
                    .send()
                    .isInvalidGrant();
            assertThat(asked).hasValue(0);
            counting.validExchange().send().isIssued();
            assertThat(asked).hasValue(1);
        }

        @Test
        @Requirement({"7521-5.2-03", "7523-3-05"})
        void refuses_a_subject_that_is_absent_or_no_string() {
            TestAssertion assertion = fixture.grantAssertion();
            fixture.exchange(assertion.without("sub")).send().isInvalidGrant();
            fixture.exchange(assertion.claim("sub", "")).send().isInvalidGrant();
            fixture.exchange(assertion.claim("sub", 7)).send().isInvalidGrant();
            fixture.exchange(assertion.claim("sub", JsonNull.NULL)).send().isInvalidGrant();
        }

        @Test
        @Requirement({"7521-6.3-01", "7521-6.3-02", "8725-3.8-02"})
        void refuses_a_subject_that_the_issuer_may_not_speak_for() {
            fixture.exchange(fixture.grantAssertion().claim("sub", "repo:evil/shop"))
                    .send()
                    .isInvalidGrant();
            assertThat(fixture.events.refusal().reason()).isEqualTo(RefusalReason.ASSERTION_SUBJECT_REFUSED);
            Fixture mail = Fixture.withIssuer(issuer -> issuer.subjects(SubjectPolicy.matching("*@a.example")));
            mail.exchange(mail.grantAssertion().claim("sub", "bob@b.example"))
                    .send()
                    .isInvalidGrant();
            mail.exchange(mail.grantAssertion().claim("sub", "bob@a.example"))
                    .send()
                    .isIssued();
        }

        @Test
        @Requirement("7521-6.3-01")
        void maps_a_subject_to_the_one_it_is_here() {
            Fixture mapped =
                    Fixture.withIssuer(issuer -> issuer.subjects(SubjectPolicy.mapping(Map.of("u-17", "alice"))));
            JsonObject claims = mapped.exchange(mapped.grantAssertion().claim("sub", "u-17"))
                    .send()
                    .token()
                    .claims();
            assertThat(claims.requireString("sub")).isEqualTo("alice");
            mapped.exchange(mapped.grantAssertion().claim("sub", "alice"))
                    .send()
                    .isInvalidGrant();
        }

        @Test
        @Requirement("8725-3.8-02")
        void keeps_equal_subjects_of_two_issuers_apart_by_a_prefix() {
            Fixture two = Fixture.with(builder -> builder.trustedIssuers(TrustedIssuers.of(List.of(
                    Fixture.ci()
                            .subjects(SubjectPolicy.matching("repo:acme/*").prefixedWith("ci/"))
                            .build(),
                    TrustedIssuer.builder("https://second.example.com")
                            .keys(KeySource.of(JwkSet.of(List.of(TestKeys.ED25519.verificationKey()))))
                            .subjects(SubjectPolicy.matching("repo:acme/*").prefixedWith("second/"))
                            .build()))));
            assertThat(two.validExchange().send().token().claims().requireString("sub"))
                    .isEqualTo("ci/repo:acme/shop");
            assertThat(two.exchange(two.grantAssertion()
                                    .claim("iss", "https://second.example.com")
                                    .signedWith(TestKeys.ED25519))
                            .send()
                            .token()
                            .claims()
                            .requireString("sub"))
                    .isEqualTo("second/repo:acme/shop");
        }

        @Test
        @Requirement({"7521-6.3.1-01", "7523-3-06"})
        void takes_an_agreed_mark_for_an_anonymous_subject() {
            Fixture anonymous =
                    Fixture.withIssuer(issuer -> issuer.subjects(SubjectPolicy.exactly(Set.of("anonymous"))));
            JsonObject claims = anonymous
                    .exchange(anonymous.grantAssertion().claim("sub", "anonymous"))
                    .send()
                    .token()
                    .claims();
            assertThat(claims.requireString("sub")).isEqualTo("anonymous");
            assertThat(claims.requireString("scope")).isEqualTo("orders.read");
            fixture.exchange(fixture.grantAssertion().claim("sub", "anonymous"))
                    .send()
                    .isInvalidGrant();
        }

        @Test
        @Requirement({"7521-5.2-04", "7521-6.2-01"})
        void lets_a_client_speak_for_itself_and_for_nobody_else() {
            Fixture self = Fixture.with(builder ->
                    builder.trustedIssuers(TrustedIssuers.of(List.of(TrustedIssuer.builder(Fixture.REPORTER)
                            .keys(KeySource.of(JwkSet.of(List.of(TestKeys.CLIENT.verificationKey()))))
                            .subjects(SubjectPolicy.exactly(Set.of(Fixture.REPORTER)))
                            .clients(Set.of(new ClientId(Fixture.REPORTER)))
                            .build()))));
            TestAssertion assertion = self.clientAssertion().withoutHeader("typ");
            assertThat(self.exchange(assertion).send().token().claims().requireString("sub"))
                    .isEqualTo(Fixture.REPORTER);
            self.exchange(self.clientAssertion().withoutHeader("typ").claim("sub", "alice"))
                    .send()
                    .isInvalidGrant();
        }

        @Test
        @Requirement("8725-3.10-04")
        void refuses_a_subject_that_is_too_long_or_holds_a_control_character() {
            for (String subject : List.of("repo:acme/" + "x".repeat(1_015), "repo:acme/\r\nx", "repo:acme/\u0000")) {
                fixture.exchange(fixture.grantAssertion().claim("sub", subject))
                        .send()
                        .isInvalidGrant();
            }
            fixture.exchange(fixture.grantAssertion()
                            .compactWithClaims(json -> json.replace("repo:acme/shop", "repo:acme/\\ud800")))
                    .assertion(fixture.clientAssertion())
                    .send()
                    .isInvalidGrant();
            fixture.exchange(fixture.grantAssertion().claim("sub", "repo:acme/" + "x".repeat(1_014)))
                    .send()
                    .isIssued();
        }

        @Test
        @Requirement({"D-12", "9068-5-02", "7521-6.2-01"})
        void refuses_a_subject_that_is_another_client() {
            Fixture any = Fixture.withIssuer(issuer -> issuer.subjects(SubjectPolicy.allowAny()));
            any.exchange(any.grantAssertion().claim("sub", Fixture.BATCH))
                    .send()
                    .isInvalidGrant();
            any.exchange(any.grantAssertion().claim("sub", Fixture.REPORTER))
                    .send()
                    .isIssued();
            any.exchange(any.grantAssertion().claim("sub", "nobody's client"))
                    .send()
                    .isIssued();
        }
    }

    @Nested
    @DisplayName("RFC 7523 §3 item 3: audience")
    class Audience {

        @Test
        @Requirement({"7523b-4-02", "D-02", "7521-5.2-05", "7523-3-09"})
        void refuses_an_assertion_that_is_meant_for_another_or_for_others_too() {
            for (Object audience : List.of(
                    "https://other.example",
                    Fixture.TOKEN_ENDPOINT,
                    List.of(Fixture.ISSUER.value(), "https://other.example"),
                    List.of(Fixture.ISSUER.value(), Fixture.ISSUER.value()),
                    List.of())) {
                fixture.exchange(fixture.grantAssertion().claim("aud", audience))
                        .send()
                        .isInvalidGrant();
            }
            fixture.exchange(fixture.grantAssertion().claim("aud", List.of(Fixture.ISSUER.value())))
                    .send()
                    .isIssued();
        }

        @Test
        @Requirement({"7523-3-08", "7521-5.2-05"})
        void refuses_an_audience_that_is_absent_or_of_another_type() {
            TestAssertion assertion = fixture.grantAssertion();
            fixture.exchange(assertion.without("aud")).send().isInvalidGrant();
            fixture.exchange(assertion.claim("aud", JsonNull.NULL)).send().isInvalidGrant();
            fixture.exchange(assertion.claim("aud", 7)).send().isInvalidGrant();
        }

        @ParameterizedTest
        @ValueSource(strings = {"https://as.example.com/", "https://AS.example.com", "https://as.ex%61mple.com"})
        @Requirement({"7521-5.1-02", "7523-3-10"})
        void compares_the_audience_character_by_character(String audience) {
            fixture.exchange(fixture.grantAssertion().claim("aud", audience))
                    .send()
                    .isInvalidGrant();
        }

        @Test
        @Requirement({"7523b-4-02", "D-02"})
        void accepts_the_token_endpoint_where_that_is_switched_on_and_reports_it() {
            Fixture lenient = Fixture.withIssuer(issuer -> issuer.allow(ACCEPT_TOKEN_ENDPOINT_AUDIENCE));
            lenient.exchange(lenient.grantAssertion().claim("aud", Fixture.TOKEN_ENDPOINT))
                    .send()
                    .isIssued();
            assertThat(lenient.events.leniencies()).containsExactly("acceptTokenEndpointAudience");
            lenient.validExchange().send().isIssued();
            assertThat(lenient.events.leniencies()).hasSize(1);
        }

        @Test
        @Requirement("D-02")
        void accepts_further_audiences_where_that_is_switched_on_and_reports_it() {
            Fixture lenient = Fixture.withIssuer(issuer -> issuer.allow(ACCEPT_ADDITIONAL_AUDIENCES));
            lenient.exchange(lenient.grantAssertion()
                            .claim("aud", List.of(Fixture.ISSUER.value(), "https://other.example")))
                    .send()
                    .isIssued();
            assertThat(lenient.events.leniencies()).containsExactly("acceptAdditionalAudiences");
            lenient.exchange(lenient.grantAssertion().claim("aud", List.of("https://other.example")))
                    .send()
                    .isInvalidGrant();
        }
    }

    @Nested
    @DisplayName("RFC 7523 §3 items 4 to 6: times")
    class Times {

        @Test
        @Requirement({"7521-5.2-06", "7523-3-11"})
        void refuses_an_expiry_that_is_absent_or_no_number() {
            fixture.exchange(fixture.grantAssertion().without("exp")).send().isInvalidGrant();
            fixture.exchange(fixture.grantAssertion().claim("exp", "" + (NOW + 60)))
                    .send()
                    .isInvalidGrant();
        }

        @Test
        @Requirement({"7521-5.2-07", "7523-3-12", "D-06"})
        void refuses_an_assertion_that_expired_before_the_skew() {
            fixture.exchange(fixture.grantAssertion().claim("exp", NOW - SKEW))
                    .send()
                    .isInvalidGrant();
            fixture.exchange(fixture.grantAssertion().claim("exp", NOW - SKEW - 1))
                    .send()
                    .isInvalidGrant();
            fixture.exchange(fixture.grantAssertion().claim("exp", NOW - SKEW + 1))
                    .send()
                    .isIssued();
        }

        @Test
        @Requirement({"7521-5.2-08", "7523-3-13", "D-06"})
        void refuses_an_expiry_more_than_an_hour_ahead() {
            fixture.exchange(fixture.grantAssertion().claim("exp", NOW + 7200))
                    .send()
                    .isInvalidGrant();
            fixture.exchange(fixture.grantAssertion().claim("exp", NOW + 3600 + SKEW + 1))
                    .send()
                    .isInvalidGrant();
            fixture.exchange(fixture.grantAssertion().claim("exp", NOW + 3600 + SKEW))
                    .send()
                    .isIssued();
        }

        @Test
        @Requirement({"7523-3-14", "D-06"})
        void refuses_an_assertion_that_is_not_valid_yet() {
            fixture.exchange(fixture.grantAssertion().claim("nbf", NOW + SKEW + 5))
                    .send()
                    .isInvalidGrant();
            fixture.exchange(fixture.grantAssertion().claim("nbf", NOW + SKEW - 1))
                    .send()
                    .isIssued();
        }

        @Test
        @Requirement({"7521-5.2-09", "7523-3-15", "D-06"})
        void refuses_an_assertion_made_too_long_ago_or_in_the_future() {
            fixture.exchange(fixture.grantAssertion().claim("iat", NOW - 3600 - SKEW - 1))
                    .send()
                    .isInvalidGrant();
            fixture.exchange(fixture.grantAssertion().claim("iat", NOW + 61))
                    .send()
                    .isInvalidGrant();
            fixture.exchange(fixture.grantAssertion().claim("iat", NOW - 3600))
                    .send()
                    .isIssued();
            fixture.exchange(fixture.grantAssertion().without("iat")).send().isIssued();
        }

        @Test
        @Requirement("7523-5-02")
        void holds_each_issuer_to_its_own_bounds() {
            Fixture two = Fixture.with(builder -> builder.trustedIssuers(TrustedIssuers.of(List.of(
                    Fixture.ci()
                            .maximumLifetime(Duration.ofMinutes(1))
                            .requiredClaims(Set.of("ref"))
                            .build(),
                    TrustedIssuer.builder("https://second.example.com")
                            .keys(KeySource.of(JwkSet.of(List.of(TestKeys.ED25519.verificationKey()))))
                            .algorithms(Set.of(JwsAlgorithm.Ed25519))
                            .subjects(SubjectPolicy.allowAny())
                            .maximumLifetime(Duration.ofHours(2))
                            .build()))));
            TestAssertion first = two.grantAssertion().claim("exp", NOW + 60).claim("ref", "main");
            two.exchange(first.without("ref")).send().isInvalidGrant();
            two.exchange(first.claim("ref", JsonNull.NULL)).send().isInvalidGrant();
            two.exchange(first.claim("exp", NOW + 60 + SKEW + 1)).send().isInvalidGrant();
            two.exchange(first).send().isIssued();
            TestAssertion second = two.grantAssertion()
                    .claim("iss", "https://second.example.com")
                    .signedWith(TestKeys.ED25519);
            two.exchange(second.claim("exp", NOW + 7200)).send().isIssued();
        }
    }

    @Nested
    @DisplayName("RFC 7523 §3 items 7 to 10: single use, signature, form")
    class SignatureAndForm {

        @Test
        @Requirement({"7521-5.2-10", "7523-3-20", "7521-8.1-01", "8725-3.8-01", "7521-4.1.1-01", "7523-3.1-02"})
        void refuses_a_signature_that_is_not_the_issuers() {
            fixture.exchange(fixture.grantAssertion().signedWith(TestKeys.ATTACKER))
                    .send()
                    .isInvalidGrant();
            fixture.exchange(fixture.grantAssertion()
                            .signedWith(TestKeys.ATTACKER)
                            .header("kid", TestKeys.ISSUER.keyId()))
                    .send()
                    .isInvalidGrant();
            fixture.exchange(fixture.grantAssertion().signedWith(TestKeys.CLIENT))
                    .send()
                    .isInvalidGrant();
        }

        @Test
        @Requirement({"7523-3-19", "8725-3.2-05"})
        void refuses_an_unsecured_assertion() {
            for (String none : new String[] {"none", "NONE", "nOnE"}) {
                fixture.exchange(fixture.grantAssertion().header("alg", none).unsigned())
                        .assertion(fixture.clientAssertion())
                        .send()
                        .isInvalidGrant();
            }
            fixture.exchange(fixture.grantAssertion().unsigned())
                    .assertion(fixture.clientAssertion())
                    .send()
                    .isInvalidGrant();
        }

        @Test
        @Requirement({"8725b-3.1-06", "7523-5-01"})
        void pins_the_algorithms_of_each_issuer() {
            KeySource rsa = KeySource.of(JwkSet.of(List.of(TestKeys.RSA.verificationKey())));
            Fixture es256 = Fixture.withIssuer(issuer -> issuer.keys(rsa));
            es256.exchange(es256.grantAssertion().signedWith(TestKeys.RSA))
                    .send()
                    .isInvalidGrant();
            Fixture rs256 = Fixture.withIssuer(issuer -> issuer.keys(rsa).algorithms(Set.of(JwsAlgorithm.RS256)));
            rs256.exchange(rs256.grantAssertion().signedWith(TestKeys.RSA))
                    .send()
                    .isIssued();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    ClientAssertion.TYPE,
                    "application/client-authentication+jwt",
                    "at+jwt",
                    "dpop+jwt",
                    "oauth-authz-req+jwt",
                    "token-introspection+jwt",
                    "logout+jwt"
                })
        @Requirement({"7523-3.1-04", "8725-3.12-01"})
        void refuses_a_jwt_that_says_it_was_made_for_something_else(String type) {
            fixture.exchange(fixture.grantAssertion().header("typ", type))
                    .send()
                    .isInvalidGrant();
        }

        @ParameterizedTest
        @ValueSource(strings = {"JWT", "jwt", "application/jwt"})
        void accepts_the_generic_type(String type) {
            fixture.exchange(fixture.grantAssertion().header("typ", type))
                    .send()
                    .isIssued();
        }

        @Test
        @Requirement("7523-3-18")
        void ignores_claims_it_does_not_know() {
            fixture.exchange(fixture.grantAssertion()
                            .claim("a", "text")
                            .claim("b", 1)
                            .claim("c", true)
                            .claim("d", JsonNull.NULL)
                            .claim("e", List.of("x", 1))
                            .claim("f", JsonObject.builder().put("g", 1).build()))
                    .send()
                    .isIssued();
        }

        @Test
        @Requirement("7523-3-21")
        void refuses_what_is_no_jwt() {
            TestAssertion valid = fixture.grantAssertion();
            for (String broken : List.of(
                    "",
                    "a.b",
                    valid.compact() + "=",
                    valid.compact() + ".x",
                    valid.compact() + "\n",
                    valid.compactWithClaims("[]"),
                    valid.compactWithClaims("{\"iss\":\"a\",\"iss\":\"b\"}"),
                    valid.compactWithClaims(json -> json.replace("{", "{\"sub\":\"repo:acme/x\",")),
                    valid.header("crit", List.of("exp")).compact(),
                    valid.header("b64", false).compact(),
                    valid.header("zip", "DEF").compact(),
                    valid.claim("exp", "soon").compact())) {
                if (!broken.isEmpty()) {
                    fixture.exchange(broken)
                            .assertion(fixture.clientAssertion())
                            .send()
                            .isInvalidGrant();
                }
            }
            fixture.exchange(valid.compactWithClaims(
                            json -> json.replace("\"exp\":" + (NOW + 300), "\"exp\":" + (NOW + 300) + ".5")))
                    .assertion(fixture.clientAssertion())
                    .send()
                    .isIssued();
        }

        @Test
        @Requirement({"7521-5.2-11", "D-04"})
        void refuses_an_assertion_without_jti() {
            fixture.exchange(fixture.grantAssertion().without("jti")).send().isInvalidGrant();
            fixture.exchange(fixture.grantAssertion().claim("jti", "")).send().isInvalidGrant();
            fixture.exchange(fixture.grantAssertion().claim("jti", 7)).send().isInvalidGrant();
        }

        @Test
        @Requirement({"7521-5.2-11", "D-04"})
        void accepts_an_assertion_without_jti_where_that_is_switched_on_and_reports_it() {
            Fixture lenient = Fixture.withIssuer(issuer -> issuer.allow(JTI_OPTIONAL));
            String assertion = lenient.grantAssertion().without("jti").compact();
            lenient.exchange(assertion)
                    .assertion(lenient.clientAssertion())
                    .send()
                    .isIssued();
            lenient.exchange(assertion)
                    .assertion(lenient.clientAssertion())
                    .send()
                    .isIssued();
            assertThat(lenient.events.leniencies()).containsOnly("jtiOptional");
            String once = lenient.grantAssertion().compact();
            lenient.exchange(once).assertion(lenient.clientAssertion()).send().isIssued();
            lenient.exchange(once).assertion(lenient.clientAssertion()).send().isInvalidGrant();
        }

        @Test
        @Requirement("D-04")
        void accepts_an_assertion_again_where_that_is_switched_on_and_reports_it() {
            Fixture lenient = Fixture.withIssuer(issuer -> issuer.allow(ALLOW_ASSERTION_REUSE));
            String assertion = lenient.grantAssertion().compact();
            lenient.exchange(assertion)
                    .assertion(lenient.clientAssertion())
                    .send()
                    .isIssued();
            lenient.exchange(assertion)
                    .assertion(lenient.clientAssertion())
                    .send()
                    .isIssued();
            assertThat(lenient.events.leniencies()).containsOnly("allowAssertionReuse");
        }
    }

    @Nested
    @DisplayName("RFC 7521 §4.1: the life of the token")
    class Lifetime {

        @Test
        @Requirement({"7521-4.1-06", "D-07"})
        void ends_a_token_with_its_assertion() {
            assertThat(expiresIn(fixture, 300)).isEqualTo(300);
            assertThat(expiresIn(fixture, 900)).isEqualTo(600);
        }

        @Test
        @Requirement({"7521-4.1-06", "D-07"})
        void gives_a_token_a_minute_in_any_case() {
            assertThat(expiresIn(fixture, 60)).isEqualTo(60);
            assertThat(expiresIn(fixture, 5)).isEqualTo(60);
            assertThat(expiresIn(fixture, -20)).isEqualTo(60);
        }

        @Test
        @Requirement("D-07")
        void lets_a_token_outlive_its_assertion_where_that_is_switched_on_and_reports_it() {
            Fixture lenient = Fixture.withIssuer(issuer -> issuer.allow(TOKEN_MAY_OUTLIVE_ASSERTION));
            assertThat(expiresIn(lenient, 60)).isEqualTo(600);
            assertThat(lenient.events.leniencies()).containsExactly("tokenMayOutliveAssertion");
            assertThat(expiresIn(lenient, 600)).isEqualTo(600);
            assertThat(lenient.events.leniencies()).hasSize(1);
        }

        private long expiresIn(Fixture server, long secondsLeft) {
            return server.exchange(server.grantAssertion().claim("exp", NOW + secondsLeft))
                    .send()
                    .isIssued()
                    .json()
                    .findLong("expires_in")
                    .orElseThrow();
        }
    }

    @Nested
    @DisplayName("RFC 7521 §4.1.1: the answer to a wrong assertion")
    class Answer {

        @Test
        @Requirement({"7521-4.1.1-01", "7521-4.1.1-02"})
        void says_which_checks_there_are_and_nothing_of_the_assertion() {
            TestAssertion wrong = fixture.grantAssertion().claim("aud", "https://other.example");
            JsonObject answer = fixture.exchange(wrong).send().isInvalidGrant().json();
            assertThat(answer.requireString("error_description")).contains("audience");
            assertThat(answer.toJson()).doesNotContain("other.example", TestKeys.ISSUER.keyId());
            assertThat(fixture.events.refusal().reason()).isEqualTo(RefusalReason.JWT_AUDIENCE);
        }

        @Test
        @Requirement("7523-3.1-04")
        void refuses_an_authentication_jwt_as_grant_and_a_grant_as_authentication() {
            String authentication = fixture.clientAssertion().compact();
            fixture.exchange(authentication)
                    .assertion(fixture.clientAssertion())
                    .send()
                    .isInvalidGrant();
            fixture.clientCredentials()
                    .assertion(fixture.grantAssertion())
                    .send()
                    .isInvalidClient();
        }
    }
}
