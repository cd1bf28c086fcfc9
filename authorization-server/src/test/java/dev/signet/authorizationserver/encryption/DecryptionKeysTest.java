package dev.signet.authorizationserver.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.authorizationserver.MovableClock;
import dev.signet.authorizationserver.event.ServerEvent;
import dev.signet.authorizationserver.store.ServerKeyStore;
import dev.signet.authorizationserver.store.StoredKey;
import dev.signet.authorizationserver.store.memory.InMemoryServerKeyStore;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.DecryptionKey;
import dev.signet.jwt.key.KeyUse;
import dev.signet.testkit.Requirement;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DecryptionKeysTest {

    private static final Duration AHEAD = Duration.ofMinutes(10);
    private static final Duration READ = Duration.ofMinutes(5);
    /** A JWK Set is kept for a day, a request object lives for an hour, and clocks differ. */
    private static final Duration KEPT = Duration.ofHours(25).plusMinutes(5);

    private final Queue<Runnable> beside = new ArrayDeque<>();
    private final List<ServerEvent> events = new ArrayList<>();
    private final InMemoryServerKeyStore<DecryptionKey> store = new InMemoryServerKeyStore<>();
    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-21T12:00:00Z"));

    private DecryptionKeys node(String... algorithms) {
        return node(store, algorithms);
    }

    private DecryptionKeys node(ServerKeyStore<DecryptionKey> of, String... algorithms) {
        return DecryptionKeys.builder(of)
                .algorithms(List.of(algorithms))
                .clock(clock)
                .executor(beside::add)
                .listener(events::add)
                .build();
    }

    /** What the executor is given is run each minute, as on a server that is asked. */
    private void live(Duration time, DecryptionKeys... nodes) {
        for (Duration lived = Duration.ZERO; lived.compareTo(time) < 0; lived = lived.plusMinutes(1)) {
            clock.advance(Duration.ofMinutes(1));
            for (DecryptionKeys node : nodes) {
                node.published();
            }
            while (!beside.isEmpty()) {
                beside.remove().run();
            }
        }
    }

    private static List<String> published(DecryptionKeys keys) {
        return keys.published().stream().map(jwk -> jwk.requireString("kid")).toList();
    }

    private static List<String> tried(DecryptionKeys keys) {
        return keys.keys().stream().map(DecryptionKey::keyId).toList();
    }

    private static String onlyOne(DecryptionKeys keys) {
        assertThat(keys.published()).hasSize(1);
        return published(keys).get(0);
    }

    private static String rotated(DecryptionKeys keys) {
        return keys.rotate(AHEAD).get(0).key().keyId();
    }

    @Nested
    @DisplayName("The first keys")
    class First {

        @Test
        void are_one_for_each_algorithm_and_offered_at_once() {
            DecryptionKeys keys = node("RSA-OAEP-256", "ECDH-ES");
            assertThat(keys.published())
                    .extracting(jwk -> jwk.requireString("alg"))
                    .containsExactlyInAnyOrder("RSA-OAEP-256", "ECDH-ES");
            assertThat(keys.published())
                    .extracting(jwk -> jwk.requireString("use"))
                    .containsOnly("enc");
            assertThat(keys.published()).noneMatch(jwk -> jwk.names().contains("d"));
            assertThat(published(node("RSA-OAEP-256", "ECDH-ES"))).containsExactlyInAnyOrderElementsOf(published(keys));
            assertThat(events)
                    .hasSize(2)
                    .allSatisfy(event -> assertThat(event)
                            .isInstanceOfSatisfying(
                                    ServerEvent.ServerKeyPublished.class,
                                    made -> assertThat(made.use()).isEqualTo(KeyUse.ENCRYPTION)));
        }

        @Test
        void are_the_same_for_nodes_that_start_together() throws Exception {
            ExecutorService threads = Executors.newFixedThreadPool(16);
            try {
                List<Future<String>> nodes = new ArrayList<>();
                for (int node = 0; node < 16; node++) {
                    nodes.add(threads.submit(() -> onlyOne(DecryptionKeys.builder(store)
                            .algorithms(List.of("ECDH-ES"))
                            .clock(clock)
                            .build())));
                }
                List<String> offered = new ArrayList<>();
                for (Future<String> node : nodes) {
                    offered.add(node.get(30, TimeUnit.SECONDS));
                }
                assertThat(offered.stream().distinct()).hasSize(1);
                assertThat(store.keys()).hasSize(1);
            } finally {
                threads.shutdownNow();
            }
        }

        @Test
        void are_not_made_where_nothing_is_encrypted() {
            assertThat(node().keys()).isEmpty();
            assertThat(node().published()).isEmpty();
            assertThat(store.keys()).isEmpty();
        }

        @Test
        void are_for_an_algorithm_that_there_is() {
            assertThatIllegalArgumentException().isThrownBy(() -> node("RSA1_5"));
            assertThat(store.keys()).isEmpty();
        }
    }

    @Nested
    @DisplayName("OpenID Connect Core §10.2.1: rotation")
    class Rotation {

        @Test
        @Requirement({"9101-6.1-01", "8414-J-02"})
        void
                offers_the_next_key_first_beside_the_old_one_then_alone_and_decrypts_with_the_old_one_for_a_day_and_an_hour() {
            DecryptionKeys keys = node("ECDH-ES");
            String old = onlyOne(keys);
            String next = rotated(keys);

            assertThat(published(keys)).as("before all nodes can have read it").containsExactly(old);
            assertThat(tried(keys)).containsExactly(next, old);
            clock.advance(READ.minusSeconds(1));
            assertThat(published(keys)).containsExactly(old);

            clock.advance(Duration.ofSeconds(1));
            assertThat(published(keys)).containsExactlyInAnyOrder(old, next);

            clock.advance(AHEAD.minus(READ));
            assertThat(published(keys)).containsExactly(next);
            assertThat(tried(keys)).containsExactly(next, old);

            live(KEPT.minusMinutes(1), keys);
            assertThat(tried(keys)).containsExactly(next, old);
            live(Duration.ofMinutes(2), keys);
            assertThat(tried(keys)).containsExactly(next);
            assertThat(store.keys()).extracting(key -> key.key().keyId()).containsExactly(next);
            assertThat(events).last().isInstanceOfSatisfying(ServerEvent.ServerKeyRetired.class, retired -> {
                assertThat(retired.keyId()).isEqualTo(old);
                assertThat(retired.use()).isEqualTo(KeyUse.ENCRYPTION);
            });
        }

        @Test
        void is_known_to_all_nodes_before_anybody_can_encrypt_to_the_new_key() {
            DecryptionKeys here = node("ECDH-ES");
            DecryptionKeys there = node("ECDH-ES");
            String next = rotated(here);
            assertThat(tried(there)).doesNotContain(next);
            live(Duration.ofMinutes(1), here, there);
            assertThat(tried(there)).contains(next);
            assertThat(published(here)).doesNotContain(next);
            live(AHEAD, here, there);
            assertThat(published(here)).isEqualTo(published(there)).containsExactly(next);
        }

        @Test
        void keeps_every_key_that_somebody_may_still_encrypt_to_when_it_happens_again_and_again() {
            DecryptionKeys keys = node("ECDH-ES");
            List<String> all = new ArrayList<>(published(keys));
            for (int round = 0; round < 3; round++) {
                all.add(0, rotated(keys));
                live(Duration.ofHours(1), keys);
            }
            assertThat(tried(keys)).as("the latest first").containsExactlyElementsOf(all);
            assertThat(published(keys)).containsExactly(all.get(0));
            live(KEPT, keys);
            assertThat(tried(keys)).containsExactly(all.get(0));
        }

        @Test
        void goes_for_each_algorithm_by_itself() {
            DecryptionKeys keys = node("ECDH-ES", "ECDH-ES+A256KW");
            List<String> old = published(keys);
            assertThat(keys.rotate(AHEAD))
                    .extracting(key -> key.key().algorithm())
                    .containsExactly("ECDH-ES", "ECDH-ES+A256KW");
            clock.advance(AHEAD);
            assertThat(keys.published())
                    .extracting(jwk -> jwk.requireString("alg"))
                    .containsExactlyInAnyOrder("ECDH-ES", "ECDH-ES+A256KW");
            assertThat(published(keys)).doesNotContainAnyElementsOf(old);
        }

        @Test
        void changes_at_once_where_that_is_asked_for_and_forgets_nothing() {
            DecryptionKeys keys = node("ECDH-ES");
            String old = onlyOne(keys);
            clock.advance(Duration.ofSeconds(1));
            String next = keys.rotate(Duration.ZERO).get(0).key().keyId();
            assertThat(published(keys)).containsExactly(next);
            assertThat(tried(keys)).containsExactly(next, old);
        }
    }

    @Nested
    @DisplayName("Other algorithms")
    class OtherAlgorithms {

        @Test
        void come_with_a_key_that_all_nodes_have_read_before_it_is_offered() {
            String old = onlyOne(node("ECDH-ES"));
            DecryptionKeys keys = node("ECDH-ES", "RSA-OAEP-256");
            assertThat(published(keys)).containsExactly(old);
            assertThat(keys.keys()).hasSize(2);
            clock.advance(READ);
            assertThat(keys.published())
                    .extracting(jwk -> jwk.requireString("alg"))
                    .containsExactlyInAnyOrder("ECDH-ES", "RSA-OAEP-256");
        }

        @Test
        void that_are_taken_out_decrypt_for_as_long_as_those_that_were_replaced() {
            String old = onlyOne(node("ECDH-ES"));
            DecryptionKeys keys = node();
            assertThat(keys.published()).isEmpty();
            assertThat(tried(keys)).containsExactly(old);
            live(KEPT.plusHours(1), keys);
            assertThat(tried(keys)).containsExactly(old);
            live(Duration.ofMinutes(2), keys);
            assertThat(keys.keys()).isEmpty();
            assertThat(store.keys()).isEmpty();
        }
    }

    @Nested
    @DisplayName("Keys that are given")
    class Given {

        private final List<DecryptionKey> given =
                List.of(generate("ECDH-ES"), generate("ECDH-ES"), generate("ECDH-ES+A128KW"));

        private static DecryptionKey generate(String algorithm) {
            return DecryptionKey.generate(algorithm, CryptoProvider.jdk(), new SecureRandom());
        }

        @Test
        void are_all_offered_and_no_other_is_made() {
            DecryptionKeys keys = DecryptionKeys.of(given);
            assertThat(keys.published())
                    .containsExactlyInAnyOrderElementsOf(
                            given.stream().map(DecryptionKey::toJwk).toList());
            assertThat(keys.keys()).containsExactlyInAnyOrderElementsOf(given);
            assertThat(keys.algorithms()).containsExactly("ECDH-ES", "ECDH-ES+A128KW");
            assertThat(DecryptionKeys.of(List.of()).published()).isEqualTo(List.<JsonObject>of());
        }

        @Test
        void are_in_the_store_as_they_were() {
            StoredKey<DecryptionKey> first = DecryptionKeys.of(given).all().get(0);
            assertThat(given).contains(first.key());
        }
    }
}
