package dev.signet.storejdbc;

import dev.signet.authorizationserver.registration.InitialAccessTokenStore;
import dev.signet.authorizationserver.resourceowner.AccountStore;
import dev.signet.authorizationserver.resourceowner.ConsentStore;
import dev.signet.authorizationserver.resourceowner.SessionStore;
import dev.signet.authorizationserver.store.ClientStore;
import dev.signet.authorizationserver.store.GrantStore;
import dev.signet.authorizationserver.store.PushedRequestStore;
import dev.signet.authorizationserver.store.ReplayGuard;
import dev.signet.authorizationserver.store.RevokedTokens;
import dev.signet.authorizationserver.store.ServerKeyStore;
import dev.signet.authorizationserver.store.StoreException;
import dev.signet.authorizationserver.store.StoredTokens;
import dev.signet.authorizationserver.trust.KeySources;
import dev.signet.authorizationserver.trust.TrustStore;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.DecryptionKey;
import dev.signet.jwt.key.SigningKey;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * The stores of an authorization server in one database: an H2 file for a single process, PostgreSQL for any number of
 * nodes. The driver has to be on the class path. Thread-safe.
 *
 * <pre>{@code
 * try (JdbcStores stores = JdbcStores.builder("jdbc:postgresql://db.example.com/signet", encryptionKey)
 *         .user("signet")
 *         .password(password)
 *         .open()) {
 *     server.replayGuard(stores.replayGuard()).signingKeys(stores.signingKeys()).clients(stores.clients());
 * }
 * }</pre>
 *
 * <p>What a store has confirmed outlasts the process. An H2 file does not force each commit to the disk: it survives the
 * death of the process, not every failure of power or operating system; who needs that takes PostgreSQL with
 * {@code fsync} on. On PostgreSQL {@code synchronous_commit = off} is replaced by {@code on} for these connections.
 *
 * <p>While the database can't be reached every call throws {@link StoreException}: after the connection timeout at most if no
 * connection is to be had, and 5 seconds after that if a PostgreSQL server stops answering ({@code socketTimeout} in the URL
 * replaces them). The use of a JWT in an H2 file waits no longer than the sum of both. What a caller stopped waiting for may be
 * recorded all the same; that is safe, since nobody was let in and the JWT is used up. When the database is back, calls succeed
 * again by themselves. JWTs that were used or revoked, tokens that are kept, sessions, pushed requests, and grants of which nothing is good any
 * more are
 * removed in the background when they have expired.
 */
public final class JdbcStores implements AutoCloseable {

    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);

    private final Database database;
    private final UseRecorder recorder;
    private final Sweep sweep;
    private final ReplayGuard replayGuard;
    private final RevokedTokens revokedTokens;
    private final StoredTokens storedTokens;
    private final GrantStore grants;
    private final PushedRequestStore pushedRequests;
    private final ServerKeyStore<SigningKey> signingKeys;
    private final ServerKeyStore<DecryptionKey> decryptionKeys;
    private final ClientStore clients;
    private final InitialAccessTokenStore initialAccessTokens;
    private final AccountStore accounts;
    private final SessionStore sessions;
    private final ConsentStore consents;

    private JdbcStores(Builder builder, Database database, Sealing sealing) {
        this.database = database;
        this.recorder = builder.url.isShared()
                ? UseRecorder.direct(database)
                : BatchingRecorder.start(database, builder.connectionTimeout.plus(ANSWER_TIMEOUT));
        this.replayGuard = replayGuard(builder.clock);
        this.revokedTokens = revokedTokens(builder.clock);
        this.storedTokens = storedTokens(builder.clock);
        this.grants = grants(builder.clock);
        this.pushedRequests = pushedRequests(builder.clock);
        this.signingKeys = JdbcServerKeyStore.ofSigningKeys(database, sealing, builder.cryptoProvider);
        this.decryptionKeys = JdbcServerKeyStore.ofDecryptionKeys(database, sealing);
        JdbcClientStore clientStore = new JdbcClientStore(database, sealing, builder.cryptoProvider);
        this.clients = clientStore;
        this.initialAccessTokens = new JdbcInitialAccessTokenStore(database, clientStore);
        this.accounts = new JdbcAccountStore(database);
        this.sessions = sessions(builder.clock);
        this.consents = new JdbcConsentStore(database);
        this.sweep = Sweep.every(
                builder.sweepInterval,
                List.of(
                        ExpiredRows.ofUsedJwts(database, builder.clock),
                        ExpiredRows.ofRevokedTokens(database, builder.clock),
                        ExpiredRows.ofStoredTokens(database, builder.clock),
                        ExpiredRows.ofGrantedTokens(database, builder.clock),
                        ExpiredRows.ofRefreshTokens(database, builder.clock),
                        ExpiredRows.ofGrants(database, builder.clock),
                        ExpiredRows.ofPushedRequests(database, builder.clock),
                        ExpiredRows.ofInitialAccessTokens(database, builder.clock),
                        ExpiredRows.ofSessions(database, builder.clock)),
                builder.sweepFailureListener);
    }

    /**
     * Starts the description of a database.
     *
     * @param url {@code jdbc:h2:file:…} or {@code jdbc:postgresql:…}; what H2 needs to lose nothing is added
     * @param encryptionKey what private keys and MAC secrets are encrypted with; always the same for a database
     */
    public static Builder builder(String url, EncryptionKey encryptionKey) {
        return new Builder(url, encryptionKey);
    }

    /** Which assertions were used. */
    public ReplayGuard replayGuard() {
        return replayGuard;
    }

    /** The same, going by another clock. */
    ReplayGuard replayGuard(Clock clock) {
        return new JdbcReplayGuard(recorder, clock);
    }

    /** Which access tokens were revoked. */
    public RevokedTokens revokedTokens() {
        return revokedTokens;
    }

    /** The same, going by another clock. */
    RevokedTokens revokedTokens(Clock clock) {
        return new JdbcRevokedTokens(database, clock);
    }

    /** What opaque and encrypted access tokens stand for. */
    public StoredTokens storedTokens() {
        return storedTokens;
    }

    /** The same, going by another clock. */
    StoredTokens storedTokens(Clock clock) {
        return new JdbcStoredTokens(database, clock);
    }

    /** What resource owners granted. */
    public GrantStore grants() {
        return grants;
    }

    /** The same, going by another clock. */
    GrantStore grants(Clock clock) {
        return new JdbcGrantStore(database, clock);
    }

    /** The authorization requests that clients pushed. */
    public PushedRequestStore pushedRequests() {
        return pushedRequests;
    }

    /** The same, going by another clock. */
    PushedRequestStore pushedRequests(Clock clock) {
        return new JdbcPushedRequestStore(database, clock);
    }

    /**
     * The signing keys. A {@code kid} may have up to 255 characters, none of them a control character; others are refused
     * with {@link IllegalArgumentException}.
     */
    public ServerKeyStore<SigningKey> signingKeys() {
        return signingKeys;
    }

    /** The keys that others encrypt to; their {@code kid} is as that of {@link #signingKeys}. */
    public ServerKeyStore<DecryptionKey> decryptionKeys() {
        return decryptionKeys;
    }

    /** The registered clients. */
    public ClientStore clients() {
        return clients;
    }

    /** What lets clients register themselves. */
    public InitialAccessTokenStore initialAccessTokens() {
        return initialAccessTokens;
    }

    /** The accounts that people sign in to. A subject may have up to 2048 octets; others are refused with {@link IllegalArgumentException}. */
    public AccountStore accounts() {
        return accounts;
    }

    /** Who is signed in. */
    public SessionStore sessions() {
        return sessions;
    }

    /** The same, going by another clock. */
    SessionStore sessions(Clock clock) {
        return new JdbcSessionStore(database, clock);
    }

    /** What people let clients do. */
    public ConsentStore consents() {
        return consents;
    }

    /**
     * The trusts in issuers, which must be such as can be written down. What was built from a row is kept with the store that is
     * given back: get it once.
     *
     * @param sources where their keys come from
     */
    public TrustStore trusts(KeySources sources) {
        return new JdbcTrustStore(database, sources);
    }

    /**
     * Asks the database for a sign of life.
     *
     * @throws StoreException if there is none
     */
    public void ping() {
        database.once("be reached", connection -> {
            try (var select = connection.prepareStatement("SELECT id FROM signet_store WHERE id = 1");
                    var row = select.executeQuery()) {
                return row.next();
            }
        });
    }

    /** Stops removing expired rows and closes all connections. Whatever is called afterwards fails. */
    @Override
    public void close() {
        sweep.close();
        recorder.close();
        database.close();
    }

    /** Describes a database. {@link #open()} reports all that is wrong with the description at once. */
    public static final class Builder {

        private final DatabaseUrl url;
        private final EncryptionKey encryptionKey;
        private String user = "";
        private String password = "";
        private int poolSize = 10;
        private Duration connectionTimeout = Duration.ofSeconds(3);
        private Duration sweepInterval = Duration.ofMinutes(1);
        private Consumer<StoreException> sweepFailureListener = failure -> {};
        private Clock clock = Clock.systemUTC();
        private SecureRandom random = new SecureRandom();
        private CryptoProvider cryptoProvider = CryptoProvider.jdk();

        private Builder(String url, EncryptionKey encryptionKey) {
            this.url = new DatabaseUrl(url);
            this.encryptionKey = encryptionKey;
        }

        /** The user; unless given, the one the URL names, else the driver's own choice. */
        public Builder user(String user) {
            this.user = user;
            return this;
        }

        /** The user's password; none unless given. */
        public Builder password(String password) {
            this.password = password;
            return this;
        }

        /** The most connections at once: 1 to 200; 10 unless given. */
        public Builder poolSize(int connections) {
            this.poolSize = connections;
            return this;
        }

        /** How long a call waits for a connection: 250 ms to 60 s; 3 s unless given. */
        public Builder connectionTimeout(Duration timeout) {
            this.connectionTimeout = timeout;
            return this;
        }

        /** How long to wait between two removals of what has expired: 1 s to a day; a minute unless given. */
        public Builder sweepInterval(Duration interval) {
            this.sweepInterval = interval;
            return this;
        }

        /** Is told when a removal failed, whatever the cause, on the thread that removes; it is tried again. Nobody is told unless given. */
        public Builder onSweepFailure(Consumer<StoreException> listener) {
            this.sweepFailureListener = listener;
            return this;
        }

        /** Says what has expired; the system's clock unless given. */
        public Builder clock(Clock clock) {
            this.clock = clock;
            return this;
        }

        /** Where the nonces of the encryption come from; must be cryptographically strong. */
        public Builder random(SecureRandom random) {
            this.random = random;
            return this;
        }

        /** What the keys read from the database work with; the JDK's own unless given. */
        public Builder cryptoProvider(CryptoProvider provider) {
            this.cryptoProvider = provider;
            return this;
        }

        /**
         * Connects, and brings the tables up to date.
         *
         * @throws IllegalArgumentException naming every fault of the description
         * @throws StoreInUseException if the file of an embedded store is open in another process
         * @throws EncryptionKeyException if the database was made with another encryption key
         * @throws StoreException if the database can't be reached or is of no use
         */
        public JdbcStores open() {
            List<String> faults = faults();
            if (!faults.isEmpty()) {
                throw new IllegalArgumentException("store: " + String.join("; ", faults));
            }
            DataSource source = url.dataSource(user, password, connectionTimeout, ANSWER_TIMEOUT);
            // Held until the pool has a connection of its own: an embedded store closes with its last one.
            Connection first = connect(source);
            try {
                if (!Schema.isCurrent(first)) {
                    Schema.migrate(
                            url.dataSource(user, password, connectionTimeout, Duration.ZERO), url.migrationLock());
                }
                return open(Database.of(source, url, poolSize, connectionTimeout));
            } finally {
                release(first);
            }
        }

        private JdbcStores open(Database database) {
            Sealing sealing = new Sealing(encryptionKey, random);
            try {
                KeyCheck.require(database, sealing);
                return new JdbcStores(this, database, sealing);
            } catch (RuntimeException failed) {
                database.close();
                throw failed;
            }
        }

        private List<String> faults() {
            List<String> faults = new ArrayList<>(url.faults());
            if (poolSize < 1 || poolSize > 200) {
                faults.add("pool size must be 1 to 200");
            }
            if (isOutside(connectionTimeout, Duration.ofMillis(250), Duration.ofSeconds(60))) {
                faults.add("connection timeout must be 250 ms to 60 s");
            }
            if (isOutside(sweepInterval, Duration.ofSeconds(1), Duration.ofDays(1))) {
                faults.add("sweep interval must be 1 s to 1 day");
            }
            return faults;
        }

        private static boolean isOutside(Duration given, Duration least, Duration most) {
            return given.compareTo(least) < 0 || given.compareTo(most) > 0;
        }

        private static void release(Connection connection) {
            try {
                connection.close();
            } catch (SQLException alreadyBroken) {
                // It was only held; what matters went over other connections.
            }
        }

        private Connection connect(DataSource source) {
            try {
                return source.getConnection();
            } catch (SQLException failed) {
                Optional<String> inUse = url.fileInUse(failed);
                if (inUse.isPresent()) {
                    throw new StoreInUseException("the store file " + inUse.get()
                            + " is open in another process; stop that one, or give this one a store of its own");
                }
                // At this point the driver speaks of addresses, users and database names only.
                throw new StoreException("the store could not be opened: " + failed.getMessage(), failed);
            }
        }
    }
}
