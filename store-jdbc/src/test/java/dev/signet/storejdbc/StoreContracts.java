package dev.signet.storejdbc;

import dev.signet.authorizationserver.resourceowner.AccountStore;
import dev.signet.authorizationserver.resourceowner.ConsentStore;
import dev.signet.authorizationserver.resourceowner.SessionStore;
import dev.signet.authorizationserver.store.ClientStore;
import dev.signet.authorizationserver.store.ReplayGuard;
import dev.signet.authorizationserver.store.RevokedTokens;
import dev.signet.authorizationserver.store.ServerKeyStore;
import dev.signet.authorizationserver.store.StoredTokens;
import dev.signet.authorizationserver.trust.KeySources;
import dev.signet.authorizationserver.trust.TrustStore;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.DecryptionKey;
import dev.signet.jwt.key.SigningKey;
import dev.signet.testkit.AccountStoreContract;
import dev.signet.testkit.ClientStoreContract;
import dev.signet.testkit.ConsentStoreContract;
import dev.signet.testkit.DecryptionKeyStoreContract;
import dev.signet.testkit.GrantStoreContract;
import dev.signet.testkit.InitialAccessTokenStoreContract;
import dev.signet.testkit.PushedRequestStoreContract;
import dev.signet.testkit.ReplayGuardContract;
import dev.signet.testkit.RevokedTokensContract;
import dev.signet.testkit.SessionStoreContract;
import dev.signet.testkit.SigningKeyStoreContract;
import dev.signet.testkit.StoredTokensContract;
import dev.signet.testkit.TestClock;
import dev.signet.testkit.TrustStoreContract;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;

/** The contracts, run over two instances on one database: two pools, as two nodes have them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StoreContracts {

    private static final EncryptionKey KEY = EncryptionKey.generate(new SecureRandom());

    private JdbcStores one;
    private JdbcStores two;
    private int opened;

    abstract String url();

    abstract String user();

    @BeforeAll
    void openStores() {
        one = open();
        two = open();
    }

    /** The sweep has to go by the contracts' time, which is long past. */
    private JdbcStores open() {
        return JdbcStores.builder(url(), KEY)
                .user(user())
                .clock(TestClock.atStart())
                .open();
    }

    @AfterAll
    void closeStores() {
        one.close();
        two.close();
    }

    @BeforeEach
    void startOver() throws SQLException {
        opened = 0;
        try (Connection connection = DriverManager.getConnection(url(), user(), "");
                Statement statement = connection.createStatement()) {
            for (String table : List.of(
                    "signet_used_jwt",
                    "signet_revoked_token",
                    "signet_stored_token",
                    "signet_grant",
                    "signet_pushed_request",
                    "signet_signing_key",
                    "signet_decryption_key",
                    "signet_client",
                    "signet_initial_access_token",
                    "signet_trusted_issuer",
                    "signet_account",
                    "signet_session",
                    "signet_consent")) {
                statement.execute("DELETE FROM " + table);
            }
        }
    }

    private JdbcStores next() {
        return opened++ % 2 == 0 ? one : two;
    }

    @Nested
    class Replay_guard extends ReplayGuardContract {
        @Override
        protected ReplayGuard open(Clock clock) {
            return next().replayGuard(clock);
        }
    }

    @Nested
    class Revoked_tokens extends RevokedTokensContract {
        @Override
        protected RevokedTokens open(Clock clock) {
            return next().revokedTokens(clock);
        }

        @Override
        protected ReplayGuard openReplayGuard(Clock clock) {
            return one.replayGuard(clock);
        }
    }

    @Nested
    class Stored_tokens extends StoredTokensContract {
        @Override
        protected StoredTokens open(Clock clock) {
            return next().storedTokens(clock);
        }

        @Override
        protected ReplayGuard openReplayGuard(Clock clock) {
            return one.replayGuard(clock);
        }
    }

    @Nested
    class Grants extends GrantStoreContract {
        @Override
        protected Opened open(Clock clock) {
            JdbcStores stores = next();
            return new Opened(
                    stores.grants(clock),
                    stores.replayGuard(clock),
                    stores.storedTokens(clock),
                    stores.revokedTokens(clock));
        }
    }

    @Nested
    class Decryption_keys extends DecryptionKeyStoreContract {
        @Override
        protected ServerKeyStore<DecryptionKey> open() {
            return next().decryptionKeys();
        }
    }

    @Nested
    class Pushed_requests extends PushedRequestStoreContract {
        @Override
        protected Opened open(Clock clock) {
            JdbcStores stores = next();
            return new Opened(stores.pushedRequests(clock), stores.replayGuard(clock));
        }
    }

    @Nested
    class Signing_keys extends SigningKeyStoreContract {
        @Override
        protected ServerKeyStore<SigningKey> open() {
            return next().signingKeys();
        }
    }

    @Nested
    class Clients extends ClientStoreContract {
        @Override
        protected ClientStore open() {
            return next().clients();
        }
    }

    @Nested
    class Initial_access_tokens extends InitialAccessTokenStoreContract {
        @Override
        protected Opened open() {
            JdbcStores stores = next();
            return new Opened(stores.initialAccessTokens(), stores.clients());
        }
    }

    @Nested
    class Trusts extends TrustStoreContract {
        @Override
        protected TrustStore open() {
            return next().trusts(KeySources.offline(CryptoProvider.jdk()));
        }
    }

    @Nested
    class Accounts extends AccountStoreContract {
        @Override
        protected AccountStore open() {
            return next().accounts();
        }
    }

    @Nested
    class Sessions extends SessionStoreContract {
        @Override
        protected SessionStore open(Clock clock) {
            return next().sessions(clock);
        }
    }

    @Nested
    class Consents extends ConsentStoreContract {
        @Override
        protected ConsentStore open() {
            return next().consents();
        }
    }
}
