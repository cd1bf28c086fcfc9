package dev.signet.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.authorizationserver.event.ServerEvent;
import dev.signet.authorizationserver.store.StoreException;
import dev.signet.authorizationserver.trust.TrustedIssuer.Leniency;
import dev.signet.core.ClientId;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.accesstoken.AccessTokenProfile;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.VerifiedJwt;
import dev.signet.jwt.key.JwsAlgorithm;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the fixture calls valid is accepted, and one change decides. */
class ServerFixtureTest {

    private final ServerFixture fixture = ServerFixture.standard();

    @Nested
    class Resource_owners {

        private final TestResourceOwner owner = TestResourceOwner.approving();
        private final ServerFixture people = ServerFixture.withResourceOwner(owner);

        @Test
        void approve_what_a_token_is_then_issued_for() {
            String code = people.validAuthorization().get().code();
            VerifiedJwt token = people.redemption(code).send().isIssued().token();
            assertThat(token.claims().findString("sub")).contains(TestResourceOwner.SUBJECT);
            assertThat(token.claims().findString("scope")).contains("orders.read");
            assertThat(owner.asked()).hasSize(1);
            people.redemption("x".repeat(43)).send().isInvalidGrant();
        }

        @Test
        void approve_less_deny_and_leave() {
            owner.approves(Scope.of("orders.read"));
            String code = people.validAuthorization()
                    .with("scope", "orders.read orders.write")
                    .post()
                    .code();
            assertThat(people.redemption(code).send().token().claims().findString("scope"))
                    .contains("orders.read");
            owner.denies();
            people.validAuthorization().get().isSent("access_denied");
            owner.leaves();
            people.validAuthorization().withHeader("Cookie", "a=b").get().isShown(200, TestResourceOwner.PAGE);
            assertThat(owner.asked())
                    .last()
                    .satisfies(question ->
                            assertThat(question.http().header("cookie")).contains("a=b"));
            owner.approves();
            people.validAuthorization().get().code();
        }

        @Test
        void are_not_asked_about_clients_that_nobody_knows() {
            people.validAuthorization()
                    .with("client_id", "nobody")
                    .get()
                    .isShown(400, "The client is unknown")
                    .because(RefusalReason.CLIENT_UNKNOWN);
            people.validAuthorization()
                    .without("code_challenge")
                    .get()
                    .isSent("invalid_request")
                    .because(RefusalReason.PARAMETER_MISSING);
            assertThat(owner.asked()).hasSize(1);
        }
    }

    @Nested
    class Valid_requests {
        @Test
        void are_answered_with_a_token_of_the_default_resource() {
            VerifiedJwt token = fixture.validCall().send().isIssued().token();
            assertThat(token.claims().findString("sub")).contains("reporter");
            assertThat(token.claims().findString("aud")).contains(ServerFixture.ORDERS.value());
            assertThat(token.type()).contains(AccessTokenProfile.TYPE);
            assertThat(fixture.replayGuard().recorded()).hasSize(1);
        }

        @Test
        void exchange_an_assertion_of_the_trusted_issuer() {
            VerifiedJwt token = fixture.validExchange().send().token();
            assertThat(token.claims().findString("sub")).contains("repo:acme/shop");
            assertThat(fixture.replayGuard().recorded()).hasSize(2);
        }

        @Test
        void authenticate_each_client_in_its_way() {
            fixture.clientCredentials()
                    .basic(ServerFixture.BATCH, ServerFixture.SECRET)
                    .send()
                    .isIssued();
            fixture.clientCredentials()
                    .post(ServerFixture.POSTER, ServerFixture.SECRET)
                    .send()
                    .isIssued();
            fixture.clientCredentials().assertion(fixture.macAssertion()).send().isIssued();
        }

        @Test
        void may_be_sent_over_and_over_each_made_anew() {
            for (int time = 0; time < 3; time++) {
                fixture.validCall().send().isIssued();
                fixture.clock().advance(Duration.ofHours(1));
            }
        }
    }

    @Nested
    class One_change {
        static Stream<Arguments> toTheClientAssertion() {
            return Stream.<UnaryOperator<TestJwt>>of(
                            jwt -> jwt.withIssuer("other"),
                            jwt -> jwt.withSubject("other"),
                            jwt -> jwt.withAudience("https://other.example.com"),
                            jwt -> jwt.withAudiences(ServerFixture.ISSUER.value(), "https://other.example.com"),
                            jwt -> jwt.withExpiry(TestClock.START.minusSeconds(30)),
                            jwt -> jwt.withIssuedAt(TestClock.START.plusSeconds(31)),
                            jwt -> jwt.withNotBefore(TestClock.START.plusSeconds(31)),
                            jwt -> jwt.withJwtId(""),
                            jwt -> jwt.withoutClaim("jti"),
                            jwt -> jwt.withType("at+jwt"),
                            jwt -> jwt.withHeader("crit", List.of("exp")),
                            jwt -> jwt.withHeader("alg", "none"),
                            jwt -> jwt.signedWith(FixedKeys.stranger()))
                    .map(Arguments::of);
        }

        @ParameterizedTest
        @MethodSource("toTheClientAssertion")
        void to_the_client_assertion_is_refused(UnaryOperator<TestJwt> change) {
            fixture.clientCredentials()
                    .assertion(change.apply(fixture.clientAssertion()))
                    .send()
                    .isInvalidClient();
            fixture.validCall().send().isIssued();
        }

        static Stream<Arguments> thatDoesNotMatter() {
            return Stream.<UnaryOperator<TestJwt>>of(
                            jwt -> jwt.withAudiences(ServerFixture.ISSUER.value()),
                            jwt -> jwt.withNotBefore(TestClock.START),
                            jwt -> jwt.withType("JWT"),
                            jwt -> jwt.withoutHeader("typ"),
                            jwt -> jwt.withoutClaim("iat"),
                            jwt -> jwt.withClaim("anything", true))
                    .map(Arguments::of);
        }

        @ParameterizedTest
        @MethodSource("thatDoesNotMatter")
        void that_does_not_matter_is_accepted(UnaryOperator<TestJwt> change) {
            fixture.clientCredentials()
                    .assertion(change.apply(fixture.clientAssertion()))
                    .send()
                    .isIssued();
        }

        @Test
        void to_the_text_of_an_assertion_is_refused() {
            TestJwt valid = fixture.clientAssertion();
            for (String text : List.of(
                    valid.compactUnsigned(),
                    valid.compactWithBrokenSignature(),
                    valid.compactWithHeader(json -> json.replace("}", ",\"alg\":\"ES256\"}")),
                    valid.compactWithClaims(json -> json.replace("}", ",\"iss\":\"twice\"}")))) {
                fixture.clientCredentials().assertion(text).send().isInvalidClient();
            }
            fixture.clientCredentials().assertion(valid).send().isIssued();
        }

        @Test
        void to_the_exchanged_assertion_is_refused() {
            fixture.exchange(fixture.grantAssertion().withSubject("repo:other/shop"))
                    .assertion(fixture.clientAssertion())
                    .send()
                    .isInvalidGrant()
                    .because(RefusalReason.ASSERTION_SUBJECT_REFUSED);
            fixture.validExchange().send().isIssued();
        }

        @Test
        void to_the_request_is_refused() {
            fixture.validCall().without("grant_type").send().isInvalidRequest();
            fixture.validCall().and("grant_type", "client_credentials").send().isInvalidRequest();
            fixture.validCall().with("client_assertion_type", "other").send().isInvalidClient();
            fixture.validCall().with("scope", "unheard.of").send().isRefused(400, "invalid_scope");
            fixture.clientCredentials()
                    .basic(ServerFixture.BATCH, "wrong")
                    .send()
                    .isInvalidClient();
        }

        @Test
        void of_time_is_enough() {
            TokenCall call = fixture.validCall();
            fixture.clock().advance(Duration.ofSeconds(89));
            call.send().isIssued();
            TokenCall late = fixture.validCall();
            fixture.clock().advance(Duration.ofSeconds(90));
            late.send().isInvalidClient();
        }

        @Test
        void of_nothing_sends_the_same_again_and_is_refused_as_replay() {
            TokenCall call = fixture.validCall();
            call.send().isIssued();
            TokenAnswer second = call.send().isInvalidClient();
            assertThat(second.events()).anyMatch(ServerEvent.ReplayRefused.class::isInstance);
            assertThat(fixture.replayGuard().recorded()).hasSize(1);
        }
    }

    @Nested
    class Other_settings {
        @Test
        void reach_the_server() {
            TokenAnswer answer = ServerFixture.with(builder -> builder.replayGuard(uses -> {
                        throw new StoreException("down");
                    }))
                    .validCall()
                    .send();
            assertThat(answer.status()).isEqualTo(503);
        }

        @Test
        void loosen_or_tighten_the_trust() {
            UnaryOperator<TestJwt> forBoth =
                    jwt -> jwt.withAudiences(ServerFixture.ISSUER.value(), "https://other.example.com");
            fixture.exchange(forBoth.apply(fixture.grantAssertion()))
                    .assertion(fixture.clientAssertion())
                    .send()
                    .isInvalidGrant();
            ServerFixture lenient =
                    ServerFixture.withTrustedIssuer(issuer -> issuer.allow(Leniency.ACCEPT_ADDITIONAL_AUDIENCES));
            lenient.exchange(forBoth.apply(lenient.grantAssertion()))
                    .assertion(lenient.clientAssertion())
                    .send()
                    .isIssued();
        }

        @Test
        void add_a_client_once() {
            ClientId id = new ClientId("another");
            fixture.and(ServerFixture.keyClient(id, FixedKeys.client()));
            fixture.clientCredentials()
                    .assertion(fixture.clientAssertion(id))
                    .send()
                    .isIssued();
            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            fixture.and(ServerFixture.secretClient(id, ClientAuthenticationMethod.CLIENT_SECRET_BASIC)))
                    .withMessage("there is a client another already");
        }
    }

    @Nested
    class Access_token {
        @Test
        void is_like_one_that_was_issued() {
            VerifiedJwt issued =
                    fixture.validCall().with("scope", "orders.read").send().token();
            VerifiedJwt made = UnverifiedJwt.parse(fixture.accessToken().compact())
                    .verify(fixture.server().signingKeys().published(), Set.of(JwsAlgorithm.ES256));
            assertThat(made.header()).isEqualTo(issued.header());
            assertThat(made.claims().toBuilder().remove("jti").build())
                    .isEqualTo(issued.claims().toBuilder().remove("jti").build());
        }
    }

    @Nested
    class Answers {
        @Test
        void fail_the_test_when_it_is_not_so_and_say_why() {
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> fixture.validCall().send().isInvalidClient());
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> fixture.clientCredentials().send().isIssued())
                    .withMessageContaining("RequestRefused");
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() ->
                            fixture.clientCredentials().send().isInvalidClient().because(RefusalReason.INTERNAL));
        }

        @Test
        void give_all_parts() {
            TokenAnswer answer = fixture.clientCredentials().send();
            assertThat(answer.status()).isEqualTo(answer.response().status());
            assertThat(answer.header("Content-Type")).startsWith("application/json");
            assertThat(answer.header("X-Missing")).isEmpty();
            assertThat(answer.json().findString("error")).contains(answer.error());
            assertThat(fixture.validCall().send().error()).isEmpty();
            assertThat(answer).hasToString("TokenAnswer 401");
        }

        @Test
        void to_other_requests_are_plain_responses() {
            assertThat(fixture.send(ProtocolRequest.builder("GET", "/jwks").build())
                            .status())
                    .isEqualTo(200);
        }
    }

    @Nested
    class Calls {
        @Test
        void are_not_changed_by_their_changes() {
            TokenCall call = fixture.clientCredentials();
            byte[] before = call.toRequest().body();
            call.with("scope", "orders.read")
                    .and("scope", "x")
                    .without("grant_type")
                    .withHeader("X-A", "b");
            assertThat(call.toRequest().body()).isEqualTo(before);
            assertThat(call).hasToString("TokenCall with [grant_type]");
        }

        @Test
        void ask_for_another_resource() {
            VerifiedJwt token = fixture.validCall()
                    .with("resource", ServerFixture.STOCK.value())
                    .send()
                    .token();
            assertThat(new ResourceIndicator(token.claims().findString("aud").orElseThrow()))
                    .isEqualTo(ServerFixture.STOCK);
        }
    }

    @Test
    void signed_and_pushed_requests_start_from_valid_ones() {
        ServerFixture people = ServerFixture.withResourceOwner(TestResourceOwner.approving());
        people.authorization(people.requestObject()).get().code();
        people.authorization(people.requestObject().signedWith(FixedKeys.stranger()))
                .get()
                .isShown(400, "invalid_request_object");
        AuthorizationCall pushed = people.pushedAuthorization(people.requestObject());
        people.redemption(pushed.get().code()).send().isIssued();
        pushed.get().isShown(400, "invalid_request_uri");
    }
}
