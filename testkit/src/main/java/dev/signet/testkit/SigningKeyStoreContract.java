package dev.signet.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.authorizationserver.store.SigningKeyStore;
import dev.signet.authorizationserver.store.StoredSigningKey;
import dev.signet.authorizationserver.store.memory.InMemorySigningKeyStore;
import dev.signet.jwt.JwtSigner;
import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.SigningKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link SigningKeyStore} must do. Extend it and say how to open yours. */
public abstract class SigningKeyStoreContract {

    private static final Instant NOW = TestClock.START;

    private SigningKeyStore store = new InMemorySigningKeyStore();
    private SigningKeyStore otherInstance = store;

    /**
     * A key store. It is called twice before each test: the first one must be empty; the second is another instance on the
     * same store, as another node has it. Where there is no such thing, give the same again.
     */
    protected abstract SigningKeyStore open();

    @BeforeEach
    final void openBoth() {
        store = open();
        otherInstance = open();
        assertThat(store.keys()).as("the keys before the test").isEmpty();
    }

    private static StoredSigningKey stored(SigningKey key) {
        return new StoredSigningKey(key, NOW, NOW.plusSeconds(60));
    }

    private static SigningKey generate() {
        return SigningKey.generate(JwsAlgorithm.ES256, CryptoProvider.jdk(), new SecureRandom());
    }

    /** One of each kind. */
    static Stream<SigningKey> kinds() {
        return Stream.of(FixedKeys.server(), FixedKeys.rs256(), FixedKeys.ps256(), FixedKeys.ed25519());
    }

    /** Identifiers that a {@code kid} may be. */
    static Stream<String> identifiers() {
        return Stream.of(HostileTexts.ASCII.stream(), HostileTexts.UNICODE.stream(), Stream.of("k".repeat(255)))
                .flatMap(texts -> texts);
    }

    @Nested
    class Put {
        @ParameterizedTest
        @MethodSource("dev.signet.testkit.SigningKeyStoreContract#kinds")
        void keeps_a_key_that_signs_as_before(SigningKey key) {
            assertThat(store.put(stored(key))).isTrue();
            StoredSigningKey kept = otherInstance.keys().get(0);
            assertThat(kept).isEqualTo(stored(key));
            assertThat(kept.key().keyId()).isEqualTo(key.keyId());
            assertThat(kept.key().algorithm()).isEqualTo(key.algorithm());
            String jwt = JwtSigner.of(kept.key(), "JWT").sign(JsonObject.empty());
            assertThat(UnverifiedJwt.parse(jwt).verify(FixedKeys.publicKeys(key), Set.of(key.algorithm())))
                    .isNotNull();
        }

        @Test
        void keeps_the_times_exactly() {
            StoredSigningKey key =
                    new StoredSigningKey(FixedKeys.server(), NOW.plusNanos(1), NOW.plusNanos(999_999_999));
            store.put(key);
            assertThat(otherInstance.keys()).containsExactly(key);
        }

        @Test
        void keeps_a_key_beside_the_others() {
            store.put(stored(FixedKeys.server()));
            assertThat(store.put(stored(FixedKeys.client()))).isTrue();
            assertThat(otherInstance.put(stored(FixedKeys.rs256()))).isTrue();
            assertThat(store.keys())
                    .containsExactlyInAnyOrder(
                            stored(FixedKeys.server()), stored(FixedKeys.client()), stored(FixedKeys.rs256()));
        }

        @Test
        void refuses_a_second_key_of_one_kid_and_changes_nothing() {
            store.put(stored(FixedKeys.server()));
            SigningKey other =
                    FixedKeys.withKeyId(FixedKeys.client(), FixedKeys.server().keyId());
            assertThat(store.put(stored(other))).isFalse();
            assertThat(otherInstance.put(stored(other))).isFalse();
            assertThat(store.keys()).containsExactly(stored(FixedKeys.server()));
        }

        @ParameterizedTest
        @MethodSource("dev.signet.testkit.SigningKeyStoreContract#identifiers")
        @Requirement("8725-3.10-01")
        void takes_any_kid_as_data(String keyId) {
            SigningKey key = FixedKeys.withKeyId(FixedKeys.client(), keyId);
            store.put(stored(FixedKeys.server()));
            assertThat(store.put(stored(key))).isTrue();
            assertThat(otherInstance.keys().stream().map(kept -> kept.key().keyId()))
                    .containsExactlyInAnyOrder(keyId, FixedKeys.server().keyId());
            store.remove(keyId);
            assertThat(otherInstance.keys()).containsExactly(stored(FixedKeys.server()));
        }

        @Test
        void tells_kids_apart_by_letter_case_and_space() {
            for (String keyId : List.of("key", "KEY", "key ", " key")) {
                assertThat(store.put(stored(FixedKeys.withKeyId(FixedKeys.server(), keyId))))
                        .isTrue();
            }
            assertThat(store.keys()).hasSize(4);
        }
    }

    @Nested
    class Put_first {
        @Test
        void keeps_a_key_if_there_is_none_of_its_algorithm() {
            assertThat(store.putFirst(stored(FixedKeys.server()))).isTrue();
            assertThat(otherInstance.putFirst(stored(FixedKeys.rs256()))).isTrue();
            assertThat(store.keys()).containsExactlyInAnyOrder(stored(FixedKeys.server()), stored(FixedKeys.rs256()));
        }

        @Test
        void refuses_a_second_key_of_an_algorithm_and_changes_nothing() {
            store.put(stored(FixedKeys.server()));
            assertThat(store.putFirst(stored(FixedKeys.client()))).isFalse();
            assertThat(otherInstance.putFirst(stored(FixedKeys.client()))).isFalse();
            assertThat(otherInstance.keys()).containsExactly(stored(FixedKeys.server()));
        }

        @Test
        void refuses_a_kid_that_another_algorithm_has() {
            store.put(stored(FixedKeys.server()));
            SigningKey other =
                    FixedKeys.withKeyId(FixedKeys.ed25519(), FixedKeys.server().keyId());
            assertThat(store.putFirst(stored(other))).isFalse();
            assertThat(store.keys()).containsExactly(stored(FixedKeys.server()));
        }

        @Test
        void has_one_winner_of_nodes_that_start_together() {
            for (int round = 0; round < 5; round++) {
                List<SigningKey> keys =
                        IntStream.range(0, 16).mapToObj(number -> generate()).toList();
                List<Boolean> results = Race.of(16, number -> {
                    SigningKeyStore node = number % 2 == 0 ? store : otherInstance;
                    return () -> node.putFirst(stored(keys.get(number)));
                });
                assertThat(results).containsOnlyOnce(true);
                StoredSigningKey kept = stored(keys.get(results.indexOf(true)));
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
            store.put(stored(FixedKeys.server()));
            store.put(stored(FixedKeys.client()));
            otherInstance.remove(FixedKeys.server().keyId());
            assertThat(store.keys()).containsExactly(stored(FixedKeys.client()));
        }

        @Test
        void of_the_last_key_lets_another_be_the_first() {
            store.putFirst(stored(FixedKeys.server()));
            store.remove(FixedKeys.server().keyId());
            assertThat(otherInstance.putFirst(stored(FixedKeys.client()))).isTrue();
        }

        @ParameterizedTest
        @MethodSource("dev.signet.testkit.HostileTexts#all")
        @Requirement("8725-3.10-01")
        void of_an_unknown_kid_does_nothing(String keyId) {
            store.put(stored(FixedKeys.server()));
            store.remove(keyId);
            assertThat(store.keys()).containsExactly(stored(FixedKeys.server()));
        }
    }
}
