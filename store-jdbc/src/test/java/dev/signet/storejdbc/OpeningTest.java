package dev.signet.storejdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.authorizationserver.store.StoreException;
import dev.signet.authorizationserver.store.StoredKey;
import dev.signet.jwt.key.SigningKey;
import dev.signet.testkit.FixedKeys;
import dev.signet.testkit.Race;
import dev.signet.testkit.TestClock;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store opens where it can, and says clearly where it can't. */
class OpeningTest {

    @RegisterExtension
    static final PostgresServer POSTGRES = new PostgresServer();

    @TempDir
    Path folder;

    @Nested
    class Description {
        @Test
        void all_faults_are_reported_at_once() {
            assertThatIllegalArgumentException()
                    .isThrownBy(JdbcStores.builder("jdbc:oracle:x", TestDatabase.KEY)
                            .poolSize(0)
                            .connectionTimeout(Duration.ofMillis(249))
                            .sweepInterval(Duration.ofMillis(999))::open)
                    .withMessage("store: url must begin with jdbc:h2: or jdbc:postgresql:; pool size must be 1 to 200; "
                            + "connection timeout must be 250 ms to 60 s; sweep interval must be 1 s to 1 day");
        }

        @Test
        void bounds_are_included() {
            for (int size : new int[] {1, 200}) {
                TestDatabase.h2(folder)
                        .stores()
                        .poolSize(size)
                        .connectionTimeout(size == 1 ? Duration.ofMillis(250) : Duration.ofSeconds(60))
                        .sweepInterval(size == 1 ? Duration.ofSeconds(1) : Duration.ofDays(1))
                        .open()
                        .close();
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"WRITE_DELAY=500", "MODE=Oracle", "database_to_lower=false", "DB_CLOSE_ON_EXIT=TRUE"})
        void a_setting_that_would_lose_data_or_speak_another_dialect_is_refused(String setting) {
            assertThatIllegalArgumentException()
                    .isThrownBy(JdbcStores.builder(
                            "jdbc:h2:file:" + folder.resolve("x") + ";" + setting, TestDatabase.KEY)::open)
                    .withMessageContaining(
                            setting.substring(0, setting.indexOf('=')).toUpperCase() + " may only be");
        }

        @Test
        void an_h2_file_is_never_written_with_a_delay() throws SQLException {
            TestDatabase plain = new TestDatabase("jdbc:h2:file:" + folder.resolve("plain"), "sa");
            try (JdbcStores stores = plain.open()) {
                assertThat(plain.read("SELECT setting_value FROM information_schema.settings"
                                + " WHERE setting_name IN ('MODE', 'WRITE_DELAY')"))
                        .containsExactlyInAnyOrder("PostgreSQL", "0");
                stores.ping();
            }
        }

        @Test
        void on_postgresql_a_commit_waits_for_the_disk_though_the_database_says_otherwise() throws SQLException {
            TestDatabase postgres = TestDatabase.of(POSTGRES);
            String name = postgres.url().substring(postgres.url().lastIndexOf('/') + 1);
            postgres.execute("ALTER DATABASE " + name + " SET synchronous_commit = off");
            try (Database pool = postgres.pool()) {
                assertThat(setting(pool)).isEqualTo("on");
                postgres.execute("ALTER DATABASE " + name + " SET synchronous_commit = 'remote_write'");
            }
            try (Database pool = postgres.pool()) {
                assertThat(setting(pool)).isEqualTo("remote_write");
            } finally {
                postgres.execute("ALTER DATABASE " + name + " RESET synchronous_commit");
            }
        }

        private static String setting(Database pool) {
            return pool.once("say", connection -> {
                try (var row = connection.createStatement().executeQuery("SHOW synchronous_commit")) {
                    row.next();
                    return row.getString(1);
                }
            });
        }
    }

    @Nested
    class Unreachable {
        @Test
        void a_server_that_is_not_there_is_a_store_exception_that_says_where() throws IOException {
            int port;
            try (ServerSocket free = new ServerSocket(0)) {
                port = free.getLocalPort();
            }
            assertThatThrownBy(JdbcStores.builder("jdbc:postgresql://localhost:" + port + "/x", TestDatabase.KEY)
                            .password("very secret")::open)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("localhost:" + port)
                    .hasMessageNotContaining("very secret");
        }

        @Test
        void a_database_that_is_not_there_is_named() {
            assertThatThrownBy(JdbcStores.builder(POSTGRES.url() + "nowhere", TestDatabase.KEY)
                            .user(POSTGRES.user())::open)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("nowhere");
        }

        @Test
        void a_wrong_password_of_a_file_is_refused_and_not_repeated() {
            TestDatabase database = TestDatabase.h2(folder);
            database.open().close();
            assertThatThrownBy(database.stores().password("very secret")::open)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("Wrong user name or password")
                    .hasMessageNotContaining("very secret");
        }

        @Test
        void a_file_that_is_no_database_is_refused_and_left_alone() throws IOException {
            Path file = folder.resolve("store.mv.db");
            Files.writeString(file, "not a database".repeat(1000));
            assertThatThrownBy(TestDatabase.h2(folder)::open).isInstanceOf(StoreException.class);
            assertThat(file).hasContent("not a database".repeat(1000));
        }
    }

    @Nested
    class Tables {
        @Test
        void two_nodes_may_make_them_at_once() throws SQLException {
            TestDatabase postgres = TestDatabase.of(POSTGRES);
            postgres.execute("CREATE SCHEMA together");
            TestDatabase together = new TestDatabase(postgres.url() + "?currentSchema=together", postgres.user());
            List<JdbcStores> stores = Race.of(4, node -> together::open);
            stores.forEach(JdbcStores::ping);
            stores.forEach(JdbcStores::close);
            assertThat(together.read("SELECT version FROM signet_schema_history WHERE success AND type = 'SQL'"))
                    .containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9");
        }

        @Test
        void stand_beside_those_of_others() throws SQLException {
            TestDatabase postgres = TestDatabase.of(POSTGRES);
            postgres.execute(
                    "CREATE SCHEMA busy", "CREATE TABLE busy.orders (id INT)", "INSERT INTO busy.orders VALUES (1)");
            TestDatabase busy = new TestDatabase(postgres.url() + "?currentSchema=busy", postgres.user());
            busy.open().close();
            assertThat(busy.read("SELECT id FROM orders")).containsExactly("1");
        }

        @Test
        void are_kept_with_all_that_is_in_them() {
            StoredKey<SigningKey> key = new StoredKey<>(FixedKeys.server(), TestClock.START, TestClock.START);
            for (int start = 0; start < 3; start++) {
                try (JdbcStores stores = TestDatabase.h2(folder).open()) {
                    assertThat(stores.signingKeys().putFirst(key)).isEqualTo(start == 0);
                    assertThat(stores.signingKeys().keys()).containsExactly(key);
                }
            }
        }

        @Test
        void may_be_newer_than_the_code() throws SQLException {
            TestDatabase database = TestDatabase.h2(folder);
            database.open().close();
            database.execute(
                    "INSERT INTO signet_schema_history SELECT 99, '99', description, type, 'V99__later.sql', checksum,"
                            + " installed_by, installed_on, execution_time, success FROM signet_schema_history WHERE version = '1'");
            database.open().close();
        }

        @Test
        void the_newest_migration_is_the_one_that_is_looked_for() throws Exception {
            Path folder = Path.of(Schema.class.getResource("migration").toURI());
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files.map(file -> file.getFileName().toString())
                                .map(name -> name.substring(1, name.indexOf("__")))
                                .mapToInt(Integer::parseInt)
                                .max())
                        .hasValue(Integer.parseInt(Schema.NEWEST));
            }
        }
    }
}
