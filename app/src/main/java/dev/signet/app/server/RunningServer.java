package dev.signet.app.server;

import dev.signet.app.config.Settings;
import dev.signet.app.listener.Health;
import dev.signet.app.listener.HttpListener;
import dev.signet.app.log.EventLog;
import dev.signet.app.pages.Pages;
import dev.signet.authorizationserver.AuthorizationServer;
import dev.signet.authorizationserver.resourceowner.KnownAccounts;
import dev.signet.authorizationserver.store.StoreException;
import dev.signet.authorizationserver.trust.TrustStore;
import dev.signet.storejdbc.JdbcStores;
import java.security.SecureRandom;
import java.time.Clock;

/** A server that answers requests until it is closed. Thread-safe. */
public final class RunningServer implements AutoCloseable {

    private final JdbcStores stores;
    private final AuthorizationServer engine;
    private final HttpListener listener;
    private final BesideRequests beside;

    private RunningServer(JdbcStores stores, AuthorizationServer engine, HttpListener listener, BesideRequests beside) {
        this.stores = stores;
        this.engine = engine;
        this.listener = listener;
        this.beside = beside;
    }

    /**
     * Puts a server together on open stores, and starts to listen. From here on the stores are closed by the server, also
     * when it can't be started.
     *
     * @throws dev.signet.app.listener.ListenException if the address can't be had
     */
    public static RunningServer start(Settings settings, JdbcStores stores, Clock clock, SecureRandom random) {
        BesideRequests beside = new BesideRequests();
        try {
            AuthorizationServer.Builder builder = Engine.of(settings);
            Engine.keepRevoked(builder, settings, stores.revokedTokens());
            TrustStore trusts = stores.trusts(settings.site().keys());
            KnownAccounts accounts = settings.parties().accounts().before(stores.accounts());
            KnownClients clients = new KnownClients(settings.parties().clients(), stores.clients());
            Pages pages = Pages.of(
                    settings.pages().look(),
                    new Pages.People(
                            accounts,
                            stores.sessions(),
                            settings.pages().sessions(),
                            stores.consents(),
                            stores.grants(),
                            clients,
                            settings.parties().resources()),
                    clock,
                    random);
            settings.registration()
                    .ifPresent(policy -> builder.registration(
                            policy,
                            new ConsentForgettingClients(stores.clients(), stores.consents()),
                            stores.initialAccessTokens()));
            AuthorizationServer engine = builder.clients(clients)
                    .resourceOwnerPrompt(pages.prompt())
                    .errorPage(pages)
                    .trustedIssuers(settings.parties().trustedIssuers().before(trusts))
                    .accounts(accounts)
                    .signingKeys(Engine.signingKeys(settings.signing(), stores.signingKeys()))
                    .decryptionKeys(stores.decryptionKeys())
                    .replayGuard(stores.replayGuard())
                    .storedTokens(stores.storedTokens())
                    .grants(stores.grants())
                    .pushedRequests(stores.pushedRequests())
                    .listener(new EventLog())
                    .executor(beside)
                    .clock(clock)
                    .random(random)
                    .build();
            Health health = Health.before(
                    request -> pages.answer(request).orElseGet(() -> engine.handle(request)),
                    () -> isReady(stores, engine),
                    System::nanoTime);
            HttpListener listener = HttpListener.start(settings.site().listen(), health);
            beside.execute(() -> Shadowed.warn(settings.parties(), stores.clients(), trusts, stores.accounts()));
            return new RunningServer(stores, engine, listener, beside);
        } catch (StoreException failed) {
            close(beside, stores);
            throw new StartException("the store does not answer", failed);
        } catch (RuntimeException failed) {
            close(beside, stores);
            throw failed;
        }
    }

    /** In this order: what still reads the store would find it closed, and report that. */
    private static void close(BesideRequests beside, JdbcStores stores) {
        try {
            beside.close();
        } finally {
            stores.close();
        }
    }

    /** Whether the store answers and there is a key to sign with. */
    private static boolean isReady(JdbcStores stores, AuthorizationServer engine) {
        try {
            stores.ping();
            return !engine.signingKeys().all().isEmpty();
        } catch (StoreException e) {
            return false;
        }
    }

    /** The port in use. */
    public int port() {
        return listener.port();
    }

    /** The URL of the token endpoint, as clients know it. */
    public String tokenEndpoint() {
        return engine.metadata().tokenEndpoint().map(Object::toString).orElse("");
    }

    /** Lets the requests under way end, then closes the stores. */
    @Override
    public void close() {
        try {
            listener.close();
        } finally {
            close(beside, stores);
        }
    }
}
