package dev.signet.testkit;

import dev.signet.authorizationserver.resourceowner.AccountStore;
import dev.signet.authorizationserver.resourceowner.ConsentStore;
import dev.signet.authorizationserver.resourceowner.SessionStore;
import dev.signet.authorizationserver.store.ClientStore;
import dev.signet.authorizationserver.store.ReplayGuard;
import dev.signet.authorizationserver.store.RevokedTokens;
import dev.signet.authorizationserver.store.ServerKeyStore;
import dev.signet.authorizationserver.store.StoredTokens;
import dev.signet.authorizationserver.store.memory.InMemoryAccountStore;
import dev.signet.authorizationserver.store.memory.InMemoryClientStore;
import dev.signet.authorizationserver.store.memory.InMemoryConsentStore;
import dev.signet.authorizationserver.store.memory.InMemoryGrantStore;
import dev.signet.authorizationserver.store.memory.InMemoryInitialAccessTokenStore;
import dev.signet.authorizationserver.store.memory.InMemoryPushedRequestStore;
import dev.signet.authorizationserver.store.memory.InMemoryReplayGuard;
import dev.signet.authorizationserver.store.memory.InMemoryRevokedTokens;
import dev.signet.authorizationserver.store.memory.InMemoryServerKeyStore;
import dev.signet.authorizationserver.store.memory.InMemorySessionStore;
import dev.signet.authorizationserver.store.memory.InMemoryStoredTokens;
import dev.signet.authorizationserver.store.memory.InMemoryTrustStore;
import dev.signet.authorizationserver.trust.TrustStore;
import dev.signet.jwt.key.DecryptionKey;
import dev.signet.jwt.key.SigningKey;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Nested;

/** The in-memory stores keep the contracts; "another instance" is the same, since nobody else can see it. */
class InMemoryStoresTest {

    @Nested
    class Replay_guard extends ReplayGuardContract {
        private Optional<ReplayGuard> opened = Optional.empty();

        @Override
        protected ReplayGuard open(Clock clock) {
            opened = opened.or(() -> Optional.of(new InMemoryReplayGuard(clock)));
            return opened.get();
        }
    }

    @Nested
    class Revoked_tokens extends RevokedTokensContract {
        private Optional<ReplayGuard> guard = Optional.empty();
        private Optional<RevokedTokens> opened = Optional.empty();

        @Override
        protected RevokedTokens open(Clock clock) {
            opened = opened.or(() -> Optional.of(new InMemoryRevokedTokens(clock, openReplayGuard(clock))));
            return opened.get();
        }

        @Override
        protected ReplayGuard openReplayGuard(Clock clock) {
            guard = guard.or(() -> Optional.of(new InMemoryReplayGuard(clock)));
            return guard.get();
        }
    }

    @Nested
    class Stored_tokens extends StoredTokensContract {
        private Optional<ReplayGuard> guard = Optional.empty();
        private Optional<StoredTokens> opened = Optional.empty();

        @Override
        protected StoredTokens open(Clock clock) {
            opened = opened.or(() -> Optional.of(new InMemoryStoredTokens(clock, openReplayGuard(clock))));
            return opened.get();
        }

        @Override
        protected ReplayGuard openReplayGuard(Clock clock) {
            guard = guard.or(() -> Optional.of(new InMemoryReplayGuard(clock)));
            return guard.get();
        }
    }

    @Nested
    class Grants extends GrantStoreContract {
        private Optional<Opened> opened = Optional.empty();

        @Override
        protected Opened open(Clock clock) {
            opened = opened.or(() -> Optional.of(opened(clock)));
            return opened.get();
        }

        private static Opened opened(Clock clock) {
            ReplayGuard guard = new InMemoryReplayGuard(clock);
            StoredTokens tokens = new InMemoryStoredTokens(clock, guard);
            RevokedTokens revoked = new InMemoryRevokedTokens(clock, guard);
            return new Opened(new InMemoryGrantStore(clock, guard, tokens, revoked), guard, tokens, revoked);
        }
    }

    @Nested
    class Decryption_keys extends DecryptionKeyStoreContract {
        private final ServerKeyStore<DecryptionKey> store = new InMemoryServerKeyStore<>();

        @Override
        protected ServerKeyStore<DecryptionKey> open() {
            return store;
        }
    }

    @Nested
    class Pushed_requests extends PushedRequestStoreContract {
        private Optional<Opened> opened = Optional.empty();

        @Override
        protected Opened open(Clock clock) {
            opened = opened.or(() -> Optional.of(opened(clock)));
            return opened.get();
        }

        private static Opened opened(Clock clock) {
            ReplayGuard guard = new InMemoryReplayGuard(clock);
            return new Opened(new InMemoryPushedRequestStore(clock, guard), guard);
        }
    }

    @Nested
    class Signing_keys extends SigningKeyStoreContract {
        private final ServerKeyStore<SigningKey> store = new InMemoryServerKeyStore<>();

        @Override
        protected ServerKeyStore<SigningKey> open() {
            return store;
        }
    }

    @Nested
    class Clients extends ClientStoreContract {
        private final ClientStore store = new InMemoryClientStore();

        @Override
        protected ClientStore open() {
            return store;
        }
    }

    @Nested
    class Initial_access_tokens extends InitialAccessTokenStoreContract {
        private final InMemoryClientStore clients = new InMemoryClientStore();
        private final Opened store = new Opened(new InMemoryInitialAccessTokenStore(clients), clients);

        @Override
        protected Opened open() {
            return store;
        }
    }

    @Nested
    class Trusts extends TrustStoreContract {
        private final TrustStore store = new InMemoryTrustStore();

        @Override
        protected TrustStore open() {
            return store;
        }
    }

    @Nested
    class Accounts extends AccountStoreContract {
        private final AccountStore store = new InMemoryAccountStore();

        @Override
        protected AccountStore open() {
            return store;
        }
    }

    @Nested
    class Sessions extends SessionStoreContract {
        private Optional<SessionStore> opened = Optional.empty();

        @Override
        protected SessionStore open(Clock clock) {
            opened = opened.or(() -> Optional.of(new InMemorySessionStore(clock)));
            return opened.get();
        }
    }

    @Nested
    class Consents extends ConsentStoreContract {
        private final ConsentStore store = new InMemoryConsentStore();

        @Override
        protected ConsentStore open() {
            return store;
        }
    }
}
