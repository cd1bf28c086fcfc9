package dev.signet.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.authorizationserver.clientauth.AllowedMethods;
import dev.signet.authorizationserver.clientauth.ClientEndpoint;
import dev.signet.authorizationserver.event.ServerEvent;
import dev.signet.authorizationserver.requestobject.RequestPolicy;
import dev.signet.authorizationserver.store.PushedRequestStore;
import dev.signet.authorizationserver.store.ReplayKey;
import dev.signet.authorizationserver.store.SingleUse;
import dev.signet.authorizationserver.store.StoreException;
import dev.signet.authorizationserver.store.StoredPushedRequest;
import dev.signet.core.Scope;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.requestobject.RequestObject;
import dev.signet.core.token.GrantType;
import dev.signet.testkit.Requirement;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is pushed, and how. What becomes of it is shown by {@link PushedAnswerTest}. */
class PushedRequestTest {

    private static final String KEYED = "keyed";
    private static final String OTHER = "other";

    private final AuthorizationFixture fixture = AuthorizationFixture.standard();

    private AuthorizationFixture withKeyed() {
        fixture.server.and(Fixture.keyClient(KEYED, TestKeys.CLIENT)
                .grantTypes(Set.of(GrantType.AUTHORIZATION_CODE))
                .authorization(AuthorizationFixture.redirectingTo(AuthorizationFixture.CALLBACK)
                        .build()));
        return fixture;
    }

    private AuthorizationTestAnswer refer(TestAnswer pushed) {
        return fixture.referring(AuthorizationFixture.requestUri(pushed)).get();
    }

    @Nested
    @DisplayName("RFC 9126 §2: the push")
    class ThePush {

        @Test
        @Requirement({"9126-2.2-01", "9126-2.2-02", "9126-2-01", "9101-5.2-05", "D-18"})
        void gives_a_uri_and_says_how_long_it_is_good() {
            TestAnswer answer = fixture.validPush().send();
            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.header("Cache-Control")).isEqualTo("no-cache, no-store");
            assertThat(answer.header("X-Correlation-Id")).isNotEmpty();
            assertThat(answer.header("Content-Type")).isEqualTo("application/json");
            assertThat(answer.json().names()).containsExactlyInAnyOrder("request_uri", "expires_in");
            assertThat(answer.json().findLong("expires_in")).contains(90L);
            assertThat(answer.json().requireString("request_uri")).startsWith(RequestObject.PUSHED_URN);
            refer(answer).isCode();
            assertThat(fixture.granted().scope()).isEqualTo(Scope.of("orders.read"));
            assertThat(fixture.server.events.last(ServerEvent.RequestPushed.class))
                    .satisfies(event -> {
                        assertThat(event.clientId().value()).isEqualTo(AuthorizationFixture.SHOP);
                        assertThat(event.expiresAt()).isEqualTo(Fixture.NOW.plusSeconds(90));
                        assertThat(event.toString())
                                .doesNotContain(answer.json().requireString("request_uri"));
                    });
        }

        @Test
        @Requirement({"9126-2.2-02", "9101-5.2.1-01", "9101-10.2-05"})
        void gives_a_uri_that_can_not_be_guessed() {
            Set<String> all = new HashSet<>();
            for (int push = 0; push < 1000; push++) {
                String uri = AuthorizationFixture.requestUri(fixture.validPush().send());
                assertThat(Base64.getUrlDecoder().decode(uri.substring(RequestObject.PUSHED_URN.length())))
                        .hasSizeGreaterThanOrEqualTo(16);
                assertThat(uri.length()).isLessThan(512);
                all.add(uri);
            }
            assertThat(all).hasSize(1000);
        }

        @Test
        @Requirement({"9126-2-01", "9126-2.3-01"})
        void is_a_form_that_is_posted() {
            TestAnswer got = fixture.server.get("/par");
            got.isRefused(405, "invalid_request");
            assertThat(got.header("Allow")).isEqualTo("POST");
            fixture.server
                    .send(ProtocolRequest.builder("POST", "/par")
                            .header("Content-Type", "application/json")
                            .body("{\"client_id\":\"till\"}".getBytes(StandardCharsets.UTF_8))
                            .build())
                    .isInvalidRequest();
        }

        @Test
        @Requirement({"9126-2.3-01", "9126-7-02"})
        void is_not_too_large() {
            fixture.server
                    .send(ProtocolRequest.builder("POST", "/par")
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .bodyTooLarge()
                            .build())
                    .isRefused(413, "invalid_request");
        }

        @Test
        @Requirement("9126-2.3-01")
        void is_not_too_frequent_without_authentication() {
            TestCall till = fixture.pushing().with("client_id", AuthorizationFixture.TILL);
            for (int push = 0; push < 500; push++) {
                AuthorizationFixture.requestUri(till.send());
            }
            TestAnswer held = till.send();
            held.isRefused(429, "temporarily_unavailable");
            assertThat(held.header("Retry-After")).isNotEmpty();
            AuthorizationFixture.requestUri(fixture.validPush().send());
            fixture.server.clock.advance(Duration.ofSeconds(1));
            AuthorizationFixture.requestUri(till.send());
        }

        @Test
        @Requirement("9126-2.3-01")
        void guesses_no_secret() {
            TestCall guess = fixture.pushing().basic(AuthorizationFixture.SHOP, "a wrong secret of some length");
            for (int failure = 0; failure < 10; failure++) {
                guess.send().isInvalidClient();
            }
            guess.send().isRefused(429, "temporarily_unavailable");
        }

        @Test
        @Requirement("D-18")
        void is_good_for_as_long_as_is_set() {
            AuthorizationFixture longer =
                    AuthorizationFixture.with(builder -> builder.requestPolicy(RequestPolicy.builder()
                            .pushedLifetime(Duration.ofSeconds(599))
                            .build()));
            TestAnswer answer = longer.validPush().send();
            assertThat(answer.json().findLong("expires_in")).contains(599L);
            longer.server.clock.advance(Duration.ofSeconds(598));
            longer.referring(AuthorizationFixture.requestUri(answer)).get().isCode();
        }
    }

    @Nested
    @DisplayName("RFC 9126 §2: client authentication as at the token endpoint")
    class Authentication {

        @Test
        @Requirement({"9126-2-02", "9101-10.2-02", "D-40"})
        void is_by_what_the_client_is_registered_with() {
            withKeyed();
            AuthorizationFixture.requestUri(fixture.pushing()
                    .with("client_id", KEYED)
                    .assertion(fixture.server.clientAssertion(KEYED))
                    .send());
            AuthorizationFixture.requestUri(fixture.pushing()
                    .with("client_id", AuthorizationFixture.TILL)
                    .send());
            TestAnswer without = fixture.pushing().send();
            without.isInvalidClient();
            assertThat(without.header("WWW-Authenticate")).isEmpty();
            TestAnswer wrong = fixture.pushing()
                    .basic(AuthorizationFixture.SHOP, "a wrong secret of some length")
                    .send();
            wrong.isInvalidClient();
            assertThat(wrong.header("WWW-Authenticate")).startsWith("Basic ");
            fixture.pushing().without("client_id").send().isInvalidClient();
        }

        @Test
        @Requirement({"9126-3-03", "9101-10.2-02"})
        void is_due_beside_a_request_object() {
            TestCall alone = new TestCall(fixture.server, "/par")
                    .with("client_id", AuthorizationFixture.SHOP)
                    .with("request", fixture.requestObject().compact());
            alone.send().isInvalidClient();
            AuthorizationFixture.requestUri(
                    alone.basic(AuthorizationFixture.SHOP, Fixture.SECRET).send());
        }

        @Test
        @Requirement({"9126-3-01", "D-15"})
        void is_all_that_counts_beside_a_request_object_whatever_the_client_is_registered_with() {
            fixture.andSigning(OTHER, settings -> settings.merge(true));
            TestAnswer pushed = new TestCall(fixture.server, "/par")
                    .basic(OTHER, Fixture.SECRET)
                    .with(
                            "request",
                            fixture.requestObject(OTHER).without("state").compact())
                    .with("state", "from outside")
                    .send();
            AuthorizationTestAnswer answer = fixture.referring(AuthorizationFixture.requestUri(pushed))
                    .with("client_id", OTHER)
                    .get();
            assertThat(answer.isCode().single("state")).isEmpty();
            assertThat(fixture.server.events.leniencies()).isEmpty();
        }

        @Test
        @Requirement("D-05")
        void is_by_one_mechanism() {
            withKeyed();
            fixture.validPush().with("client_secret", Fixture.SECRET).send().isInvalidRequest();
            fixture.validPush()
                    .assertion(fixture.server.clientAssertion(KEYED))
                    .send()
                    .isInvalidClient();
            fixture.validPush()
                    .with("client_id", AuthorizationFixture.TILL)
                    .send()
                    .isInvalidClient();
            AuthorizationFixture.requestUri(
                    fixture.validPush().without("client_id").send());
        }

        @Test
        @Requirement({"7523b-5-02", "9126-2-04", "D-01"})
        void is_for_the_issuer_alone() {
            withKeyed();
            for (Object audience : List.of(
                    "https://as.example.com/par",
                    Fixture.TOKEN_ENDPOINT,
                    List.of(Fixture.ISSUER.value(), "https://as.example.com/par"))) {
                fixture.pushing()
                        .with("client_id", KEYED)
                        .assertion(fixture.server.clientAssertion(KEYED).claim("aud", audience))
                        .send()
                        .isInvalidClient();
            }
            AuthorizationFixture.requestUri(fixture.pushing()
                    .with("client_id", KEYED)
                    .assertion(fixture.server.clientAssertion(KEYED).claim("aud", Fixture.ISSUER.value()))
                    .send());
        }

        @Test
        @Requirement("7523b-5-03")
        void needs_no_type() {
            withKeyed();
            for (TestAssertion assertion : List.of(
                    fixture.server.clientAssertion(KEYED).withoutHeader("typ"),
                    fixture.server.clientAssertion(KEYED).header("typ", "JWT"))) {
                AuthorizationFixture.requestUri(fixture.pushing()
                        .with("client_id", KEYED)
                        .assertion(assertion)
                        .send());
            }
            fixture.pushing()
                    .with("client_id", KEYED)
                    .assertion(fixture.server.clientAssertion(KEYED).header("typ", "at+jwt"))
                    .send()
                    .isInvalidClient();
        }

        @Test
        @Requirement("D-04")
        void is_used_up_with_the_push() {
            withKeyed();
            TestAssertion assertion = fixture.server.clientAssertion(KEYED);
            TestCall push = fixture.pushing().with("client_id", KEYED).assertion(assertion);
            fixture.pushing()
                    .with("client_id", KEYED)
                    .assertion(assertion)
                    .with("scope", "orders.admin")
                    .send()
                    .isRefused(400, "invalid_scope");
            AuthorizationFixture.requestUri(push.send());
            push.send().isInvalidClient();
        }

        @Test
        @Requirement("6749-2.3-01")
        void is_by_a_method_that_is_allowed_there() {
            AuthorizationFixture narrow =
                    AuthorizationFixture.with(builder -> builder.allowedMethods(AllowedMethods.all()
                            .at(
                                    ClientEndpoint.PUSHED_AUTHORIZATION_REQUEST,
                                    Set.of(ClientAuthenticationMethod.CLIENT_SECRET_BASIC))));
            narrow.pushing().with("client_id", AuthorizationFixture.TILL).send().isInvalidClient();
            assertThat(narrow.server.events.refusal().reason()).isEqualTo(RefusalReason.CLIENT_METHOD_NOT_ALLOWED);
            AuthorizationFixture.requestUri(narrow.validPush().send());
        }

        @Test
        void is_by_none_that_is_disabled() {
            fixture.server.disable(AuthorizationFixture.SHOP).disable(AuthorizationFixture.TILL);
            fixture.validPush().send().isInvalidClient();
            fixture.pushing()
                    .with("client_id", AuthorizationFixture.TILL)
                    .send()
                    .isInvalidClient();
        }
    }

    @Nested
    @DisplayName("RFC 9126 §2.1: what may not be pushed")
    class TheRequest {

        @ParameterizedTest
        @CsvSource({
            "response_type, token, unsupported_response_type",
            "response_type, , invalid_request",
            "redirect_uri, https://attacker.example.com/, invalid_request",
            "redirect_uri, , invalid_request",
            "scope, orders.admin, invalid_scope",
            "scope, a\"b, invalid_scope",
            "resource, https://api.example.com/other, invalid_target",
            "code_challenge, , invalid_request",
            "code_challenge, short, invalid_request",
            "code_challenge_method, plain, invalid_request",
            "code_challenge_method, , invalid_request",
            "response_mode, fragment, invalid_request"
        })
        @Requirement({"9126-2.1-03", "9126-2-03", "9126-2.3-01", "9126-2.3-02"})
        void is_what_the_authorization_endpoint_would_refuse(String name, String value, String error) {
            String given = value == null ? "" : value;
            TestAnswer pushed = fixture.validPush().with(name, given).send();
            pushed.isRefused(400, error);
            assertThat(pushed.response().header("Location")).isEmpty();
            AuthorizationTestAnswer asked =
                    fixture.validRequest().with(name, given).get();
            if (name.equals("redirect_uri")) {
                asked.isShown();
            } else {
                asked.isSent(error);
            }
            refer(fixture.validPush().send()).isCode();
        }

        @Test
        @Requirement("9126-2.1-03")
        void is_too_long_or_repeated_or_of_a_client_without_the_grant() {
            fixture.validPush().with("state", "s".repeat(4097)).send().isInvalidRequest();
            fixture.validPush().and("scope", "orders.read").send().isInvalidRequest();
            fixture.pushing()
                    .basic(Fixture.BATCH, Fixture.SECRET)
                    .without("client_id")
                    .send()
                    .isInvalidRequest();
            fixture.validPush().and("unheard-of", "1").and("unheard-of", "2").send();
            refer(fixture.validPush().with("state", "s".repeat(4096)).send()).isCode();
        }

        @Test
        @Requirement({"9126-2.1-01", "9101-5-01"})
        void is_a_request_uri() {
            String uri = AuthorizationFixture.requestUri(fixture.validPush().send());
            fixture.validPush().with("request_uri", uri).send().isInvalidRequest();
            fixture.validPush()
                    .with("request_uri", "https://shop.example.com/request.jwt")
                    .send()
                    .isInvalidRequest();
            fixture.pushing(fixture.requestObject())
                    .with("request_uri", uri)
                    .send()
                    .isInvalidRequest();
        }

        @Test
        @Requirement({"9126-2.4-01", "D-28"})
        void is_a_redirect_uri_that_is_not_registered_but_for_a_client_with_the_switch() {
            String elsewhere = "https://elsewhere.example.com/callback";
            fixture.validPush().with("redirect_uri", elsewhere).send().isInvalidRequest();
            fixture.andSigning(OTHER, settings -> settings.allowUnregisteredRedirectUris(true));
            TestCall push = fixture.pushing().with("client_id", OTHER).basic(OTHER, Fixture.SECRET);
            AuthorizationTestAnswer answer = fixture.referring(AuthorizationFixture.requestUri(
                            push.with("redirect_uri", elsewhere).send()))
                    .with("client_id", OTHER)
                    .get();
            answer.isCode();
            assertThat(answer.location()).startsWith(elsewhere);
            assertThat(fixture.server.events.leniencies()).contains("parUnregisteredRedirectUris");
            for (String never : List.of(
                    "http://elsewhere.example.com/",
                    "http://127.0.0.1/",
                    "com.example.app:/",
                    "javascript:alert(1)",
                    "https://a@elsewhere.example.com/",
                    "https://elsewhere.example.com/#x")) {
                push.with("redirect_uri", never).send().isInvalidRequest();
            }
            fixture.validRequest()
                    .with("client_id", OTHER)
                    .with("redirect_uri", elsewhere)
                    .get()
                    .isShown();
        }
    }

    @Nested
    @DisplayName("RFC 9126 §3: request objects that are pushed")
    class Signed {

        @Test
        @Requirement({"9126-3-01", "9101-10.2-03"})
        void count_alone() {
            refer(fixture.pushing(fixture.requestObject())
                            .with("scope", "orders.write")
                            .with("state", "other")
                            .with("response_type", "token")
                            .send())
                    .isCode();
            assertThat(fixture.granted().scope()).isEqualTo(Scope.of("orders.read"));
            assertThat(fixture.questions.get(0).request().read().isSigned()).isTrue();
        }

        @Test
        @Requirement({"9126-3-02", "9101-5-04"})
        void are_of_the_client_that_pushes() {
            fixture.andSigning(OTHER, settings -> settings);
            fixture.pushing(fixture.requestObject(OTHER)).send().isRefused(400, "invalid_request_object");
            fixture.pushing(fixture.requestObject().claim("client_id", OTHER))
                    .send()
                    .isRefused(400, "invalid_request_object");
            fixture.pushing(fixture.requestObject().without("client_id"))
                    .send()
                    .isRefused(400, "invalid_request_object");
        }

        @ParameterizedTest
        @ValueSource(strings = {"unsigned", "attacker", "expired", "other audience", "request inside", "sub", "type"})
        @Requirement({"9101-10.2-03", "9101-7-02", "9126-2.1-03", "D-22"})
        void are_refused_at_once_as_they_are_elsewhere(String fault) {
            TestAssertion good = fixture.requestObject();
            String wrong = switch (fault) {
                case "unsigned" -> good.header("alg", "none").unsigned();
                case "attacker" -> good.signedWith(TestKeys.ATTACKER).compact();
                case "expired" ->
                    good.claim("exp", Fixture.NOW.getEpochSecond() - 31).compact();
                case "other audience" ->
                    good.claim("aud", "https://other.example.com").compact();
                case "request inside" -> good.claim("request", "x").compact();
                case "sub" -> good.claim("sub", AuthorizationFixture.SHOP).compact();
                default -> good.header("typ", "at+jwt").compact();
            };
            TestAnswer answer = fixture.pushing(good).with("request", wrong).send();
            answer.isRefused(400, "invalid_request_object");
            assertThat(answer.response().header("Location")).isEmpty();
            AuthorizationFixture.requestUri(fixture.pushing(good).send());
        }

        @Test
        @Requirement({"9101-10.5-01", "9101-10.5-02"})
        void may_be_required() {
            fixture.andSigning(OTHER, settings -> settings.requireSigned(true));
            TestCall plain = fixture.pushing().with("client_id", OTHER).basic(OTHER, Fixture.SECRET);
            plain.send().isInvalidRequest();
            TestAnswer pushed = new TestCall(fixture.server, "/par")
                    .basic(OTHER, Fixture.SECRET)
                    .with("request", fixture.requestObject(OTHER).compact())
                    .send();
            fixture.referring(AuthorizationFixture.requestUri(pushed))
                    .with("client_id", OTHER)
                    .get()
                    .isCode();
        }

        @Test
        @Requirement("9101-7-03")
        void may_not_be_taken() {
            AuthorizationFixture none = AuthorizationFixture.with(builder -> builder.requestPolicy(
                    RequestPolicy.builder().takeRequestObjects(false).build()));
            none.pushing(none.requestObject()).send().isRefused(400, "request_not_supported");
            AuthorizationFixture.requestUri(none.validPush().send());
        }
    }

    @Nested
    @DisplayName("RFC 9126 §5, §6: pushed requests required")
    class Required {

        @Test
        @Requirement("9126-5-01")
        void of_every_client() {
            AuthorizationFixture strict = AuthorizationFixture.with(builder -> builder.requestPolicy(
                    RequestPolicy.builder().requirePushed(true).build()));
            strict.validRequest().get().isShown().because(RefusalReason.PUSHED_REQUEST_REQUIRED);
            strict.signed(strict.requestObject()).get().isShown().because(RefusalReason.PUSHED_REQUEST_REQUIRED);
            strict.referring(AuthorizationFixture.requestUri(strict.validPush().send()))
                    .get()
                    .isCode();
            assertThat(strict.server
                            .get("/.well-known/oauth-authorization-server")
                            .json()
                            .findBoolean("require_pushed_authorization_requests"))
                    .contains(true);
        }

        @Test
        @Requirement("9126-6-01")
        void of_one_client() {
            fixture.andSigning(OTHER, settings -> settings.requirePushed(true));
            fixture.validRequest()
                    .with("client_id", OTHER)
                    .get()
                    .isShown()
                    .because(RefusalReason.PUSHED_REQUEST_REQUIRED);
            fixture.signed(OTHER, fixture.requestObject(OTHER))
                    .get()
                    .isShown()
                    .because(RefusalReason.PUSHED_REQUEST_REQUIRED);
            fixture.validRequest().get().isCode();
            TestAnswer pushed = fixture.pushing()
                    .with("client_id", OTHER)
                    .basic(OTHER, Fixture.SECRET)
                    .send();
            fixture.referring(AuthorizationFixture.requestUri(pushed))
                    .with("client_id", OTHER)
                    .get()
                    .isCode();
        }
    }

    @Test
    void is_kept_or_the_client_is_told_that_it_is_not() {
        AuthorizationFixture failing = AuthorizationFixture.with(builder -> builder.pushedRequests(new FailingStore()));
        failing.validPush().send().isRefused(503, "temporarily_unavailable");
        AuthorizationTestAnswer shown =
                failing.referring(RequestObject.PUSHED_URN + "A".repeat(43)).get();
        shown.isShown(503);
        assertThat(shown.body()).doesNotContain("hunter2");
    }

    private static final class FailingStore implements PushedRequestStore {

        @Override
        public Optional<ReplayKey> put(StoredPushedRequest request, List<SingleUse> uses) {
            throw new StoreException("hunter2");
        }

        @Override
        public Optional<StoredPushedRequest> find(ReplayKey reference) {
            throw new StoreException("hunter2");
        }
    }
}
