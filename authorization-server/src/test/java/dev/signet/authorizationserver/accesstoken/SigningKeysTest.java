package dev.signet.authorizationserver.accesstoken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.authorizationserver.event.ServerEvent;
import dev.signet.authorizationserver.store.ServerKeyStore;
import dev.signet.authorizationserver.store.StoreException;
import dev.signet.authorizationserver.store.StoredKey;
import dev.signet.authorizationserver.store.memory.InMemoryServerKeyStore;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.SigningKey;
import dev.signet.testkit.Requirement;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SigningKeysTest {

    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");
    private static final Duration LONGEST_TOKEN = Duration.ofHours(1);

    private final Queue<Runnable> beside = new ArrayDeque<>();
    private final List<ServerEvent> events = new ArrayList<>();
    private final InMemoryServerKeyStore<SigningKey> store = new InMemoryServerKeyStore<>();
    private Instant now = START;
    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    };

    private SigningKeys.Builder builder(ServerKeyStore<SigningKey> of) {
        return SigningKeys.builder(of).clock(clock).executor(beside::add).listener(events::add);
    }

    private void advance(Duration span) {
        now = now.plus(span);
    }

    private void runBeside() {
        while (!beside.isEmpty()) {
            beside.remove().run();
        }
    }

    private static List<String> ids(SigningKeys keys) {
        return keys.published().keys().stream()
                .map(key -> key.keyId().orElseThrow())
                .toList();
    }

    private String signing(SigningKeys keys) {
        return keys.signer(keys.algorithm(), now).keyId().orElseThrow();
    }

    @Nested
    @DisplayName("The first key")
    class First {

        @Test
        void is_made_once_and_found_again() {
            String first = signing(builder(store).build());
            assertThat(signing(builder(store).build())).isEqualTo(first);
            assertThat(store.keys()).hasSize(1);
            assertThat(events).singleElement().isInstanceOf(ServerEvent.ServerKeyPublished.class);
        }

        @Test
        void is_one_for_nodes_that_start_together() throws Exception {
            ExecutorService threads = Executors.newFixedThreadPool(16);
            try {
                List<Future<String>> nodes = new ArrayList<>();
                for (int node = 0; node < 16; node++) {
                    nodes.add(threads.submit(() -> SigningKeys.builder(store)
                            .clock(clock)
                            .build()
                            .signer(JwsAlgorithm.ES256, START)
                            .keyId()
                            .orElseThrow()));
                }
                List<String> used = new ArrayList<>();
                for (Future<String> node : nodes) {
                    used.add(node.get(30, TimeUnit.SECONDS));
                }
                assertThat(used.stream().distinct()).hasSize(1);
                assertThat(store.keys()).hasSize(1);
            } finally {
                threads.shutdownNow();
            }
        }

        @Test
        @Requirement("8414-J-02")
        void is_published_by_a_node_whose_clock_is_behind_that_of_the_node_that_made_it() {
            advance(Duration.ofSeconds(20));
            String first = signing(builder(store).build());
            advance(Duration.ofSeconds(-20));
            SigningKeys behind = builder(store).build();
            assertThat(signing(behind)).isEqualTo(first);
            assertThat(ids(behind)).containsExactly(first);
        }

        @Test
        void is_made_anew_if_somebody_takes_the_last_one_away() {
            SigningKeys keys = builder(store).build();
            String taken = signing(keys);
            store.remove(taken);
            advance(Duration.ofMinutes(1));
            signing(keys);
            runBeside();
            assertThat(signing(keys)).isNotEqualTo(taken);
            assertThat(ids(keys)).containsExactly(signing(keys));
        }

        @Test
        void is_never_a_mac() {
            assertThatThrownBy(
                            () -> builder(store).algorithm(JwsAlgorithm.HS256).build())
                    .isInstanceOf(IllegalArgumentException.class);
            SigningKeys keys = builder(store).build();
            assertThatThrownBy(() -> keys.rotate(Duration.ofSeconds(-1))).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    @DisplayName("OpenID Connect Core §10.1.1: rotation")
    class Rotation {

        @Test
        @Requirement("8414-J-02")
        void publishes_a_key_before_it_signs_and_keeps_the_old_one_until_its_last_token_has_expired() {
            SigningKeys keys = builder(store).build();
            String old = signing(keys);
            String next = keys.rotate(SigningKeys.PUBLISHED_AHEAD).get(0).key().keyId();

            assertThat(signing(keys)).isEqualTo(old);
            assertThat(ids(keys)).containsExactlyInAnyOrder(old, next);

            advance(SigningKeys.PUBLISHED_AHEAD.minusSeconds(1));
            assertThat(signing(keys)).isEqualTo(old);
            advance(Duration.ofSeconds(1));
            assertThat(signing(keys)).isEqualTo(next);
            assertThat(ids(keys)).containsExactlyInAnyOrder(old, next);

            // The last token of the old key was issued a second before the change.
            advance(LONGEST_TOKEN);
            assertThat(ids(keys)).containsExactlyInAnyOrder(old, next);
            advance(Duration.ofMinutes(5));
            assertThat(ids(keys)).containsExactly(next);
        }

        @Test
        void removes_a_key_that_is_through_and_reports_it() {
            SigningKeys keys = builder(store).build();
            String old = signing(keys);
            advance(Duration.ofSeconds(1));
            keys.rotate(Duration.ZERO);
            advance(LONGEST_TOKEN.plusMinutes(5));
            signing(keys);
            runBeside();
            assertThat(store.keys()).extracting(key -> key.key().keyId()).doesNotContain(old);
            assertThat(events)
                    .last()
                    .isInstanceOfSatisfying(
                            ServerEvent.ServerKeyRetired.class,
                            event -> assertThat(event.keyId()).isEqualTo(old));
        }

        @Test
        void changes_at_once_where_that_is_asked_for() {
            SigningKeys keys = builder(store).build();
            advance(Duration.ofSeconds(1));
            String next = keys.rotate(Duration.ZERO).get(0).key().keyId();
            assertThat(signing(keys)).isEqualTo(next);
        }

        @Test
        void is_seen_by_other_nodes_within_a_minute_without_holding_up_a_request() {
            SigningKeys here = builder(store).build();
            SigningKeys there = builder(store).build();
            String next = here.rotate(SigningKeys.PUBLISHED_AHEAD).get(0).key().keyId();
            assertThat(ids(there)).hasSize(1);
            advance(Duration.ofMinutes(1));
            assertThat(ids(there)).hasSize(1);
            assertThat(beside).hasSize(1);
            signing(there);
            assertThat(beside).hasSize(1);
            runBeside();
            assertThat(ids(there)).hasSize(2).contains(next);
            advance(SigningKeys.PUBLISHED_AHEAD);
            assertThat(signing(there)).isEqualTo(next).isEqualTo(signing(here));
        }

        @Test
        void is_seen_by_a_node_whose_clock_was_ahead_for_a_while() {
            advance(Duration.ofDays(1));
            SigningKeys there = builder(store).build();
            advance(Duration.ofDays(-1));
            String next = builder(store)
                    .build()
                    .rotate(SigningKeys.PUBLISHED_AHEAD)
                    .get(0)
                    .key()
                    .keyId();
            signing(there);
            runBeside();
            assertThat(ids(there)).contains(next);
        }
    }

    @Nested
    @DisplayName("RFC 8725 §3.2: change to another algorithm")
    class AnotherAlgorithm {

        private SigningKeys changedTo(JwsAlgorithm algorithm) {
            return builder(store).algorithm(algorithm).build();
        }

        private JwsAlgorithm algorithm(SigningKeys keys) {
            String signing = signing(keys);
            return keys.all().stream()
                    .map(StoredKey::key)
                    .filter(key -> key.keyId().equals(signing))
                    .findFirst()
                    .orElseThrow()
                    .algorithm();
        }

        @Test
        @Requirement("8725-3.2-02")
        void publishes_the_first_key_of_the_new_one_before_it_signs() {
            String es256 = signing(builder(store).build());
            SigningKeys keys = changedTo(JwsAlgorithm.Ed25519);
            assertThat(ids(keys)).hasSize(2).startsWith(es256);
            advance(SigningKeys.PUBLISHED_AHEAD.minusSeconds(1));
            assertThat(signing(keys)).isEqualTo(es256);
            advance(Duration.ofSeconds(1));
            assertThat(algorithm(keys)).isEqualTo(JwsAlgorithm.Ed25519);
            assertThat(ids(keys)).hasSize(2);
        }

        /** What the executor is given is run each minute, as on a server that is asked for tokens. */
        private void live(SigningKeys keys, Duration time) {
            for (Duration lived = Duration.ZERO; lived.compareTo(time) < 0; lived = lived.plusMinutes(1)) {
                advance(Duration.ofMinutes(1));
                signing(keys);
                runBeside();
            }
        }

        private List<String> stored() {
            return store.keys().stream().map(key -> key.key().keyId()).toList();
        }

        @Test
        @Requirement("8414-J-02")
        void keeps_the_key_of_the_old_one_until_all_nodes_were_told_and_its_last_token_has_expired() {
            String es256 = signing(builder(store).build());
            SigningKeys keys = changedTo(JwsAlgorithm.Ed25519);
            live(keys, LONGEST_TOKEN.multipliedBy(2).plusMinutes(5));
            assertThat(ids(keys)).contains(es256);
            assertThat(stored()).contains(es256);
            live(keys, Duration.ofMinutes(2));
            assertThat(ids(keys)).containsExactly(signing(keys));
            assertThat(stored()).doesNotContain(es256);
            assertThat(events)
                    .last()
                    .isInstanceOfSatisfying(
                            ServerEvent.ServerKeyRetired.class,
                            event -> assertThat(event.keyId()).isEqualTo(es256));
        }

        @Test
        void is_made_by_each_node_when_it_is_told() {
            SigningKeys old = builder(store).build();
            SigningKeys changed = changedTo(JwsAlgorithm.Ed25519);
            advance(SigningKeys.PUBLISHED_AHEAD);
            signing(old);
            runBeside();
            assertThat(algorithm(old)).isEqualTo(JwsAlgorithm.ES256);
            assertThat(algorithm(changed)).isEqualTo(JwsAlgorithm.Ed25519);
            assertThat(ids(old)).hasSize(2).hasSameElementsAs(ids(changed));
            assertThat(store.keys()).hasSize(2);
        }

        @Test
        void can_be_taken_back_at_once_while_the_old_key_is_still_published() {
            String es256 = signing(builder(store).build());
            changedTo(JwsAlgorithm.Ed25519);
            advance(SigningKeys.PUBLISHED_AHEAD.plusSeconds(1));
            SigningKeys back = changedTo(JwsAlgorithm.ES256);
            assertThat(signing(back)).isEqualTo(es256);
            assertThat(ids(back)).hasSize(2);
            live(back, LONGEST_TOKEN.multipliedBy(2).plusMinutes(7));
            assertThat(ids(back)).containsExactly(es256);
        }

        @Test
        void is_not_undone_by_a_key_of_the_old_one_that_was_to_sign_later() {
            Duration later = Duration.ofDays(1);
            builder(store).build().rotate(later);
            SigningKeys keys = changedTo(JwsAlgorithm.Ed25519);
            advance(later.plusSeconds(1));
            assertThat(algorithm(keys)).isEqualTo(JwsAlgorithm.Ed25519);
        }
    }

    @Nested
    @DisplayName("RFC 9068 §2.1, RFC 8725 §3.1: several algorithms at a time")
    class SeveralAlgorithms {

        private SigningKeys both() {
            return builder(store)
                    .resourceAlgorithms(Set.of(JwsAlgorithm.Ed25519, JwsAlgorithm.ES256))
                    .build();
        }

        private String signing(SigningKeys keys, JwsAlgorithm algorithm) {
            return keys.signer(algorithm, now).keyId().orElseThrow();
        }

        private JwsAlgorithm algorithm(SigningKeys keys, String keyId) {
            return keys.published().withKeyId(keyId).get(0).algorithm().orElseThrow();
        }

        @Test
        @Requirement({"D-49", "8414-J-02"})
        void have_one_key_each_from_the_start_all_of_them_published() {
            SigningKeys keys = both();
            String es256 = signing(keys, JwsAlgorithm.ES256);
            String ed25519 = signing(keys, JwsAlgorithm.Ed25519);
            assertThat(algorithm(keys, es256)).isEqualTo(JwsAlgorithm.ES256);
            assertThat(algorithm(keys, ed25519)).isEqualTo(JwsAlgorithm.Ed25519);
            assertThat(ids(keys)).containsExactlyInAnyOrder(es256, ed25519);
            assertThat(ids(both())).containsExactlyInAnyOrder(es256, ed25519);
        }

        /** Making an RSA key takes a second: a node that starts meanwhile would publish its own ahead, as a later one. */
        @Test
        void are_not_in_the_store_before_all_of_them_are_made() {
            Set<Integer> stored = new HashSet<>();
            SecureRandom watched = new SecureRandom() {
                @Override
                public void nextBytes(byte[] bytes) {
                    stored.add(store.keys().size());
                    super.nextBytes(bytes);
                }
            };
            builder(store)
                    .random(watched)
                    .resourceAlgorithms(Set.of(JwsAlgorithm.RS256))
                    .build();
            assertThat(stored).containsExactly(0);
            assertThat(store.keys()).hasSize(2);
        }

        @Test
        @Requirement({"D-49", "8414-J-02"})
        void have_the_first_key_of_a_new_one_published_before_it_signs() {
            String es256 = signing(builder(store).build(), JwsAlgorithm.ES256);
            SigningKeys keys = both();
            assertThat(ids(keys)).hasSize(2);
            advance(SigningKeys.PUBLISHED_AHEAD.minusSeconds(1));
            assertThat(signing(keys, JwsAlgorithm.Ed25519)).isEqualTo(es256);
            advance(Duration.ofSeconds(1));
            assertThat(algorithm(keys, signing(keys, JwsAlgorithm.Ed25519))).isEqualTo(JwsAlgorithm.Ed25519);
            assertThat(signing(keys, JwsAlgorithm.ES256)).isEqualTo(es256);
        }

        @Test
        @Requirement({"D-49", "8414-J-02"})
        void are_rotated_together_each_in_its_own_line() {
            SigningKeys keys = both();
            List<String> old = ids(keys);
            List<StoredKey<SigningKey>> rotated = keys.rotate(SigningKeys.PUBLISHED_AHEAD);
            assertThat(rotated)
                    .extracting(key -> key.key().algorithm())
                    .containsExactly(JwsAlgorithm.ES256, JwsAlgorithm.Ed25519);
            assertThat(ids(keys)).hasSize(4).containsAll(old);
            advance(SigningKeys.PUBLISHED_AHEAD);
            for (StoredKey<SigningKey> next : rotated) {
                assertThat(signing(keys, next.key().algorithm()))
                        .isEqualTo(next.key().keyId());
            }
            advance(LONGEST_TOKEN.plusMinutes(5));
            assertThat(ids(keys)).hasSize(2).doesNotContainAnyElementsOf(old);
        }

        @Test
        void outlive_one_that_no_resource_has_any_more() {
            SigningKeys keys = both();
            String ed25519 = signing(keys, JwsAlgorithm.Ed25519);
            String es256 = signing(keys, JwsAlgorithm.ES256);
            SigningKeys less = builder(store).build();
            assertThat(ids(less)).containsExactlyInAnyOrder(es256, ed25519);
            assertThat(signing(less, JwsAlgorithm.ES256)).isEqualTo(es256);
        }

        @Test
        void are_all_made_anew_if_somebody_takes_the_keys_away() {
            SigningKeys keys = both();
            List<String> taken = ids(keys);
            taken.forEach(store::remove);
            advance(Duration.ofMinutes(1));
            signing(keys, JwsAlgorithm.ES256);
            runBeside();
            assertThat(ids(keys)).hasSize(2).doesNotContainAnyElementsOf(taken);
        }

        @Test
        @Requirement("9068-2.1-03")
        void hold_no_mac() {
            assertThatThrownBy(() -> builder(store)
                            .resourceAlgorithms(Set.of(JwsAlgorithm.HS256))
                            .build())
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(store.keys()).isEmpty();
        }
    }

    @Nested
    @DisplayName("A store that is slow or down")
    class Shaky {

        private boolean failing;
        private int asked;
        private Runnable whileReading = () -> {};

        private final ServerKeyStore<SigningKey> shaky = new ServerKeyStore<SigningKey>() {
            @Override
            public List<StoredKey<SigningKey>> keys() {
                asked++;
                if (failing) {
                    throw new StoreException("down");
                }
                List<StoredKey<SigningKey>> read = store.keys();
                Runnable meanwhile = whileReading;
                whileReading = () -> {};
                meanwhile.run();
                return read;
            }

            @Override
            public boolean putFirst(StoredKey<SigningKey> key) {
                return store.putFirst(key);
            }

            @Override
            public boolean put(StoredKey<SigningKey> key) {
                return store.put(key);
            }

            @Override
            public void remove(String keyId) {
                store.remove(keyId);
            }
        };

        @Test
        void keeps_the_server_signing_with_what_it_knows_and_is_asked_again_after_a_minute() {
            SigningKeys keys = builder(shaky).build();
            String known = signing(keys);
            failing = true;
            asked = 0;
            advance(Duration.ofMinutes(1));
            for (int request = 0; request < 10; request++) {
                assertThat(signing(keys)).isEqualTo(known);
                runBeside();
            }
            assertThat(asked).isEqualTo(1);
            assertThat(events).last().isInstanceOf(ServerEvent.ServerKeysNotReloaded.class);
            advance(Duration.ofMinutes(1));
            failing = false;
            signing(keys);
            runBeside();
            assertThat(asked).isEqualTo(2);
        }

        @Test
        void is_never_read_over_by_what_was_read_before() throws Exception {
            SigningKeys keys = builder(shaky).build();
            List<String> rotated = new ArrayList<>();
            Thread rotating = new Thread(
                    () -> rotated.add(keys.rotate(Duration.ZERO).get(0).key().keyId()));
            whileReading = () -> {
                rotating.start();
                while (rotating.isAlive() && rotating.getState() != Thread.State.BLOCKED) {
                    Thread.onSpinWait();
                }
            };
            advance(Duration.ofMinutes(1));
            signing(keys);
            runBeside();
            rotating.join();
            assertThat(ids(keys)).hasSize(2).containsAll(rotated);
        }

        @Test
        void stops_the_server_from_starting() {
            failing = true;
            assertThatThrownBy(() -> builder(shaky).build()).isInstanceOf(StoreException.class);
        }

        @Test
        void survives_an_executor_that_takes_nothing_any_more() {
            SigningKeys keys = SigningKeys.builder(store)
                    .clock(clock)
                    .executor(task -> {
                        throw new java.util.concurrent.RejectedExecutionException();
                    })
                    .listener(events::add)
                    .build();
            advance(Duration.ofMinutes(1));
            assertThat(signing(keys)).isNotEmpty();
            assertThat(events).last().isInstanceOf(ServerEvent.ServerKeysNotReloaded.class);
        }
    }
}
