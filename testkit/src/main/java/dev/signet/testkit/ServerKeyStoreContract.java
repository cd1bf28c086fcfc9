package dev.signet.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.authorizationserver.store.ServerKeyStore;
import dev.signet.authorizationserver.store.StoredKey;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.PrivateJwk;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every {@link ServerKeyStore} must do, whatever the use of its keys. Extend {@link SigningKeyStoreContract} or {@link
 * DecryptionKeyStoreContract}, and say how to open yours.
 *
 * @param <K> signing keys, or decryption keys
 */
public abstract class ServerKeyStoreContract<K extends PrivateJwk> {

    private static final Instant NOW = TestClock.START;

    private final Samples<K> samples;
    private final StoredKey<K> first;
    private final StoredKey<K> second;
    private final StoredKey<K> other;

    private ServerKeyStore<K> store;
    private ServerKeyStore<K> otherInstance;

    /**
     * Keys to keep.
     *
     * @param kinds three at least: the first two of one algorithm, the others of another each
     * @param generation makes one of that algorithm
     * @param reading reads one that was written down
     * @param use fails if a key does not do what it is for
     */
    record Samples<K extends PrivateJwk>(
            List<K> kinds, Supplier<K> generation, Function<JsonObject, K> reading, Consumer<K> use) {

        K withKeyId(K key, String keyId) {
            return reading.apply(
                    key.toPrivateJwk().toBuilder().put("kid", keyId).build());
        }
    }

    ServerKeyStoreContract(Samples<K> samples, ServerKeyStore<K> unopened) {
        this.samples = samples;
        this.first = stored(samples.kinds().get(0));
        this.second = stored(samples.kinds().get(1));
        this.other = stored(samples.kinds().get(2));
        this.store = unopened;
        this.otherInstance = unopened;
    }

    /**
     * A key store. It is called twice before each test: the first one must be empty; the second is another instance on the
     * same store, as another node has it. Where there is no such thing, give the same again.
     */
    protected abstract ServerKeyStore<K> open();

    @BeforeEach
    final void openBoth() {
        store = open();
        otherInstance = open();
        assertThat(store.keys()).as("the keys before the test").isEmpty();
    }

    private StoredKey<K> stored(K key) {
        return new StoredKey<>(key, NOW, NOW.plusSeconds(60));
    }

    private StoredKey<K> withKeyId(StoredKey<K> key, String keyId) {
        return stored(samples.withKeyId(key.key(), keyId));
    }

    /** Identifiers that a {@code kid} may be. */
    static Stream<String> identifiers() {
        return Stream.of(HostileTexts.ASCII.stream(), HostileTexts.UNICODE.stream(), Stream.of("k".repeat(255)))
                .flatMap(texts -> texts);
    }

    @Nested
    class Put {
        @Test
        void keeps_a_key_of_each_kind_that_works_as_before() {
            for (K key : samples.kinds()) {
                assertThat(store.put(stored(key))).isTrue();
                StoredKey<K> kept = otherInstance.keys().get(0);
                assertThat(kept).isEqualTo(stored(key));
                assertThat(kept.key().keyId()).isEqualTo(key.keyId());
                assertThat(kept.key().algorithmName()).isEqualTo(key.algorithmName());
                samples.use().accept(kept.key());
                store.remove(key.keyId());
            }
        }

        @Test
        void keeps_the_times_exactly() {
            StoredKey<K> key = new StoredKey<>(first.key(), NOW.plusNanos(1), NOW.plusNanos(999_999_999));
            store.put(key);
            assertThat(otherInstance.keys()).containsExactly(key);
        }

        @Test
        void keeps_a_key_beside_the_others() {
            store.put(first);
            assertThat(store.put(second)).isTrue();
            assertThat(otherInstance.put(other)).isTrue();
            assertThat(store.keys()).containsExactlyInAnyOrder(first, second, other);
        }

        @Test
        void refuses_a_second_key_of_one_kid_and_changes_nothing() {
            store.put(first);
            StoredKey<K> sameKeyId = withKeyId(second, first.key().keyId());
            assertThat(store.put(sameKeyId)).isFalse();
            assertThat(otherInstance.put(sameKeyId)).isFalse();
            assertThat(store.keys()).containsExactly(first);
        }

        @ParameterizedTest
        @MethodSource("dev.signet.testkit.ServerKeyStoreContract#identifiers")
        @Requirement("8725-3.10-01")
        void takes_any_kid_as_data(String keyId) {
            store.put(first);
            assertThat(store.put(withKeyId(second, keyId))).isTrue();
            assertThat(otherInstance.keys().stream().map(kept -> kept.key().keyId()))
                    .containsExactlyInAnyOrder(keyId, first.key().keyId());
            store.remove(keyId);
            assertThat(otherInstance.keys()).containsExactly(first);
        }

        @Test
        void tells_kids_apart_by_letter_case_and_space() {
            for (String keyId : List.of("key", "KEY", "key ", " key")) {
                assertThat(store.put(withKeyId(first, keyId))).isTrue();
            }
            assertThat(store.keys()).hasSize(4);
        }
    }

    @Nested
    class Put_first {
        @Test
        void keeps_a_key_if_there_is_none_of_its_algorithm() {
            assertThat(store.putFirst(first)).isTrue();
            assertThat(otherInstance.putFirst(other)).isTrue();
            assertThat(store.keys()).containsExactlyInAnyOrder(first, other);
        }

        @Test
        void refuses_a_second_key_of_an_algorithm_and_changes_nothing() {
            store.put(first);
            assertThat(store.putFirst(second)).isFalse();
            assertThat(otherInstance.putFirst(second)).isFalse();
            assertThat(otherInstance.keys()).containsExactly(first);
        }

        @Test
        void refuses_a_kid_that_another_algorithm_has() {
            store.put(first);
            assertThat(store.putFirst(withKeyId(other, first.key().keyId()))).isFalse();
            assertThat(store.keys()).containsExactly(first);
        }

        @Test
        void has_one_winner_of_nodes_that_start_together() {
            for (int round = 0; round < 5; round++) {
                List<StoredKey<K>> keys = IntStream.range(0, 16)
                        .mapToObj(number -> stored(samples.generation().get()))
                        .toList();
                List<Boolean> results = Race.of(16, number -> {
                    ServerKeyStore<K> node = number % 2 == 0 ? store : otherInstance;
                    return () -> node.putFirst(keys.get(number));
                });
                assertThat(results).containsOnlyOnce(true);
                StoredKey<K> kept = keys.get(results.indexOf(true));
                assertThat(store.keys()).containsExactly(kept);
                assertThat(otherInstance.keys()).containsExactly(kept);
                store.remove(kept.key().keyId());
            }
        }
    }

    @Nested
    class Remove {
        @Test
        void takes_a_key_away_for_all_nodes() {
            store.put(first);
            store.put(second);
            otherInstance.remove(first.key().keyId());
            assertThat(store.keys()).containsExactly(second);
        }

        @Test
        void of_the_last_key_lets_another_be_the_first() {
            store.putFirst(first);
            store.remove(first.key().keyId());
            assertThat(otherInstance.putFirst(second)).isTrue();
        }

        @ParameterizedTest
        @MethodSource("dev.signet.testkit.HostileTexts#all")
        @Requirement("8725-3.10-01")
        void of_an_unknown_kid_does_nothing(String keyId) {
            store.put(first);
            store.remove(keyId);
            assertThat(store.keys()).containsExactly(first);
        }
    }
}
