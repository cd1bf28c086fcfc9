package dev.signet.resourceserver;

import static dev.signet.resourceserver.Fixture.AUDIENCE;
import static dev.signet.resourceserver.Fixture.KEY;
import static dev.signet.resourceserver.Fixture.NOW;
import static dev.signet.resourceserver.Fixture.OTHER_KEY;
import static dev.signet.resourceserver.Fixture.accepted;
import static dev.signet.resourceserver.Fixture.assertInvalidToken;
import static dev.signet.resourceserver.Fixture.keys;
import static dev.signet.resourceserver.Fixture.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.core.error.RefusalReason;
import dev.signet.core.explanation.Check;
import dev.signet.core.explanation.Explanation;
import dev.signet.jwt.json.JsonObject;
import dev.signet.resourceserver.AccessTokenOutcome.Refused;
import dev.signet.resourceserver.AccessTokenOutcome.Unavailable;
import dev.signet.resourceserver.LocalIntrospection.Answer;
import dev.signet.resourceserver.introspection.IntrospectionPolicy;
import dev.signet.testkit.Requirement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntrospectedTokensTest {

    private static final Duration BOUND = Duration.ofSeconds(5);

    private final TestClock clock = new TestClock();
    private final LocalIntrospection server = new LocalIntrospection();

    @AfterEach
    void stop() {
        server.close();
    }

    private TrustedIssuer.Builder issuer(IntrospectionPolicy policy) {
        return TrustedIssuer.builder(server.issuer().value())
                .audience(AUDIENCE)
                .keys(keys(KEY))
                .introspection(policy);
    }

    private AccessTokenValidator validator(TrustedIssuer.Builder issuer) {
        return AccessTokenValidator.builder().trust(issuer.build()).clock(clock).build();
    }

    private AccessTokenValidator always() {
        return validator(issuer(IntrospectionPolicy.always(server.client(clock).build())));
    }

    private AccessTokenValidator cached() {
        return validator(issuer(IntrospectionPolicy.cached(server.client(clock).build(), BOUND)));
    }

    private AccessTokenValidator opaque() {
        return validator(issuer(IntrospectionPolicy.cached(server.client(clock).build(), BOUND))
                .allowOpaqueTokens());
    }

    private String jwt() {
        return token(server.claims());
    }

    private static void assertUnavailable(AccessTokenOutcome outcome) {
        assertThat(outcome).isInstanceOf(Unavailable.class);
        assertThat(((Unavailable) outcome).reason()).isEqualTo(RefusalReason.INTROSPECTION_UNAVAILABLE);
        assertThat(outcome.response().status()).isEqualTo(503);
        assertThat(outcome.response().header("Retry-After")).isPresent();
    }

    @Nested
    @DisplayName("RFC 7662 §4: a JWT that is good by itself")
    class Jwts {

        @Test
        @Requirement({"7662-4-01", "D-24"})
        void is_accepted_if_it_is_active_and_refused_if_it_is_not() {
            AccessTokenValidator validator = always();
            server.answering(Answer.json(server.active()));
            String token = jwt();
            AccessToken accepted = accepted(validator.validateToken(token));
            assertThat(accepted.subject()).isEqualTo("alice");
            assertThat(accepted.claims()).isEqualTo(server.claims().build());
            assertThat(server.last().form().require("token")).isEqualTo(token);
            assertThat(server.last().form().require("token_type_hint")).isEqualTo("access_token");
            assertThat(server.last().accept()).isEqualTo("application/json");
            assertThat(server.last().authorization()).startsWith("Basic ");
            server.answering(Answer.json(LocalIntrospection.inactive()));
            assertInvalidToken(validator.validateToken(jwt()), RefusalReason.TOKEN_INACTIVE);
            assertThat(server.questions()).isEqualTo(2);
        }

        @Test
        @Requirement("7662-4-01")
        void is_asked_about_only_if_it_is_good_by_itself() {
            AccessTokenValidator validator = always();
            server.answering(Answer.json(server.active()));
            assertInvalidToken(
                    validator.validateToken(token(OTHER_KEY, "at+jwt", server.claims())),
                    RefusalReason.JWT_KEY_UNKNOWN);
            assertInvalidToken(
                    validator.validateToken(token(server.claims().put("exp", NOW.getEpochSecond() - 60))),
                    RefusalReason.JWT_EXPIRED);
            assertInvalidToken(
                    validator.validateToken(token(server.claims().put("aud", "https://other.example.com"))),
                    RefusalReason.JWT_AUDIENCE);
            assertInvalidToken(
                    validator.validateToken(token(server.claims().put("cnf", JsonObject.parse("{\"jkt\":\"x\"}")))),
                    RefusalReason.TOKEN_CONFIRMATION_UNPROVEN);
            assertInvalidToken(validator.validateToken("garbage"), RefusalReason.JWT_MALFORMED);
            assertInvalidToken(validator.validateToken("a.b.c"), RefusalReason.JWT_BAD_ENCODING);
            assertThat(server.questions()).isZero();
            accepted(validator.validateToken(jwt()));
        }

        @Test
        @Requirement({"7662-4-01", "9700-2.3-02"})
        void is_held_to_what_is_answered_too() {
            AccessTokenValidator validator = always();
            server.answering(Answer.json(server.active().put("exp", NOW.getEpochSecond() - 60)));
            assertInvalidToken(validator.validateToken(jwt()), RefusalReason.JWT_EXPIRED);
            server.answering(Answer.json(server.active().put("exp", "never")));
            assertInvalidToken(validator.validateToken(jwt()), RefusalReason.JWT_MALFORMED_CLAIM);
            server.answering(Answer.json(server.active().put("aud", "https://other.example.com")));
            assertInvalidToken(validator.validateToken(jwt()), RefusalReason.JWT_AUDIENCE);
            server.answering(Answer.json(server.active().put("nbf", NOW.getEpochSecond() + 60)));
            assertInvalidToken(validator.validateToken(jwt()), RefusalReason.JWT_NOT_YET_VALID);
            server.answering(Answer.json(server.active().put("cnf", JsonObject.parse("{\"jkt\":\"x\"}"))));
            assertInvalidToken(validator.validateToken(jwt()), RefusalReason.TOKEN_CONFIRMATION_UNPROVEN);
            server.answering(Answer.json(server.active().put("token_type", "DPoP")));
            assertInvalidToken(validator.validateToken(jwt()), RefusalReason.TOKEN_CONFIRMATION_UNPROVEN);
            server.answering(Answer.json(server.active()));
            accepted(validator.validateToken(jwt()));
        }

        @Test
        void is_said_to_be_refused_by_the_answer_where_the_token_itself_is_good() {
            AccessTokenValidator validator = always();
            server.answering(Answer.json(server.active().put("exp", NOW.getEpochSecond() - 60)));
            Refused refused = (Refused) validator.validateToken(jwt());
            assertThat(refused.reason()).isEqualTo(RefusalReason.JWT_EXPIRED);
            assertThat(refused.detail()).isEqualTo("by the answer of the authorization server: exp has passed");
            refused = (Refused) validator.validateToken(token(server.claims().put("exp", NOW.getEpochSecond() - 60)));
            assertThat(refused.detail()).isEqualTo("exp has passed");
        }

        @ParameterizedTest
        @ValueSource(strings = {"iss", "sub", "client_id", "jti"})
        @Requirement("7662-4-01")
        void is_not_accepted_by_an_answer_about_another_token(String name) {
            AccessTokenValidator validator = always();
            server.answering(Answer.json(server.active().put(name, "https://other.example.com")));
            assertUnavailable(validator.validateToken(jwt()));
            server.answering(Answer.json(server.active().remove(name)));
            accepted(validator.validateToken(jwt()));
        }

        @Test
        void loses_what_the_answer_does_not_grant_and_gains_nothing() {
            AccessTokenValidator validator = always();
            server.answering(Answer.json(server.active()
                    .put("scope", "orders.read admin")
                    .put("exp", NOW.getEpochSecond() + 6_000)
                    .put("roles", List.of("admin"))));
            AccessToken accepted = accepted(validator.validateToken(jwt()));
            assertThat(accepted.scope().tokens()).containsExactly("orders.read");
            assertThat(accepted.expiresAt()).isEqualTo(NOW.plusSeconds(600));
            assertThat(accepted.roles()).isEmpty();
            server.answering(Answer.json(server.active().put("scope", "")));
            assertThat(accepted(validator.validateToken(jwt())).scope().isEmpty())
                    .isTrue();
            server.answering(Answer.json(server.active().put("scope", 7)));
            assertUnavailable(validator.validateToken(jwt()));
            server.answering(Answer.json(server.active().put("exp", NOW.getEpochSecond() + 60)));
            assertThat(accepted(validator.validateToken(jwt())).expiresAt()).isEqualTo(NOW.plusSeconds(60));
        }

        @Test
        @Requirement("D-09")
        void still_tells_that_a_leniency_let_it_pass() {
            IntrospectionPolicy policy =
                    IntrospectionPolicy.cached(server.client(clock).build(), BOUND);
            AccessTokenValidator validator = validator(issuer(policy).allowLegacyTyp());
            server.answering(Answer.json(server.active()));
            String legacy = token(KEY, "JWT", server.claims());
            for (int round = 0; round < 2; round++) {
                AccessTokenOutcome outcome = validator.validateToken(legacy);
                assertThat(((AccessTokenOutcome.Valid) outcome).usedLegacyTyp()).isTrue();
            }
            AccessTokenOutcome usual = validator.validateToken(jwt());
            assertThat(((AccessTokenOutcome.Valid) usual).usedLegacyTyp()).isFalse();
        }

        @Test
        @Requirement("D-24")
        void of_an_issuer_without_a_policy_is_never_asked_about() {
            AccessTokenValidator validator = AccessTokenValidator.builder()
                    .issuer(server.issuer().value())
                    .audience(AUDIENCE)
                    .keys(keys(KEY))
                    .clock(clock)
                    .build();
            accepted(validator.validateToken(jwt()));
            assertThat(server.questions()).isZero();
        }
    }

    @Nested
    @DisplayName("RFC 7662 §4: no answer")
    class NoAnswer {

        static List<Answer> bad() {
            return List.of(
                    new Answer(500, "application/json", "{\"active\":true}"),
                    new Answer(401, "application/json", "{\"error\":\"invalid_client\"}"),
                    new Answer(204, "application/json", ""),
                    new Answer(302, "application/json", "{\"active\":true}"),
                    new Answer(200, "text/html", "{\"active\":true}"),
                    new Answer(200, "application/json", "active"),
                    new Answer(200, "application/json", ""),
                    new Answer(200, "application/json", "[true]"),
                    new Answer(200, "application/json", "{}"),
                    new Answer(200, "application/json", "{\"active\":\"true\"}"),
                    new Answer(200, "application/json", "{\"active\":1}"),
                    new Answer(200, "application/json", "{\"active\":false,\"active\":true}"),
                    new Answer(200, "application/json", "{\"active\":true,\"a\":\"" + "x".repeat(70_000) + "\"}"));
        }

        @ParameterizedTest
        @MethodSource("bad")
        @Requirement("7662-4-02")
        void lets_nothing_pass_and_is_not_kept(Answer bad) {
            for (AccessTokenValidator validator : List.of(always(), cached(), opaque())) {
                server.answering(bad);
                assertUnavailable(validator.validateToken(jwt()));
                assertUnavailable(validator.validateToken(jwt()));
                server.answering(Answer.json(server.active()));
                accepted(validator.validateToken(jwt()));
            }
        }

        @Test
        @Requirement("7662-4-02")
        void comes_from_an_endpoint_that_is_down_or_slow() {
            AccessTokenValidator slow = validator(issuer(IntrospectionPolicy.always(
                    server.client(clock).timeout(Duration.ofMillis(100)).build())));
            server.answering(Answer.json(server.active()));
            accepted(slow.validateToken(jwt()));
            server.hold();
            assertUnavailable(slow.validateToken(jwt()));
            server.release();
            accepted(slow.validateToken(jwt()));
            AccessTokenValidator down = always();
            accepted(down.validateToken(jwt()));
            server.close();
            assertUnavailable(down.validateToken(jwt()));
        }

        @Test
        @Requirement("7662-4-02")
        void tells_nothing_of_the_token_or_the_secret() {
            String token = jwt();
            for (int status : List.of(200, 500)) {
                server.answering(new Answer(status, "application/json", "{\"echo\":\"" + token + "\"}"));
                AccessTokenOutcome outcome = always().validateToken(token);
                assertUnavailable(outcome);
                assertThat(List.of(outcome.toString(), ((Unavailable) outcome).detail()))
                        .noneMatch(text -> text.contains(token) || text.contains(LocalIntrospection.SECRET));
            }
        }
    }

    @Nested
    @DisplayName("D-24: cached")
    class Cached {

        @Test
        @Requirement({"7662-4-01", "D-24"})
        void is_asked_again_when_the_bound_has_passed() {
            AccessTokenValidator validator = cached();
            server.answering(Answer.json(server.active()));
            String token = jwt();
            accepted(validator.validateToken(token));
            server.answering(Answer.json(LocalIntrospection.inactive()));
            clock.advance(BOUND.minusMillis(1));
            accepted(validator.validateToken(token));
            assertThat(server.questions()).isEqualTo(1);
            clock.advance(Duration.ofMillis(1));
            assertInvalidToken(validator.validateToken(token), RefusalReason.TOKEN_INACTIVE);
            assertThat(server.questions()).isEqualTo(2);
        }

        @Test
        @Requirement("7662-4-01")
        void is_never_kept_beyond_exp() {
            AccessTokenValidator validator = cached();
            server.answering(Answer.json(server.active()));
            String token = jwt();
            clock.advance(Duration.ofSeconds(598));
            accepted(validator.validateToken(token));
            clock.advance(Duration.ofSeconds(1));
            accepted(validator.validateToken(token));
            assertThat(server.questions()).isEqualTo(1);
            clock.advance(Duration.ofSeconds(1));
            server.answering(Answer.json(LocalIntrospection.inactive()));
            assertInvalidToken(validator.validateToken(token), RefusalReason.TOKEN_INACTIVE);
            assertThat(server.questions()).isEqualTo(2);
        }

        @Test
        void keeps_what_is_not_active_for_no_longer() {
            AccessTokenValidator validator = cached();
            server.answering(Answer.json(LocalIntrospection.inactive()));
            String token = jwt();
            for (int round = 0; round < 3; round++) {
                assertInvalidToken(validator.validateToken(token), RefusalReason.TOKEN_INACTIVE);
            }
            assertThat(server.questions()).isEqualTo(1);
            clock.advance(BOUND);
            server.answering(Answer.json(server.active()));
            accepted(validator.validateToken(token));
        }

        @Test
        void keeps_what_is_not_active_for_ten_seconds_at_most() {
            AccessTokenValidator validator = validator(
                    issuer(IntrospectionPolicy.cached(server.client(clock).build(), Duration.ofSeconds(60))));
            server.answering(Answer.json(LocalIntrospection.inactive()));
            String token = jwt();
            assertInvalidToken(validator.validateToken(token), RefusalReason.TOKEN_INACTIVE);
            clock.advance(Duration.ofSeconds(10));
            assertInvalidToken(validator.validateToken(token), RefusalReason.TOKEN_INACTIVE);
            assertThat(server.questions()).isEqualTo(2);
        }

        @Test
        void is_one_question_for_a_thousand_at_a_time() throws Exception {
            AccessTokenValidator validator = validator(issuer(IntrospectionPolicy.cached(
                    server.client(clock).timeout(Duration.ofSeconds(30)).build(), BOUND)));
            server.answering(Answer.json(server.active()));
            server.hold();
            String token = jwt();
            ExecutorService threads = Executors.newFixedThreadPool(1_000);
            try {
                List<Future<AccessTokenOutcome>> outcomes = new ArrayList<>();
                for (int each = 0; each < 1_000; each++) {
                    outcomes.add(threads.submit((Callable<AccessTokenOutcome>) () -> validator.validateToken(token)));
                }
                Awaitility.await().until(() -> server.questions() > 0);
                server.release();
                for (Future<AccessTokenOutcome> outcome : outcomes) {
                    accepted(outcome.get());
                }
            } finally {
                threads.shutdownNow();
            }
            assertThat(server.questions()).isEqualTo(1);
        }

        @Test
        @Requirement("D-24")
        void is_asked_again_for_who_came_while_an_answer_took_longer_than_the_bound() throws Exception {
            AccessTokenValidator validator = validator(issuer(IntrospectionPolicy.cached(
                    server.client(clock).timeout(Duration.ofSeconds(30)).build(), BOUND)));
            server.answering(
                    token -> Answer.json(server.questions() == 1 ? server.active() : LocalIntrospection.inactive()));
            server.hold();
            String token = jwt();
            FutureTask<AccessTokenOutcome> first = new FutureTask<>(() -> validator.validateToken(token));
            new Thread(first).start();
            Awaitility.await().until(() -> server.questions() == 1);
            clock.advance(Duration.ofMillis(1));
            List<FutureTask<AccessTokenOutcome>> others = new ArrayList<>();
            for (int each = 0; each < 10; each++) {
                FutureTask<AccessTokenOutcome> other = new FutureTask<>(() -> validator.validateToken(token));
                others.add(other);
                Thread waiting = new Thread(other);
                waiting.start();
                Awaitility.await().until(() -> waiting.getState() == Thread.State.WAITING);
            }
            clock.advance(BOUND);
            server.release();
            accepted(first.get());
            for (FutureTask<AccessTokenOutcome> other : others) {
                assertInvalidToken(other.get(), RefusalReason.TOKEN_INACTIVE);
            }
            assertThat(server.questions()).isEqualTo(2);
        }

        @Test
        @Requirement("9068-4-13")
        void is_dropped_with_the_key_that_signed_the_token() {
            server.publish(KEY);
            server.answering(Answer.json(server.active()));
            AccessTokenValidator validator = AccessTokenValidator.builder()
                    .issuer(server.issuer().value())
                    .audience(AUDIENCE)
                    .outbound(server.outbound())
                    .introspection(
                            IntrospectionPolicy.cached(server.client(clock).build(), Duration.ofSeconds(60)))
                    .clock(clock)
                    .build();
            String token = jwt();
            accepted(validator.validateToken(token));
            server.publish(OTHER_KEY);
            clock.advance(Duration.ofSeconds(31));
            accepted(validator.validateToken(token(OTHER_KEY, "at+jwt", server.claims())));
            assertInvalidToken(validator.validateToken(token), RefusalReason.JWT_KEY_UNKNOWN);
        }
    }

    @Nested
    @DisplayName("RFC 7662 §2.2: opaque tokens")
    class Opaque {

        private static final String TOKEN = "mF_9.B5f-4.1JqM".replace(".", "~");

        @Test
        @Requirement({"7662-4-01", "D-13"})
        void have_the_claims_that_are_answered() {
            server.answering(token -> Answer.json(
                    token.equals(TOKEN)
                            ? server.active()
                                    .put("acr", "urn:example:mfa")
                                    .put("auth_time", NOW.getEpochSecond() - 10)
                                    .put("roles", List.of("clerk"))
                            : LocalIntrospection.inactive()));
            AccessTokenValidator validator = opaque();
            AccessTokenOutcome outcome = validator
                    .validateToken(TOKEN)
                    .requireScope("orders.read")
                    .requireAnyRole("clerk")
                    .requireAuthentication(StepUp.toRecent(Duration.ofSeconds(30)));
            AccessToken token = accepted(outcome);
            assertThat(token.subject()).isEqualTo("alice");
            assertThat(token.clientId().value()).isEqualTo("reporter");
            assertThat(token.audience()).containsExactly(AUDIENCE);
            assertThat(token.jwtId().value()).isEqualTo("a-token");
            assertThat(token.expiresAt()).isEqualTo(NOW.plusSeconds(600));
            assertThat(token.acr()).contains("urn:example:mfa");
            assertThat(token.claims().has("active")).isFalse();
            assertThat(validator
                            .validateToken(TOKEN)
                            .requireScope("admin")
                            .response()
                            .status())
                    .isEqualTo(403);
            assertInvalidToken(validator.validateToken("another"), RefusalReason.TOKEN_INACTIVE);
            assertThat(server.questions()).isEqualTo(2);
        }

        @ParameterizedTest
        @ValueSource(strings = {"iss", "sub", "aud", "exp", "iat", "jti", "client_id"})
        @Requirement("7662-4-01")
        void need_all_that_an_access_token_says(String name) {
            server.answering(Answer.json(server.active().remove(name)));
            assertInvalidToken(opaque().validateToken(TOKEN), RefusalReason.JWT_MISSING_CLAIM);
        }

        @Test
        @Requirement({"7662-4-01", "9700-2.3-02"})
        void are_held_to_what_every_access_token_is() {
            AccessTokenValidator validator = opaque();
            server.answering(Answer.json(server.active().put("iss", "https://other.example.com")));
            assertInvalidToken(validator.validateToken(TOKEN), RefusalReason.JWT_ISSUER);
            server.answering(Answer.json(server.active().put("aud", List.of("https://other.example.com"))));
            assertInvalidToken(validator.validateToken(TOKEN), RefusalReason.JWT_AUDIENCE);
            server.answering(Answer.json(server.active().put("exp", NOW.getEpochSecond() - 60)));
            assertInvalidToken(validator.validateToken(TOKEN), RefusalReason.JWT_EXPIRED);
            server.answering(Answer.json(server.active().put("cnf", JsonObject.parse("{\"jkt\":\"x\"}"))));
            assertInvalidToken(validator.validateToken(TOKEN), RefusalReason.TOKEN_CONFIRMATION_UNPROVEN);
            server.answering(Answer.json(server.active().put("token_type", "DPoP")));
            assertInvalidToken(validator.validateToken(TOKEN), RefusalReason.TOKEN_CONFIRMATION_UNPROVEN);
            server.answering(Answer.json(server.active()));
            accepted(validator.validateToken(TOKEN));
        }

        @Test
        @Requirement("D-24")
        void are_accepted_only_where_that_was_asked_for() {
            server.answering(Answer.json(server.active()));
            assertInvalidToken(cached().validateToken(TOKEN), RefusalReason.JWT_MALFORMED);
            assertThat(server.questions()).isZero();
            accepted(opaque().validateToken(TOKEN));
        }

        @Test
        void are_asked_about_only_if_they_could_be_tokens() {
            AccessTokenValidator validator = opaque();
            server.answering(Answer.json(server.active()));
            assertInvalidToken(validator.validateToken("x".repeat(4_097)), RefusalReason.JWT_TOO_LARGE);
            assertThat(validator
                            .validate(List.of("Bearer not a token"))
                            .response()
                            .status())
                    .isEqualTo(400);
            assertThat(validator
                            .validate(List.of("Bearer t\u00f6ken"))
                            .response()
                            .status())
                    .isEqualTo(400);
            assertInvalidToken(validator.validateToken("a.b.c"), RefusalReason.JWT_BAD_ENCODING);
            assertThat(server.questions()).isZero();
            accepted(validator.validateToken("x".repeat(4_096)));
        }

        @Test
        void are_asked_about_by_so_many_at_a_time_and_no_more() throws Exception {
            AccessTokenValidator validator = validator(issuer(IntrospectionPolicy.cached(
                            server.client(clock).mostAtOnce(2).build(), BOUND))
                    .allowOpaqueTokens());
            server.answering(Answer.json(LocalIntrospection.inactive()));
            server.hold();
            ExecutorService threads = Executors.newFixedThreadPool(20);
            try {
                List<Future<AccessTokenOutcome>> outcomes = new ArrayList<>();
                for (int each = 0; each < 20; each++) {
                    String garbage = "garbage-" + each;
                    outcomes.add(threads.submit((Callable<AccessTokenOutcome>) () -> validator.validateToken(garbage)));
                }
                Awaitility.await()
                        .until(() -> outcomes.stream().filter(Future::isDone).count() == 18);
                assertThat(server.questions()).isEqualTo(2);
                server.release();
                int unavailable = 0;
                for (Future<AccessTokenOutcome> outcome : outcomes) {
                    unavailable += outcome.get() instanceof Unavailable ? 1 : 0;
                }
                assertThat(unavailable).isEqualTo(18);
            } finally {
                threads.shutdownNow();
            }
        }

        @Test
        @Requirement("7662-4-01")
        void are_asked_about_again_when_the_bound_has_passed() {
            AccessTokenValidator validator = opaque();
            server.answering(Answer.json(server.active()));
            accepted(validator.validateToken(TOKEN));
            accepted(validator.validateToken(TOKEN));
            assertThat(server.questions()).isEqualTo(1);
            clock.advance(BOUND);
            server.answering(Answer.json(LocalIntrospection.inactive()));
            assertInvalidToken(validator.validateToken(TOKEN), RefusalReason.TOKEN_INACTIVE);
        }
    }

    @Nested
    @DisplayName("what was asked for is explained")
    class Explained {

        @Test
        void as_the_last_check_of_a_jwt_and_the_first_of_an_opaque_token() {
            AccessTokenValidator validator = opaque();
            server.answering(Answer.json(LocalIntrospection.inactive()));
            Explanation jwt = validator.explain(jwt());
            assertThat(jwt.isAccepted()).isFalse();
            assertThat(jwt.findings().get(jwt.findings().size() - 1).check()).isEqualTo(Check.INTROSPECTION);
            assertThat(jwt.findings().get(jwt.findings().size() - 1).reason()).contains(RefusalReason.TOKEN_INACTIVE);
            Explanation opaque = validator.explain("opaque");
            assertThat(opaque.findings().get(1).check()).isEqualTo(Check.INTROSPECTION);
            assertThat(opaque.findings().get(1).reason()).contains(RefusalReason.TOKEN_INACTIVE);
            server.answering(new Answer(500, "text/plain", ""));
            assertThat(validator.explain("opaque").findings().get(1).reason())
                    .contains(RefusalReason.INTROSPECTION_UNAVAILABLE);
            server.answering(Answer.json(server.active()));
            assertThat(validator.explain("opaque").isAccepted()).isTrue();
            assertThat(validator.explain(jwt()).isAccepted()).isTrue();
            assertThat(server.questions()).isEqualTo(5);
        }
    }

    @Nested
    @DisplayName("what nobody was asked for is explained")
    class NotAsked {

        @Test
        void a_jwt_of_an_issuer_that_is_never_asked_has_no_such_check() {
            AccessTokenValidator validator = AccessTokenValidator.builder()
                    .trust(issuer(IntrospectionPolicy.always(
                                    server.client(clock).build()))
                            .build())
                    .trust(TrustedIssuer.builder(Fixture.ISSUER)
                            .audience(AUDIENCE)
                            .keys(keys(KEY))
                            .build())
                    .clock(clock)
                    .build();
            server.answering(Answer.json(server.active()));
            Explanation local = validator.explain(Fixture.token());
            assertThat(local.isAccepted()).isTrue();
            assertThat(local.findings()).noneMatch(finding -> finding.check() == Check.INTROSPECTION);
            assertThat(server.questions()).isZero();
            assertThat(validator.explain(jwt()).findings()).anyMatch(finding -> finding.check() == Check.INTROSPECTION);
        }

        @Test
        void what_can_be_no_token_fails_for_its_form() {
            Explanation malformed = opaque().explain("not a token");
            assertThat(malformed.refusal().orElseThrow().check()).isEqualTo(Check.FORM);
            assertThat(malformed.refusal().orElseThrow().reason()).contains(RefusalReason.TOKEN_MALFORMED);
            assertThat(server.questions()).isZero();
        }
    }

    @Nested
    @DisplayName("what can't be")
    class Faults {

        private void refused(AccessTokenValidator.Builder builder, String... faults) {
            assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageContainingAll(faults);
        }

        @Test
        @Requirement("D-24")
        void is_said_when_the_validator_is_built() {
            IntrospectionPolicy policy =
                    IntrospectionPolicy.cached(server.client(clock).build(), BOUND);
            refused(Fixture.validator().introspection(policy).allowOpaqueTokens(), "introspection asks another issuer");
            refused(Fixture.validator().allowOpaqueTokens(), "allowOpaqueTokens needs introspection");
            refused(
                    AccessTokenValidator.builder()
                            .trust(issuer(policy).build())
                            .cacheSize(0)
                            .clock(clock),
                    "introspection is cached, though cacheSize is 0");
            try (LocalIntrospection other = new LocalIntrospection()) {
                refused(
                        AccessTokenValidator.builder()
                                .trust(issuer(policy).allowOpaqueTokens().build())
                                .trust(TrustedIssuer.builder(other.issuer().value())
                                        .audience(AUDIENCE)
                                        .keys(keys(KEY))
                                        .introspection(IntrospectionPolicy.always(
                                                other.client(clock).build()))
                                        .allowOpaqueTokens()
                                        .build()),
                        "allowOpaqueTokens is for one issuer: an opaque token does not say whose it is");
            }
            for (Duration wrong : List.of(Duration.ZERO, Duration.ofSeconds(61), Duration.ofSeconds(-1))) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> IntrospectionPolicy.cached(policy.client(), wrong))
                        .withMessageContaining("60 seconds");
            }
            assertThat(issuer(policy).allowOpaqueTokens().build().toString()).contains("allowOpaqueTokens");
        }
    }
}
