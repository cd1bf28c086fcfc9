package dev.signet.storejdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.authorizationserver.store.GrantStore;
import dev.signet.authorizationserver.store.Presented;
import dev.signet.authorizationserver.store.Redemption;
import dev.signet.authorizationserver.store.RedemptionOutcome;
import dev.signet.authorizationserver.store.StoredGrant;
import dev.signet.authorizationserver.store.TokenDigest;
import dev.signet.core.ClientId;
import dev.signet.core.JwtId;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.authorization.Authentication;
import dev.signet.testkit.Requirement;
import dev.signet.testkit.TestClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What lies in the tables about grants, and for how long. */
class GrantRowsTest {

    private static final Instant NOW = TestClock.START;
    private static final Instant CODE_EXPIRY = NOW.plusSeconds(60);
    private static final Instant ACCESS_TOKEN_EXPIRY = NOW.plusSeconds(600);
    private static final Instant REFRESH_TOKEN_EXPIRY = NOW.plusSeconds(86_400);
    private static final String CODE = "the-code-of-which-only-a-digest-may-be-kept";
    private static final String REFRESH_TOKEN = "the-refresh-token-of-which-the-same-is-true";
    private static final List<String> TABLES =
            List.of("signet_grant", "signet_refresh_token", "signet_granted_token", "signet_stored_token");

    @RegisterExtension
    static final PostgresServer POSTGRES = new PostgresServer();

    @TempDir
    Path folder;

    /** What must hold on every database. */
    abstract class Rows {
        final TestClock clock = TestClock.atStart();
        TestDatabase database;
        Database pool;
        GrantStore grants;

        abstract TestDatabase database();

        @BeforeEach
        void open() throws SQLException {
            database = database();
            database.open().close();
            database.execute("DELETE FROM signet_grant");
            pool = database.pool();
            grants = new JdbcGrantStore(pool, clock);
        }

        @AfterEach
        void close() {
            pool.close();
        }

        private StoredGrant grant(String id) {
            return new StoredGrant(
                    new JwtId(id),
                    new ClientId("web"),
                    "alice",
                    Scope.of("orders.read"),
                    Set.of(new ResourceIndicator("https://api.example.com/orders")),
                    Optional.empty(),
                    Optional.empty(),
                    Authentication.byPassword(NOW),
                    NOW,
                    NOW.plusSeconds(90 * 86_400));
        }

        private void put() {
            grants.put(grant("g1"), TokenDigest.of(CODE), CODE_EXPIRY, List.of());
        }

        private void redeem() {
            assertThat(grants.redeem(Redemption.of(grant("g1"), new Presented.Code(TokenDigest.of(CODE)), NOW)
                            .accessToken(new JwtId("at"), ACCESS_TOKEN_EXPIRY)
                            .refreshToken(TokenDigest.of(REFRESH_TOKEN), REFRESH_TOKEN_EXPIRY)
                            .build()))
                    .isEqualTo(new RedemptionOutcome.Done());
        }

        private List<Integer> swept() {
            return List.of(
                    ExpiredRows.ofGrantedTokens(pool, clock).removeBatch(),
                    ExpiredRows.ofRefreshTokens(pool, clock).removeBatch(),
                    ExpiredRows.ofGrants(pool, clock).removeBatch());
        }

        private long rows(String table) throws SQLException {
            return Long.parseLong(database.read("SELECT count(*) FROM " + table).get(0));
        }

        @Test
        @Requirement("6749-4.1.2-01")
        void go_when_a_code_was_never_redeemed() throws SQLException {
            put();
            clock.set(CODE_EXPIRY.plus(ExpiredRows.MARGIN).minusSeconds(1));
            assertThat(swept()).containsExactly(0, 0, 0);
            clock.set(CODE_EXPIRY.plus(ExpiredRows.MARGIN));
            assertThat(swept()).containsExactly(0, 0, 1);
            assertThat(rows("signet_grant")).isZero();
        }

        @Test
        @Requirement({"6749-4.1.2-02", "6749-6-06"})
        void stay_until_the_last_token_of_the_grant_has_expired() throws SQLException {
            put();
            redeem();
            clock.set(ACCESS_TOKEN_EXPIRY.plus(ExpiredRows.MARGIN));
            assertThat(swept()).containsExactly(1, 0, 0);
            assertThat(grants.findCode(TokenDigest.of(CODE))).isPresent();
            clock.set(REFRESH_TOKEN_EXPIRY.plus(ExpiredRows.MARGIN).minusSeconds(1));
            assertThat(swept()).containsExactly(0, 0, 0);
            clock.set(REFRESH_TOKEN_EXPIRY.plus(ExpiredRows.MARGIN));
            assertThat(swept()).containsExactly(0, 1, 1);
            assertThat(rows("signet_grant")).isZero();
        }

        @Test
        @Requirement("7009-2.1-03")
        void all_go_with_the_grant() throws SQLException {
            put();
            redeem();
            grants.revoke(new JwtId("g1"), List.of());
            assertThat(rows("signet_grant") + rows("signet_refresh_token") + rows("signet_granted_token"))
                    .isZero();
        }

        @Test
        @Requirement("6749-6-07")
        void hold_no_code_and_no_refresh_token() throws SQLException {
            put();
            redeem();
            String everything = everything();
            assertThat(everything).contains("alice", hex(TokenDigest.of(CODE).toBytes()));
            assertThat(everything)
                    .contains(hex(TokenDigest.of(REFRESH_TOKEN).toBytes()))
                    .doesNotContain(CODE, REFRESH_TOKEN)
                    .doesNotContain(hex(CODE.getBytes(StandardCharsets.US_ASCII)))
                    .doesNotContain(hex(REFRESH_TOKEN.getBytes(StandardCharsets.US_ASCII)));
        }

        /** Every column as text, and those with octets in hexadecimal. */
        private String everything() throws SQLException {
            StringBuilder text = new StringBuilder();
            try (Connection connection = database.connect();
                    Statement statement = connection.createStatement()) {
                for (String table : TABLES) {
                    try (ResultSet row = statement.executeQuery("SELECT * FROM " + table)) {
                        while (row.next()) {
                            for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
                                Object value = row.getObject(column);
                                text.append(value instanceof byte[] octets ? hex(octets) : String.valueOf(value))
                                        .append('\n');
                            }
                        }
                    }
                }
            }
            return text.toString();
        }

        private static String hex(byte[] octets) {
            return HexFormat.of().formatHex(octets).toLowerCase(Locale.ROOT);
        }
    }

    @Nested
    class On_postgresql extends Rows {
        @Override
        TestDatabase database() {
            return TestDatabase.of(POSTGRES);
        }
    }

    @Nested
    class On_h2 extends Rows {
        @Override
        TestDatabase database() {
            return TestDatabase.h2(folder);
        }
    }
}
