package dev.signet.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.authorizationserver.store.PushedRequestStore;
import dev.signet.authorizationserver.store.ReplayGuard;
import dev.signet.authorizationserver.store.ReplayKey;
import dev.signet.authorizationserver.store.SingleUse;
import dev.signet.authorizationserver.store.StoredPushedRequest;
import dev.signet.core.http.FormParameters;
import dev.signet.core.http.ProtocolRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link PushedRequestStore} must do. Extend it and say how to open yours. */
public abstract class PushedRequestStoreContract {

    private static final int ROUNDS = 10;
    private static final Instant EXPIRES_AT = TestClock.START.plusSeconds(90);
    private static final Instant KEPT_UNTIL = EXPIRES_AT.plusSeconds(1800);

    private final TestClock clock = TestClock.atStart();
    private Optional<Opened> one = Optional.empty();
    private Optional<Opened> two = Optional.empty();

    /**
     * The store under test, with what it works with.
     *
     * @param requests the store under test
     * @param replayGuard what remembers uses, in the same store
     */
    public record Opened(PushedRequestStore requests, ReplayGuard replayGuard) {}

    /**
     * Opens it. Called twice before each test: the second is another instance on the same store, as another node has it. Where there
     * is no such thing, give the same again. The store need not be empty, if nothing in it was left by a test of this class.
     *
     * @param clock what the stores must go by
     */
    protected abstract Opened open(Clock clock);

    /** Neither a form nor a JWT brings half a pair of surrogates. */
    static Stream<String> received() {
        return HostileTexts.all()
                .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text));
    }

    @BeforeEach
    final void openBoth() {
        one = Optional.of(open(clock));
        two = Optional.of(open(clock));
    }

    private PushedRequestStore node() {
        return one.orElseThrow().requests();
    }

    private PushedRequestStore otherNode() {
        return two.orElseThrow().requests();
    }

    private ReplayGuard otherGuard() {
        return two.orElseThrow().replayGuard();
    }

    private static ReplayKey reference(String name) {
        return new ReplayKey(ReplayKey.PUSHED_REQUEST, "shop", name);
    }

    private static StoredPushedRequest request(String name) {
        return request(name, Map.of("scope", List.of("orders.read")));
    }

    private static StoredPushedRequest request(String name, Map<String, List<String>> parameters) {
        return new StoredPushedRequest(
                reference(name), FormParameters.of(parameters), false, Optional.empty(), EXPIRES_AT, KEPT_UNTIL);
    }

    private static SingleUse use(String jwtId) {
        return new SingleUse(new ReplayKey(ReplayKey.ASSERTION, "shop", jwtId), EXPIRES_AT);
    }

    private static SingleUse answer(String name) {
        return new SingleUse(reference(name), KEPT_UNTIL);
    }

    @Nested
    class A_request {
        @Test
        void is_found_at_once_and_on_every_instance_as_it_was_put() {
            Map<String, List<String>> parameters = new LinkedHashMap<>();
            parameters.put("resource", List.of("https://a.example.com", "https://b.example.com"));
            parameters.put("state", List.of("s".repeat(4096)));
            IntStream.range(0, 190).forEach(number -> parameters.put("unheard-of-" + number, List.of("x")));
            SingleUse object =
                    new SingleUse(new ReplayKey(ReplayKey.REQUEST_OBJECT, "shop", "a jti"), KEPT_UNTIL.plusSeconds(1));
            StoredPushedRequest put = new StoredPushedRequest(
                    reference("found"),
                    FormParameters.of(parameters),
                    true,
                    Optional.of(object),
                    EXPIRES_AT,
                    KEPT_UNTIL);
            assertThat(node().find(put.reference())).isEmpty();
            assertThat(node().put(put, List.of())).isEmpty();
            for (PushedRequestStore each : List.of(node(), otherNode())) {
                StoredPushedRequest found = each.find(put.reference()).orElseThrow();
                assertThat(found.reference()).isEqualTo(put.reference());
                assertThat(found.isSigned()).isTrue();
                assertThat(found.requestObject()).contains(object);
                assertThat(found.expiresAt()).isEqualTo(EXPIRES_AT);
                assertThat(found.keptUntil()).isEqualTo(KEPT_UNTIL);
                assertThat(found.parameters().names()).isEqualTo(parameters.keySet());
                parameters.forEach((name, values) ->
                        assertThat(found.parameters().all(name)).isEqualTo(values));
            }
        }

        @Test
        void may_be_unsigned_and_without_a_request_object() {
            node().put(request("bare", Map.of()), List.of());
            StoredPushedRequest found = otherNode().find(reference("bare")).orElseThrow();
            assertThat(found.isSigned()).isFalse();
            assertThat(found.requestObject()).isEmpty();
            assertThat(found.parameters().names()).isEmpty();
        }

        @ParameterizedTest
        @MethodSource("dev.signet.testkit.PushedRequestStoreContract#received")
        void holds_any_text(String text) {
            StoredPushedRequest put = request("with " + text, Map.of("state", List.of(text + ".")));
            node().put(put, List.of());
            assertThat(otherNode()
                            .find(put.reference())
                            .orElseThrow()
                            .parameters()
                            .all("state"))
                    .containsExactly(text + ".");
        }

        /** Characters that take much more room as JSON. */
        @Test
        void may_be_as_large_as_a_form() {
            String text = "\u0001".repeat(ProtocolRequest.MAXIMUM_BODY - 2);
            node().put(request("large", Map.of("x", List.of(text))), List.of());
            assertThat(otherNode()
                            .find(reference("large"))
                            .orElseThrow()
                            .parameters()
                            .all("x"))
                    .containsExactly(text);
        }

        @Test
        void is_of_its_client_and_its_name_alone() {
            node().put(request("mine"), List.of());
            assertThat(otherNode().find(new ReplayKey(ReplayKey.PUSHED_REQUEST, "till", "mine")))
                    .isEmpty();
            assertThat(otherNode().find(reference("Mine"))).isEmpty();
            assertThat(otherNode().find(reference("mine"))).isPresent();
        }

        @Test
        void is_kept_for_those_who_began_in_time() {
            node().put(request("long"), List.of());
            clock.set(KEPT_UNTIL.minusSeconds(1));
            for (int other = 0; other < 20; other++) {
                node().put(request("later " + other), List.of());
            }
            assertThat(otherNode().find(reference("long"))).isPresent();
        }
    }

    @Nested
    class An_answer {
        @Test
        void hides_the_request_from_every_instance() {
            node().put(request("answered"), List.of());
            assertThat(otherNode().find(reference("answered"))).isPresent();
            assertThat(otherGuard().consume(List.of(answer("answered")))).isEmpty();
            assertThat(node().find(reference("answered"))).isEmpty();
            assertThat(otherNode().find(reference("answered"))).isEmpty();
        }

        @Test
        void of_another_request_or_use_hides_nothing() {
            node().put(request("open"), List.of());
            otherGuard()
                    .consume(List.of(
                            answer("another"),
                            new SingleUse(new ReplayKey(ReplayKey.ASSERTION, "shop", "open"), KEPT_UNTIL),
                            new SingleUse(new ReplayKey(ReplayKey.REQUEST_OBJECT, "shop", "open"), KEPT_UNTIL)));
            assertThat(node().find(reference("open"))).isPresent();
        }

        @Test
        void has_one_winner() {
            for (int round = 0; round < ROUNDS; round++) {
                String name = "raced " + round;
                node().put(request(name), List.of());
                List<Boolean> first = Race.of(8, number -> {
                    Callable<Boolean> runner = () -> (number % 2 == 0 ? one : two)
                            .orElseThrow()
                            .replayGuard()
                            .consume(List.of(answer(name)))
                            .isEmpty();
                    return runner;
                });
                assertThat(first).filteredOn(won -> won).hasSize(1);
            }
        }
    }

    @Nested
    class A_push {
        @Test
        void is_recorded_together_with_what_the_client_authenticated_by() {
            assertThat(node().put(request("first"), List.of(use("assertion")))).isEmpty();
            assertThat(otherGuard().consume(List.of(use("assertion"))))
                    .contains(use("assertion").key());
        }

        @Test
        void with_what_was_used_before_keeps_nothing() {
            otherGuard().consume(List.of(use("used")));
            assertThat(node().put(request("second"), List.of(use("fresh"), use("used"))))
                    .contains(use("used").key());
            assertThat(otherNode().find(reference("second"))).isEmpty();
            assertThat(otherGuard().consume(List.of(use("fresh")))).isEmpty();
        }

        @Test
        void has_one_winner() {
            for (int round = 0; round < ROUNDS; round++) {
                SingleUse raced = use("raced push " + round);
                String name = "push " + round + " of ";
                List<Boolean> kept = Race.of(8, number -> {
                    Callable<Boolean> runner = () -> (number % 2 == 0 ? node() : otherNode())
                            .put(request(name + number), List.of(raced))
                            .isEmpty();
                    return runner;
                });
                assertThat(kept).filteredOn(won -> won).hasSize(1);
                assertThat(IntStream.range(0, 8)
                                .filter(number ->
                                        node().find(reference(name + number)).isPresent()))
                        .hasSize(1);
            }
        }
    }
}
