package dev.signet.storejdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.store.StoreException;
import dev.signet.authorizationserver.store.StoredKey;
import dev.signet.core.ClientId;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.token.GrantType;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.DecryptionKey;
import dev.signet.jwt.key.SigningKey;
import dev.signet.testkit.FixedKeys;
import dev.signet.testkit.TestClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever reads the database learns no private key and no secret; whoever writes to it can't make them mean another thing. */
class SealingTest {

    private static final String SECRET = "seventy-two characters that must be found nowhere: 0123456789abcdefghijk";
    private static final StoredKey<DecryptionKey> ENCRYPTED_TO = new StoredKey<>(
            DecryptionKey.generate("ECDH-ES", CryptoProvider.jdk(), new SecureRandom()),
            TestClock.START,
            TestClock.START);
    private static final StoredKey<SigningKey> STORED =
            new StoredKey<>(FixedKeys.server(), TestClock.START, TestClock.START);

    private final SecureRandom random = new SecureRandom();
    private final Sealing sealing = new Sealing(EncryptionKey.generate(random), random);
    private final byte[] value = "value".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private static RegisteredClient client(String clientId, ClientAuthenticationMethod method) {
        return RegisteredClient.builder(new ClientId(clientId))
                .authenticationMethod(method)
                .secret(SECRET)
                .grantTypes(Set.of(GrantType.CLIENT_CREDENTIALS))
                .build();
    }

    @Nested
    class A_sealed_value {
        @Test
        void opens_at_its_place() {
            assertThat(sealing.open(sealing.seal(value, "table", "id"), "table", "id"))
                    .contains(value);
            assertThat(sealing.openText(sealing.sealText(value, "table", "id"), "table", "id"))
                    .contains(value);
        }

        @Test
        void opens_nowhere_else() {
            byte[] sealed = sealing.seal(value, "table", "id");
            assertThat(sealing.open(sealed, "table", "other")).isEmpty();
            assertThat(sealing.open(sealed, "tableid", "")).isEmpty();
            assertThat(sealing.open(sealed, "tabl", "eid")).isEmpty();
            assertThat(sealing.open(sealed, "table", "id", "")).isEmpty();
        }

        @Test
        void opens_with_no_other_key() {
            Sealing other = new Sealing(EncryptionKey.generate(random), random);
            assertThat(other.open(sealing.seal(value, "id"), "id")).isEmpty();
        }

        @Test
        void does_not_open_after_any_bit_of_it_was_changed() {
            byte[] sealed = sealing.seal(value, "id");
            for (int bit = 0; bit < sealed.length * 8; bit++) {
                byte[] changed = sealed.clone();
                changed[bit / 8] ^= (byte) (1 << bit % 8);
                assertThat(sealing.open(changed, "id")).as("bit %d", bit).isEmpty();
            }
        }

        @Test
        void does_not_open_when_it_is_cut_off_or_is_something_else() {
            byte[] sealed = sealing.seal(value, "id");
            for (int length = 0; length < sealed.length; length++) {
                assertThat(sealing.open(Arrays.copyOf(sealed, length), "id")).isEmpty();
            }
            assertThat(sealing.openText("not base64url!", "id")).isEmpty();
            assertThat(sealing.openText("", "id")).isEmpty();
        }

        @Test
        void is_never_the_same_twice() {
            assertThat(sealing.seal(value, "id")).isNotEqualTo(sealing.seal(value, "id"));
        }
    }

    @Nested
    class An_encryption_key {
        @Test
        void is_read_as_it_was_written() {
            EncryptionKey key = EncryptionKey.generate(random);
            assertThat(EncryptionKey.parse(" " + key.toBase64Url() + "\n").toBase64Url())
                    .isEqualTo(key.toBase64Url())
                    .hasSize(43);
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 16, 31, 33})
        void has_32_octets(int length) {
            assertThatIllegalArgumentException().isThrownBy(() -> EncryptionKey.of(new byte[length]));
        }

        @Test
        void is_repeated_nowhere() {
            EncryptionKey key = EncryptionKey.generate(random);
            assertThat(key).hasToString("EncryptionKey");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> EncryptionKey.parse(key.toBase64Url() + "A="))
                    .withMessageNotContaining(key.toBase64Url())
                    .withNoCause();
        }
    }

    @Nested
    class A_store_opened_with_another_key {
        @Test
        void is_refused_and_nothing_is_changed() throws SQLException {
            TestDatabase database = TestDatabase.h2(folder);
            try (JdbcStores stores = database.open()) {
                stores.signingKeys().putFirst(STORED);
            }
            List<String> before = dump(database);
            assertThatThrownBy(JdbcStores.builder(database.url(), EncryptionKey.generate(random))::open)
                    .isInstanceOf(EncryptionKeyException.class)
                    .hasMessageContaining("not the one this store was made with");
            assertThat(dump(database)).isEqualTo(before);
            try (JdbcStores stores = database.open()) {
                assertThat(stores.signingKeys().keys()).containsExactly(STORED);
            }
        }

        private List<String> dump(TestDatabase database) throws SQLException {
            List<String> rows = database.read("SELECT * FROM signet_signing_key");
            rows.addAll(database.read("SELECT * FROM signet_store"));
            return rows;
        }
    }

    @Nested
    class The_file {
        @Test
        void holds_no_private_key_and_no_secret() throws IOException {
            try (JdbcStores stores = TestDatabase.h2(folder).open()) {
                stores.signingKeys().putFirst(STORED);
                stores.decryptionKeys().putFirst(ENCRYPTED_TO);
                stores.clients().put(client("basic", ClientAuthenticationMethod.CLIENT_SECRET_BASIC));
                stores.clients().put(client("post", ClientAuthenticationMethod.CLIENT_SECRET_POST));
                stores.clients().put(client("mac", ClientAuthenticationMethod.CLIENT_SECRET_JWT));
            }
            String file = Files.readString(folder.resolve("store.mv.db"), StandardCharsets.ISO_8859_1);
            String exponent = STORED.key().toPrivateJwk().findString("d").orElseThrow();
            String other = ENCRYPTED_TO.key().toPrivateJwk().findString("d").orElseThrow();
            assertThat(file)
                    .contains(STORED.key().keyId(), ENCRYPTED_TO.key().keyId())
                    .doesNotContain(exponent, other, SECRET);
        }
    }

    @Nested
    class A_row_that_was_tampered_with {
        private TestDatabase database;

        @BeforeEach
        void place() {
            database = TestDatabase.h2(folder);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "UPDATE signet_signing_key SET active_from = '2020-01-01T00:00:00Z'",
                    "UPDATE signet_signing_key SET published_at = '2020-01-01T00:00:00Z'",
                    "UPDATE signet_signing_key SET algorithm = 'ES384'",
                    "UPDATE signet_signing_key SET kid = 'another'",
                    "UPDATE signet_signing_key SET sealed = ''",
                    "UPDATE signet_signing_key SET sealed = 'x' || sealed"
                })
        void gives_no_key_of_the_server(String change) throws SQLException {
            try (JdbcStores stores = database.open()) {
                stores.signingKeys().put(STORED);
                assertThat(stores.signingKeys().keys()).hasSize(1);
                database.execute(change);
                assertThatThrownBy(stores.signingKeys()::keys)
                        .isInstanceOf(StoreException.class)
                        .hasMessageContaining("changed in the store");
            }
        }

        @Test
        void gives_no_decryption_key_that_is_another_or_from_another_table() throws SQLException {
            try (JdbcStores stores = database.open()) {
                stores.decryptionKeys().put(ENCRYPTED_TO);
                assertThat(stores.decryptionKeys().keys()).containsExactly(ENCRYPTED_TO);
                stores.signingKeys().put(STORED);
                database.execute("INSERT INTO signet_decryption_key SELECT * FROM signet_signing_key");
                assertThatThrownBy(stores.decryptionKeys()::keys)
                        .isInstanceOf(StoreException.class)
                        .hasMessageContaining("changed in the store");
                database.execute("DELETE FROM signet_decryption_key WHERE kid = '"
                        + STORED.key().keyId() + "'");
                database.execute("UPDATE signet_decryption_key SET algorithm = 'ECDH-ES+A256KW'");
                assertThatThrownBy(stores.decryptionKeys()::keys)
                        .isInstanceOf(StoreException.class)
                        .hasMessageContaining("changed in the store");
            }
        }

        @Test
        void gives_no_secret_to_another_client() throws SQLException {
            try (JdbcStores stores = database.open()) {
                stores.clients().put(client("victim", ClientAuthenticationMethod.CLIENT_SECRET_JWT));
                stores.clients().put(client("thief", ClientAuthenticationMethod.CLIENT_SECRET_JWT));
                database.execute(
                        "UPDATE signet_client SET sealed_secret ="
                                + " (SELECT sealed_secret FROM signet_client WHERE client_id = 'thief') WHERE client_id = 'victim'");
                assertThatThrownBy(() -> stores.clients().find(new ClientId("victim")))
                        .isInstanceOf(StoreException.class)
                        .hasMessageContaining("victim")
                        .hasMessageNotContaining(SECRET);
                assertThat(stores.clients().find(new ClientId("thief"))).isPresent();
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "UPDATE signet_client SET metadata = 'no JSON'",
                    "UPDATE signet_client SET metadata = '{}'",
                    "UPDATE signet_client SET metadata = ''",
                    "UPDATE signet_client SET metadata = REPLACE(metadata, 'honest', 'other')",
                    "UPDATE signet_client SET metadata = REPLACE(metadata, 'client_secret_basic', 'unheard_of')",
                    "UPDATE signet_client SET secret_hash = NULL",
                    "UPDATE signet_client SET secret_hash = '{}'",
                    "UPDATE signet_client SET secret_hash = '{\"salt\":\"!\",\"sha256\":\"!\"}'",
                    "UPDATE signet_client SET secret_hash = '[]'"
                })
        void gives_no_client(String change) throws SQLException {
            try (JdbcStores stores = database.open()) {
                stores.clients().put(client("honest", ClientAuthenticationMethod.CLIENT_SECRET_BASIC));
                assertThat(stores.clients().find(new ClientId("honest"))).isPresent();
                database.execute(change);
                assertThatThrownBy(() -> stores.clients().find(new ClientId("honest")))
                        .isInstanceOf(StoreException.class)
                        .hasMessageContaining("honest");
            }
        }
    }
}
