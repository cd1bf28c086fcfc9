package dev.signet.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.signet.authorizationserver.event.ServerEvent;
import dev.signet.authorizationserver.store.ReplayKey;
import dev.signet.authorizationserver.store.SingleUse;
import dev.signet.authorizationserver.store.memory.InMemoryReplayGuard;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.KeyUse;
import dev.signet.jwt.key.MacKey;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The small parts: clock, keys, JWTs, races, recorders. */
class FixturePartsTest {

    @Nested
    class Clock {
        @Test
        void stands_still_until_it_is_moved() {
            TestClock clock = TestClock.atStart();
            assertThat(clock.instant()).isEqualTo(TestClock.START).isEqualTo(clock.instant());
            clock.advance(Duration.ofSeconds(5));
            assertThat(clock.instant()).isEqualTo(TestClock.START.plusSeconds(5));
            clock.set(TestClock.START);
            assertThat(clock.instant()).isEqualTo(TestClock.START);
            assertThat(clock.getZone()).isEqualTo(ZoneOffset.UTC);
            assertThat(clock.withZone(ZoneId.of("Europe/Berlin"))).isSameAs(clock);
        }
    }

    @Nested
    class Keys {
        @Test
        void are_all_different_and_known_by_their_thumbprints() {
            List<String> ids = Stream.of(
                            FixedKeys.server(),
                            FixedKeys.client(),
                            FixedKeys.issuer(),
                            FixedKeys.stranger(),
                            FixedKeys.ed25519(),
                            FixedKeys.rs256())
                    .peek(key -> assertThat(key.keyId())
                            .isEqualTo(key.verificationKey().thumbprint()))
                    .map(key -> key.keyId())
                    .toList();
            assertThat(ids).doesNotHaveDuplicates();
            assertThat(FixedKeys.ps256().algorithm()).isEqualTo(JwsAlgorithm.PS256);
        }

        @Test
        void can_have_another_kid() {
            assertThat(FixedKeys.withKeyId(FixedKeys.server(), "x").keyId()).isEqualTo("x");
            assertThat(FixedKeys.publicKeys(FixedKeys.withKeyId(FixedKeys.server(), "x"))
                            .hasKeyId("x"))
                    .isTrue();
        }
    }

    @Nested
    class Jwts {
        private final TestJwt jwt =
                TestJwt.of(JsonObject.builder().put("iss", "a").build(), FixedKeys.client());

        @Test
        void are_not_changed_by_their_changes() {
            String header = jwt.header().toJson();
            jwt.withIssuer("b")
                    .withoutClaim("iss")
                    .withHeader("x", 1)
                    .withoutHeader("alg")
                    .signedWith(FixedKeys.server());
            assertThat(jwt.claims().toJson()).isEqualTo("{\"iss\":\"a\"}");
            assertThat(jwt.header().toJson()).isEqualTo(header);
        }

        @Test
        void name_the_key_that_signs_them_unless_it_is_a_secret() {
            assertThat(jwt.header().findString("kid"))
                    .contains(FixedKeys.client().keyId());
            TestJwt mac = jwt.signedWith(MacKey.ofSecret(ServerFixture.SECRET, JwsAlgorithm.HS512));
            assertThat(mac.header().findString("alg")).contains("HS512");
            assertThat(mac.header().has("kid")).isFalse();
        }

        @Test
        void show_no_values() {
            assertThat(jwt).hasToString("TestJwt with [iss]");
        }
    }

    @Nested
    class Races {
        @Test
        void give_the_results_in_order() {
            assertThat(Race.of(8, number -> () -> number)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        }

        @Test
        void run_at_the_same_time() {
            AtomicInteger running = new AtomicInteger();
            Race.of(4, number -> () -> {
                running.incrementAndGet();
                while (running.get() < 4) {
                    Thread.onSpinWait();
                }
                return true;
            });
            assertThat(running).hasValue(4);
        }

        @Test
        void fail_with_what_a_runner_threw() {
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> Race.of(2, number -> () -> {
                        throw new IllegalStateException("runner " + number);
                    }))
                    .withMessage("a runner failed")
                    .withCauseInstanceOf(IllegalStateException.class);
        }
    }

    @Nested
    class Recorders {
        @Test
        void keep_events_by_kind() {
            RecordingListener listener = new RecordingListener();
            ServerEvent retired = new ServerEvent.ServerKeyRetired(TestClock.START, KeyUse.SIGNATURE, "old", "ES256");
            ServerEvent published = new ServerEvent.ServerKeyPublished(
                    TestClock.START, KeyUse.SIGNATURE, "new", "ES256", TestClock.START, TestClock.START);
            listener.onEvent(retired);
            listener.onEvent(published);
            assertThat(listener.all()).containsExactly(retired, published);
            assertThat(listener.last(ServerEvent.ServerKeyRetired.class).map(ServerEvent.ServerKeyRetired::keyId))
                    .contains("old");
            assertThat(listener.last(ServerEvent.TokenIssued.class)).isEmpty();
            listener.clear();
            assertThat(listener.all()).isEmpty();
        }

        @Test
        void keep_only_uses_that_were_recorded() {
            RecordingReplayGuard guard = new RecordingReplayGuard(new InMemoryReplayGuard(TestClock.atStart()));
            SingleUse use = new SingleUse(new ReplayKey("use", "issuer", "id"), TestClock.START.plusSeconds(1));
            SingleUse other = new SingleUse(new ReplayKey("use", "issuer", "id 2"), TestClock.START.plusSeconds(1));
            assertThat(guard.consume(List.of(use))).isEmpty();
            assertThat(guard.consume(List.of(use, other))).contains(use.key());
            assertThat(guard.recorded()).containsExactly(use);
        }
    }
}
