package dev.signet.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.authorizationserver.requestobject.Interactions;
import dev.signet.authorizationserver.store.ReplayGuard;
import dev.signet.authorizationserver.store.ReplayKey;
import dev.signet.authorizationserver.store.SingleUse;
import dev.signet.authorizationserver.store.StoreException;
import dev.signet.authorizationserver.store.memory.InMemoryReplayGuard;
import dev.signet.core.ClientId;
import dev.signet.core.Scope;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.http.FormParameters;
import dev.signet.core.requestobject.RequestObject;
import dev.signet.testkit.Requirement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a request that was pushed. */
class PushedAnswerTest {

    private final AuthorizationFixture fixture = AuthorizationFixture.standard();

    private String pushed() {
        return AuthorizationFixture.requestUri(fixture.validPush().send());
    }

    private AuthorizationTestAnswer send(String requestUri) {
        return fixture.referring(requestUri).get();
    }

    /** A page about it is shown; gives what the page sends again. */
    private FormParameters asked(String requestUri) {
        fixture.saying(AuthorizationFixture.ASKING);
        send(requestUri).isAsked();
        fixture.saying(AuthorizationFixture.APPROVING);
        return resent();
    }

    /** What the last page sends again. */
    private FormParameters resent() {
        return fixture.questions.get(fixture.questions.size() - 1).request().resent();
    }

    private AuthorizationTestCall again(FormParameters resent) {
        AuthorizationTestCall call = new AuthorizationTestCall(fixture);
        resent.names().forEach(name -> call.with(name, resent.require(name)));
        return call;
    }

    private static void isUnknown(AuthorizationTestAnswer answer) {
        assertThat(answer.isShown().because(RefusalReason.REQUEST_URI_UNKNOWN).body())
                .contains("invalid_request_uri");
    }

    @Nested
    @DisplayName("RFC 9126 §4: one answer")
    class OneAnswer {

        @Test
        @Requirement({"9126-4-03", "9126-7-01", "D-18"})
        void is_a_code() {
            String uri = pushed();
            send(uri).isCode();
            isUnknown(send(uri));
        }

        @Test
        @Requirement({"9126-4-03", "D-18"})
        void is_a_refusal() {
            String uri = pushed();
            fixture.saying(AuthorizationFixture.DENYING);
            send(uri).isSent("access_denied");
            fixture.saying(AuthorizationFixture.APPROVING);
            isUnknown(send(uri));
        }

        @Test
        @Requirement({"9126-4-03", "9126-2.1-04", "D-18"})
        void is_an_error() {
            String uri = pushed();
            fixture.server.clients.change(
                    new ClientId(AuthorizationFixture.SHOP),
                    client -> client.toBuilder().scope(Scope.of("stock.read")).build());
            send(uri).isSent("invalid_scope");
            isUnknown(send(uri));
        }

        @Test
        @Requirement({"9126-4-03", "D-18", "9101-10.2-04"})
        void is_no_page_however_often_it_is_shown() {
            String uri = pushed();
            FormParameters first = asked(uri);
            FormParameters second = asked(uri);
            again(first).post().isCode();
            isUnknown(again(second).post());
            isUnknown(send(uri));
        }

        @Test
        @Requirement({"D-18", "D-21"})
        void is_that_of_the_request_object_too() {
            TestAssertion object = fixture.requestObject();
            String one = AuthorizationFixture.requestUri(fixture.pushing(object).send());
            String two = AuthorizationFixture.requestUri(fixture.pushing(object).send());
            send(one).isCode();
            send(two).isShown().because(RefusalReason.REQUEST_OBJECT_ANSWERED);
            fixture.signed(object).get().isShown().because(RefusalReason.REQUEST_OBJECT_ANSWERED);
        }

        @Test
        @Requirement({"D-18", "9126-4-03"})
        void is_given_to_whoever_comes_first() {
            String uri = pushed();
            fixture.saying(question -> {
                fixture.saying(AuthorizationFixture.APPROVING);
                send(uri).isCode();
                return AuthorizationFixture.approved(
                        question.proposal().orElseThrow().scope());
            });
            AuthorizationTestAnswer late = fixture.referring(uri).get();
            assertThat(late.response().status()).isEqualTo(400);
            assertThat(late.location()).isEmpty();
            assertThat(late.body()).contains("invalid_request_uri");
            assertThat(fixture.grants.all).hasSize(1);
        }

        @Test
        @Requirement("D-18")
        void is_no_error_either_for_who_comes_second() {
            String uri = pushed();
            fixture.saying(question -> {
                fixture.saying(AuthorizationFixture.APPROVING);
                send(uri).isCode();
                return AuthorizationFixture.DENYING.decide(question);
            });
            assertThat(fixture.referring(uri).get().location()).isEmpty();
        }
    }

    @Nested
    @DisplayName("RFC 9126 §2.2, §4: for its client")
    class Bound {

        @Test
        @Requirement({"9126-2.2-03", "9126-7-01", "9101-10.2-02"})
        void and_no_other() {
            String uri = pushed();
            isUnknown(fixture.referring(uri)
                    .with("client_id", AuthorizationFixture.TILL)
                    .get());
            fixture.referring(uri).without("client_id").get().isShown();
            send(uri).isCode();
        }

        @Test
        @Requirement({"9126-4-02", "9101-5-07"})
        void whatever_else_is_sent() {
            String uri = pushed();
            FormParameters sent = fixture.referring(uri)
                    .with("scope", "orders.write")
                    .with("state", "other")
                    .with("redirect_uri", "https://attacker.example.com/")
                    .with("response_mode", "form_post")
                    .get()
                    .isCode();
            assertThat(sent.single("state")).contains("xyz");
            assertThat(fixture.granted().scope()).isEqualTo(Scope.of("orders.read"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    RequestObject.PUSHED_URN,
                    RequestObject.PUSHED_URN + "x",
                    RequestObject.PUSHED_URN + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                    RequestObject.PUSHED_URN + "' OR 1=1 --"
                })
        @Requirement({"9126-4-04", "9101-7-01"})
        void unless_there_is_none(String requestUri) {
            isUnknown(send(requestUri));
        }

        @Test
        @Requirement("9126-2.1-04")
        void as_it_is_registered_by_then() {
            String uri = pushed();
            fixture.server.clients.change(
                    new ClientId(AuthorizationFixture.SHOP),
                    client -> client.toBuilder()
                            .authorization(AuthorizationFixture.redirectingTo("https://shop.example.com/moved")
                                    .build())
                            .build());
            send(uri).isShown().because(RefusalReason.REDIRECT_URI_UNREGISTERED);
            fixture.server.disable(AuthorizationFixture.SHOP);
            send(uri).isShown().because(RefusalReason.CLIENT_DISABLED);
        }
    }

    @Nested
    @DisplayName("RFC 9126 §2.2: for a short time")
    class Expiry {

        @Test
        @Requirement({"9126-2.2-04", "9101-5.2.1-02", "9101-10.2-04", "9101-7-01", "D-18"})
        void is_exact() {
            String uri = pushed();
            fixture.server.clock.advance(Duration.ofSeconds(89));
            fixture.saying(AuthorizationFixture.ASKING);
            send(uri).isAsked();
            fixture.server.clock.advance(Duration.ofSeconds(1));
            isUnknown(send(uri));
        }

        @Test
        @Requirement("D-18")
        void lets_who_has_begun_in_time_finish() {
            String uri = pushed();
            FormParameters resent = asked(uri);
            assertThat(resent.names()).containsExactlyInAnyOrder("client_id", "request_uri", Interactions.FIELD);
            fixture.server.clock.advance(Duration.ofMinutes(29));
            fixture.saying(AuthorizationFixture.ASKING);
            again(resent).post().isAsked();
            assertThat(resent().require(Interactions.FIELD))
                    .as("no page makes it last longer")
                    .isEqualTo(resent.require(Interactions.FIELD));
            fixture.saying(AuthorizationFixture.APPROVING);
            again(resent).post().isCode();
        }

        @Test
        void goes_along_as_one_field_for_all_forms_of_a_page() {
            FormParameters resent = asked(pushed());
            assertThat(resent().require(Interactions.FIELD)).isEqualTo(resent.require(Interactions.FIELD));
        }

        @Test
        @Requirement("D-18")
        void lets_nobody_take_longer_than_half_an_hour() {
            FormParameters resent = asked(pushed());
            fixture.server.clock.advance(Interactions.LONGEST);
            isUnknown(again(resent).post());
        }

        @Test
        @Requirement({"D-18", "9126-2.2-04"})
        void is_not_got_round_with_a_field_of_something_else() {
            FormParameters other = asked(pushed());
            String uri = pushed();
            FormParameters own = asked(uri);
            fixture.server.clock.advance(Duration.ofMinutes(2));
            String field = own.require(Interactions.FIELD);
            for (String wrong : List.of(
                    other.require(Interactions.FIELD),
                    field.substring(0, field.length() - 8) + "AAAAAAAA",
                    fixture.server.token(),
                    fixture.server.clientAssertion().compact(),
                    "x")) {
                isUnknown(again(own).with(Interactions.FIELD, wrong).post());
            }
            isUnknown(again(own).with("client_id", AuthorizationFixture.TILL).post());
            again(own).post().isCode();
        }

        @Test
        @Requirement("D-20")
        void of_a_request_object_is_no_other() {
            String object = fixture.requestObject().compact();
            fixture.saying(AuthorizationFixture.ASKING);
            fixture.signed(object).get().isAsked();
            FormParameters resent = resent();
            assertThat(resent.names()).containsExactlyInAnyOrder("client_id", "request", Interactions.FIELD);
            fixture.server.clock.advance(Duration.ofMinutes(10));
            fixture.saying(AuthorizationFixture.APPROVING);
            fixture.signed(object).get().isSent("invalid_request_object");
            new TestCall(fixture.server, "/par")
                    .basic(AuthorizationFixture.SHOP, Fixture.SECRET)
                    .with("request", object)
                    .with(Interactions.FIELD, resent.require(Interactions.FIELD))
                    .send()
                    .isRefused(400, "invalid_request_object");
            again(resent).post().isCode();
        }

        @Test
        @Requirement("8725-3.12-01")
        void is_told_by_what_does_for_nothing_else() {
            String field = asked(pushed()).require(Interactions.FIELD);
            fixture.server.introspect(field).isInactive();
            fixture.server.clientCredentials().assertion(field).send().isInvalidClient();
            fixture.server
                    .exchange(field)
                    .assertion(fixture.server.clientAssertion())
                    .send()
                    .isInvalidGrant();
        }
    }

    @Nested
    class WithoutItsStore {

        @Test
        void sends_an_error_that_uses_it_up_if_no_code_can_be_kept() {
            String uri = pushed();
            fixture.grants.fail();
            send(uri).isSent("temporarily_unavailable");
            isUnknown(send(uri));
        }

        @Test
        void sends_nothing_if_it_can_not_be_known_whether_it_is_the_first_answer() {
            AtomicBoolean failing = new AtomicBoolean();
            AuthorizationFixture down =
                    AuthorizationFixture.with(builder -> builder.replayGuard(new FailingGuard(failing)));
            String uri = AuthorizationFixture.requestUri(down.validPush().send());
            down.saying(AuthorizationFixture.DENYING);
            failing.set(true);
            AuthorizationTestAnswer answer = down.referring(uri).get();
            answer.isShown(503);
            assertThat(answer.body()).doesNotContain("hunter2");
            failing.set(false);
            down.referring(uri).get().isSent("access_denied");
        }
    }

    private static final class FailingGuard implements ReplayGuard {

        private final ReplayGuard kept = new InMemoryReplayGuard(new MovableClock(Fixture.NOW));
        private final AtomicBoolean failing;

        FailingGuard(AtomicBoolean failing) {
            this.failing = failing;
        }

        @Override
        public Optional<ReplayKey> consume(List<SingleUse> uses) {
            if (failing.get()) {
                throw new StoreException("hunter2");
            }
            return kept.consume(uses);
        }
    }
}
