package dev.signet.app.command;

import dev.signet.app.config.Registrations;
import dev.signet.app.config.Settings;
import dev.signet.app.console.Printable;
import dev.signet.app.server.ConsentForgettingClients;
import dev.signet.authorizationserver.registration.InitialAccessToken;
import dev.signet.authorizationserver.registration.InitialAccessTokenStore;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.resourceowner.AccountStore;
import dev.signet.authorizationserver.resourceowner.ConsentStore;
import dev.signet.authorizationserver.resourceowner.KnownAccounts;
import dev.signet.authorizationserver.resourceowner.SessionStore;
import dev.signet.authorizationserver.resourceowner.UserAccount;
import dev.signet.authorizationserver.resourceowner.Username;
import dev.signet.authorizationserver.store.ClientStore;
import dev.signet.authorizationserver.trust.TrustStore;
import dev.signet.authorizationserver.trust.TrustedIssuer;
import dev.signet.core.ClientId;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The trusts, clients and users that a command looks at or changes: those of the configuration file, and those of the store. */
final class PartyAccess implements AutoCloseable {

    private static final int PAGE = 500;

    private final OpenStore store;
    private final TrustStore trusts;

    private PartyAccess(OpenStore store) {
        this.store = store;
        this.trusts = store.stores().trusts(store.settings().site().keys());
    }

    static PartyAccess open(StoreAccess stores, ConfigOption config) {
        return new PartyAccess(stores.open(config));
    }

    Settings settings() {
        return store.settings();
    }

    Registrations registrations() {
        return Registrations.with(settings());
    }

    /** The trusts in the store. */
    TrustStore trusts() {
        return trusts;
    }

    /** The clients in the store. */
    ClientStore clients() {
        return new ConsentForgettingClients(store.stores().clients(), consents());
    }

    /** What lets clients register themselves. */
    InitialAccessTokenStore initialAccessTokens() {
        return store.stores().initialAccessTokens();
    }

    List<InitialAccessToken> storedInitialAccessTokens() {
        return all(after -> initialAccessTokens().page(after, PAGE), InitialAccessToken::name);
    }

    List<TrustedIssuer> configuredTrusts() {
        return settings().parties().trustedIssuers().all();
    }

    List<TrustedIssuer> storedTrusts() {
        return all(after -> trusts.page(after, PAGE), TrustedIssuer::issuer);
    }

    /** Whether clients may be registered for that method. */
    boolean takes(ClientAuthenticationMethod method) {
        return settings().clientAuthentication().methods().contains(method);
    }

    List<RegisteredClient> configuredClients() {
        return settings().parties().clients();
    }

    List<RegisteredClient> storedClients() {
        return all(
                after -> clients().page(after, PAGE),
                client -> client.clientId().value());
    }

    /** The accounts in the store. */
    AccountStore accounts() {
        return store.stores().accounts();
    }

    /** Who is signed in. */
    SessionStore sessions() {
        return store.stores().sessions();
    }

    /** What people let clients do. */
    ConsentStore consents() {
        return store.stores().consents();
    }

    /**
     * Takes back what somebody let a client do, with all that the client got by it.
     *
     * @return whether there was something
     */
    boolean revokeConsent(String subject, ClientId clientId) {
        boolean revoked = consents().revoke(subject, clientId);
        store.stores().grants().revokeAll(clientId, subject);
        return revoked;
    }

    List<UserAccount> configuredUsers() {
        return List.copyOf(settings().parties().accounts().all());
    }

    List<UserAccount> storedUsers() {
        return all(after -> accounts().page(after, PAGE), UserAccount::subject);
    }

    private static <T> List<T> all(Function<String, List<T>> pages, Function<T, String> identifier) {
        List<T> all = new ArrayList<>();
        List<T> page = pages.apply("");
        while (!page.isEmpty()) {
            all.addAll(page);
            page = pages.apply(identifier.apply(page.get(page.size() - 1)));
        }
        return all;
    }

    /** The trust that counts: that of the configuration file, if there is one. */
    TrustedIssuer requireTrust(String issuer) {
        return configuredTrusts().stream()
                .filter(trust -> trust.issuer().equals(issuer))
                .findFirst()
                .or(() -> trusts.find(issuer))
                .orElseThrow(() -> noTrust(issuer));
    }

    /** The client that counts: that of the configuration file, if there is one. */
    RegisteredClient requireClient(ClientId clientId) {
        return findClient(clientId).orElseThrow(() -> noClient(clientId));
    }

    private Optional<RegisteredClient> findClient(ClientId clientId) {
        return configuredClients().stream()
                .filter(client -> client.clientId().equals(clientId))
                .findFirst()
                .or(() -> clients().find(clientId));
    }

    /** The account that counts: that of the configuration file, if there is one. The name is its subject, or else its username. */
    UserAccount requireUser(String name) {
        KnownAccounts known = settings().parties().accounts().before(accounts());
        return known.findUser(name)
                .or(() -> Username.find(name).flatMap(known::findByUsername))
                .orElseThrow(() -> noUser(name));
    }

    /** The account of that name, which has to be in the store, since the configuration file is changed elsewhere. */
    UserAccount requireStoredUser(String name) {
        UserAccount user = requireUser(name);
        requireNotConfiguredUser(user.subject());
        return user;
    }

    /** Changes an account in the store. */
    void changeUser(String subject, UnaryOperator<UserAccount> change) {
        if (kept(() -> accounts().change(subject, change)).isEmpty()) {
            throw noUser(subject);
        }
    }

    /** Refuses to change in the store what the configuration file says. */
    void requireNotConfiguredUser(String subject) {
        if (settings().parties().accounts().subjects().contains(subject)) {
            throw refused("the user " + subject
                    + " is in the configuration file: change it there, under users, and restart the server");
        }
    }

    /** Somebody who signs in with that name is the one of the configuration file. */
    void requireUsernameNotConfigured(Username username) {
        if (settings().parties().accounts().findByUsername(username).isPresent()) {
            throw refused("the username " + username + " is that of a user in the configuration file");
        }
    }

    /** The reverse of {@link #requireNoSubject}. */
    void requireNoClient(String subject) {
        ClientId.find(subject)
                .filter(clientId -> findClient(clientId).isPresent())
                .ifPresent(clientId -> {
                    throw refused("the sub " + subject + " is the client_id of a client");
                });
    }

    /** Refuses to change in the store what the configuration file says. */
    void requireNotConfigured(String issuer) {
        if (configuredTrusts().stream().anyMatch(trust -> trust.issuer().equals(issuer))) {
            throw refused("the trust in " + issuer
                    + " is in the configuration file: change it there, under trusted_issuers, and restart the server");
        }
    }

    /** Refuses to change in the store what the configuration file says. */
    void requireNotConfigured(ClientId clientId) {
        if (configuredClients().stream().anyMatch(client -> client.clientId().equals(clientId))) {
            throw refused("the client " + clientId
                    + " is in the configuration file: change it there, under clients, and restart the server");
        }
    }

    /** A token must not seem to be about the client when it is about somebody else (RFC 9068 §5). */
    void requireNoSubject(ClientId clientId) {
        if (settings().parties().accounts().find(clientId.value()).isPresent()) {
            throw refused("the client_id " + clientId + " is the sub of a user in the configuration file");
        }
        if (accounts().findUser(clientId.value()).isPresent()) {
            throw refused("the client_id " + clientId + " is the sub of a user in the store");
        }
        configuredTrusts().forEach(trust -> requireNotNamed(clientId, trust));
        storedTrusts().forEach(trust -> requireNotNamed(clientId, trust));
    }

    /** The reverse of {@link #requireNoSubject}. */
    void requireNoClient(TrustedIssuer trust) {
        trust.ownNames().stream()
                .flatMap(name -> ClientId.find(name).stream())
                .filter(clientId -> findClient(clientId).isPresent())
                .findFirst()
                .ifPresent(clientId -> requireNotNamed(clientId, trust));
    }

    private static void requireNotNamed(ClientId clientId, TrustedIssuer trust) {
        if (trust.ownNames().contains(clientId.value())) {
            throw refused("the client_id " + clientId + " is a name that the trust in " + trust.issuer()
                    + " gives to others");
        }
    }

    static CommandFailure noTrust(String issuer) {
        return refused("nothing is known of a trust in " + issuer);
    }

    static CommandFailure noUser(String name) {
        return refused("there is no user " + name);
    }

    static CommandFailure noClient(ClientId clientId) {
        return refused("there is no client " + clientId);
    }

    /** What comes of a change of the store, which refuses what it could not read again. */
    static <T> T kept(Supplier<T> change) {
        try {
            return change.get();
        } catch (IllegalArgumentException unfit) {
            throw refused(String.valueOf(unfit.getMessage()));
        }
    }

    static CommandFailure refused(String words) {
        return new CommandFailure(ExitCode.REFUSED, Printable.text(words));
    }

    @Override
    public void close() {
        store.close();
    }
}
