package dev.signet.app.server;

import dev.signet.app.config.Settings;
import dev.signet.app.config.SigningSettings;
import dev.signet.authorizationserver.AuthorizationServer;
import dev.signet.authorizationserver.registry.ProtectedResource;
import dev.signet.authorizationserver.resourceowner.Decision;
import dev.signet.authorizationserver.resourceowner.ResourceOwnerPrompt;
import dev.signet.authorizationserver.store.ReplayGuard;
import dev.signet.authorizationserver.store.RevokedTokens;
import dev.signet.authorizationserver.store.ServerKeyStore;
import dev.signet.authorizationserver.store.StoredTokens;
import dev.signet.authorizationserver.store.memory.FixedServerKeys;
import dev.signet.authorizationserver.store.memory.InMemoryClientStore;
import dev.signet.authorizationserver.store.memory.InMemoryGrantStore;
import dev.signet.authorizationserver.store.memory.InMemoryInitialAccessTokenStore;
import dev.signet.authorizationserver.store.memory.InMemoryPushedRequestStore;
import dev.signet.authorizationserver.store.memory.InMemoryRevokedTokens;
import dev.signet.authorizationserver.store.memory.InMemoryServerKeyStore;
import dev.signet.authorizationserver.store.memory.InMemoryStoredTokens;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.SigningKey;
import dev.signet.storejdbc.JdbcStores;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Hands settings to the builder of the engine. */
public final class Engine {

    /** Who is asked by an engine that no requests are for. */
    private static final ResourceOwnerPrompt NOBODY = question -> new Decision.Denied();

    private Engine() {}

    /** An engine that still wants its stores. */
    static AuthorizationServer.Builder of(Settings settings) {
        AuthorizationServer.Builder engine = AuthorizationServer.builder()
                .issuer(settings.site().issuer())
                .resources(settings.parties().resources().all())
                .trustedIssuers(settings.parties().trustedIssuers())
                .selfIssuedAssertions(true)
                .accounts(settings.parties().accounts())
                .resourceOwnersHaveAccounts(true)
                .authenticationMethods(settings.clientAuthentication().methods())
                .allowedMethods(settings.clientAuthentication().allowed())
                .signingAlgorithm(settings.signing().algorithm())
                .decryptionAlgorithms(settings.decryptionAlgorithms())
                .cryptoProvider(settings.signing().crypto().provider())
                .outbound(settings.site().outbound())
                .revocationsInMemory(settings.revocation().inMemory())
                .allowIrrevocableAccessTokens(settings.revocation().allowIrrevocableAccessTokens())
                .accessTokenWarningLength(settings.accessTokens().warningLength())
                .refreshTokenLifetimes(settings.refreshTokens())
                .requestPolicy(settings.requests());
        settings.accessTokens().pairwiseKey().ifPresent(engine::pairwiseKey);
        return engine;
    }

    /** Where revoked tokens are kept, unless none can be revoked. */
    static void keepRevoked(AuthorizationServer.Builder engine, Settings settings, RevokedTokens store) {
        if (!settings.revocation().allowIrrevocableAccessTokens()) {
            engine.revokedTokens(store);
        }
    }

    /**
     * Builds an engine that keeps nothing, to see whether the settings fit together.
     *
     * @throws IllegalArgumentException naming every fault
     */
    public static void tryOut(Settings settings, Clock clock, SecureRandom random) {
        ReplayGuard nothing = uses -> Optional.empty();
        AuthorizationServer.Builder engine = of(settings);
        RevokedTokens revokedTokens = new InMemoryRevokedTokens(clock, nothing);
        StoredTokens storedTokens = new InMemoryStoredTokens(clock, nothing);
        keepRevoked(engine, settings, revokedTokens);
        // The keys that are made here are forgotten again, so they are few, and of the kind that is made fastest.
        engine.decryptionAlgorithms(List.of());
        if (!settings.signing().fromFiles()) {
            engine.signingAlgorithm(JwsAlgorithm.ES256)
                    .resources(settings.parties().resources().all().stream()
                            .map(Engine::signedAtOnce)
                            .toList());
        }
        InMemoryClientStore nobody = new InMemoryClientStore();
        settings.registration()
                .ifPresent(policy -> engine.registration(policy, nobody, new InMemoryInitialAccessTokenStore(nobody)));
        engine.clients(new KnownClients(settings.parties().clients(), nobody))
                .signingKeys(signingKeys(settings.signing(), new InMemoryServerKeyStore<>()))
                .replayGuard(nothing)
                .storedTokens(storedTokens)
                .grants(new InMemoryGrantStore(clock, nothing, storedTokens, revokedTokens))
                .pushedRequests(new InMemoryPushedRequestStore(clock, nothing))
                .resourceOwnerPrompt(NOBODY)
                .clock(clock)
                .random(random)
                .build();
    }

    private static ProtectedResource signedAtOnce(ProtectedResource resource) {
        return resource.signingAlgorithm().isEmpty()
                ? resource
                : resource.toBuilder().signingAlgorithm(JwsAlgorithm.ES256).build();
    }

    /**
     * An engine that looks at stores and leaves nothing in them, to ask what it makes of a JWT. Requests are not for it.
     *
     * @throws dev.signet.authorizationserver.store.StoreException if the stores can't be read
     */
    public static AuthorizationServer onlooking(
            Settings settings, JdbcStores stores, Clock clock, SecureRandom random) {
        ServerKeyStore<SigningKey> copy =
                InMemoryServerKeyStore.of(stores.signingKeys().keys());
        AuthorizationServer.Builder engine = of(settings);
        keepRevoked(engine, settings, stores.revokedTokens());
        return engine.clients(new KnownClients(settings.parties().clients(), stores.clients()))
                .trustedIssuers(settings.parties()
                        .trustedIssuers()
                        .before(stores.trusts(settings.site().keys())))
                .accounts(settings.parties().accounts().before(stores.accounts()))
                .signingKeys(signingKeys(settings.signing(), copy))
                .decryptionKeys(
                        InMemoryServerKeyStore.of(stores.decryptionKeys().keys()))
                .replayGuard(uses -> Optional.empty())
                .storedTokens(stores.storedTokens())
                .grants(stores.grants())
                .pushedRequests(stores.pushedRequests())
                .resourceOwnerPrompt(NOBODY)
                .executor(Runnable::run)
                .clock(clock)
                .random(random)
                .build();
    }

    /** The operator's files, where there are some; else the store. */
    static ServerKeyStore<SigningKey> signingKeys(SigningSettings signing, ServerKeyStore<SigningKey> store) {
        return signing.fromFiles() ? FixedServerKeys.of(signing.keys()) : store;
    }
}
