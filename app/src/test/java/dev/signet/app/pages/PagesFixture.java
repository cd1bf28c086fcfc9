package dev.signet.app.pages;

import dev.signet.app.password.Password;
import dev.signet.app.password.PasswordHash;
import dev.signet.authorizationserver.AuthorizationServer;
import dev.signet.authorizationserver.claims.Attributes;
import dev.signet.authorizationserver.registry.AuthorizationSettings;
import dev.signet.authorizationserver.registry.ClientLink;
import dev.signet.authorizationserver.registry.ClientSecret;
import dev.signet.authorizationserver.registry.ProtectedResource;
import dev.signet.authorizationserver.registry.ProtectedResources;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.registry.SelfRegistration;
import dev.signet.authorizationserver.requestobject.RequestObjectFetcher.Hosted;
import dev.signet.authorizationserver.requestobject.RequestPolicy;
import dev.signet.authorizationserver.resourceowner.UserAccount;
import dev.signet.authorizationserver.resourceowner.Username;
import dev.signet.authorizationserver.store.memory.InMemoryAccountStore;
import dev.signet.authorizationserver.store.memory.InMemoryClientStore;
import dev.signet.authorizationserver.store.memory.InMemoryConsentStore;
import dev.signet.authorizationserver.store.memory.InMemoryGrantStore;
import dev.signet.authorizationserver.store.memory.InMemoryPushedRequestStore;
import dev.signet.authorizationserver.store.memory.InMemoryReplayGuard;
import dev.signet.authorizationserver.store.memory.InMemoryRevokedTokens;
import dev.signet.authorizationserver.store.memory.InMemoryServerKeyStore;
import dev.signet.authorizationserver.store.memory.InMemorySessionStore;
import dev.signet.authorizationserver.store.memory.InMemoryStoredTokens;
import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.core.JwtId;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.http.FormParameters;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.http.ProtocolResponse;
import dev.signet.core.requestobject.RequestObject;
import dev.signet.core.requestobject.RequestObjectClaims;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.testkit.FixedKeys;
import dev.signet.testkit.TestClock;
import dev.signet.testkit.TestJwt;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A server with pages, one client and one person who may sign in. */
final class PagesFixture {

    static final String PASSWORD = "correct horse battery";
    private static final Issuer ISSUER = Issuer.of("https://as.example.com/id");
    static final String HASH =
            PasswordHash.of(Password.ofNew(PASSWORD), new SecureRandom()).toText();

    final TestClock clock = TestClock.atStart();
    final InMemoryAccountStore accounts = new InMemoryAccountStore();
    final InMemorySessionStore sessions = new InMemorySessionStore(clock);
    final InMemoryConsentStore consents = new InMemoryConsentStore();
    final InMemoryClientStore clients = new InMemoryClientStore();
    private final InMemoryReplayGuard replays = new InMemoryReplayGuard(clock);
    final InMemoryGrantStore grants = new InMemoryGrantStore(
            clock, replays, new InMemoryStoredTokens(clock, replays), new InMemoryRevokedTokens(clock, replays));
    private final Pages pages;
    private volatile String hosted = "";
    private final AuthorizationServer server;

    PagesFixture() {
        this(ISSUER, Optional.empty(), "The shop");
    }

    PagesFixture(Issuer issuer, Optional<Path> folder, String clientName) {
        ProtectedResource orders = ProtectedResource.builder(new ResourceIndicator("https://api.example.com/orders"))
                .scope(Scope.of("read", "write"))
                .name("Orders")
                .scopeDescriptions(Map.of("read", "See your orders"))
                .isDefault(true)
                .build();
        clients.put(RegisteredClient.fromMetadata(
                        JsonObject.parse("{\"client_id\":\"shop\",\"client_name\":\"" + clientName
                                + "\",\"token_endpoint_auth_method\":\"none\",\"grant_types\":[\"authorization_code\"],"
                                + "\"redirect_uris\":[\"https://shop.example.com/cb\"],\"scope\":\"read write\"}"),
                        CryptoProvider.jdk())
                .build());
        accounts.put(UserAccount.builder("u-1")
                .username(new Username("alice"))
                .passwordHash(HASH)
                .attributes(Attributes.of(
                        JsonObject.builder().put("name", "Alice <b>O'Neil</b>").build()))
                .build());
        SecureRandom random = new SecureRandom();
        pages = Pages.of(
                Pages.look(issuer, folder),
                new Pages.People(
                        accounts,
                        sessions,
                        SessionLimits.STANDARD,
                        consents,
                        grants,
                        clients,
                        ProtectedResources.of(List.of(orders))),
                clock,
                random);
        server = AuthorizationServer.builder()
                .issuer(issuer)
                .clients(clients)
                .resources(List.of(orders))
                .signingKeys(new InMemoryServerKeyStore<>())
                .replayGuard(replays)
                .allowIrrevocableAccessTokens(true)
                .accounts(accounts)
                .resourceOwnerPrompt(pages.prompt())
                .errorPage(pages)
                .grants(grants)
                .pushedRequests(new InMemoryPushedRequestStore(clock, replays))
                .requestPolicy(RequestPolicy.builder()
                        .fetchWith((uri, types) -> new Hosted(RequestObject.MEDIA_TYPE, hosted))
                        .vetters(Map.of("vetter.example.org", "Vetters <b>&</b> Sons"))
                        .build())
                .clock(clock)
                .random(random)
                .build();
    }

    /** Pushes the request of {@link #query()}; gives its URI. */
    String pushed() {
        ProtocolResponse response = server.handle(
                ProtocolRequest.builder("POST", "/id/par").form(query()).build());
        return JsonObject.parse(response.body()).requireString("request_uri");
    }

    /** A client that hosts the request of {@link #query()}, as its own, at a vetter's; gives the URI. */
    String hosted(String clientId, String clientName) {
        String uri = "https://vetter.example.org/request.jwt";
        clients.put(RegisteredClient.fromMetadata(
                        JsonObject.builder()
                                .put("client_id", clientId)
                                .put("client_name", clientName)
                                .put("token_endpoint_auth_method", "none")
                                .put("grant_types", List.of("authorization_code"))
                                .put("redirect_uris", List.of("https://shop.example.com/cb"))
                                .put("scope", "read write")
                                .put("request_uris", List.of(uri))
                                .put(
                                        "jwks",
                                        FixedKeys.publicKeys(FixedKeys.client()).toJsonObject())
                                .build(),
                        CryptoProvider.jdk())
                .build());
        JsonObject.Builder parameters = JsonObject.builder();
        FormParameters query = FormParameters.parse(query());
        query.names().forEach(name -> parameters.put(name, query.require(name)));
        hosted = TestJwt.of(
                        RequestObjectClaims.of(
                                new ClientId(clientId),
                                ISSUER,
                                parameters.build(),
                                new JwtId("a request"),
                                clock.instant()),
                        FixedKeys.client())
                .compact();
        return uri;
    }

    void addNativeClient(String clientId, String authenticationMethod, String redirectUri) {
        JsonObject.Builder metadata = JsonObject.builder()
                .put("client_id", clientId)
                .put("token_endpoint_auth_method", authenticationMethod)
                .put("application_type", "native")
                .put("grant_types", List.of("authorization_code"))
                .put("redirect_uris", List.of(redirectUri))
                .put("scope", "read write");
        if (!authenticationMethod.equals("none")) {
            metadata.put("client_secret", "a secret of a client that is long enough to be one");
        }
        clients.put(RegisteredClient.fromMetadata(metadata.build(), CryptoProvider.jdk())
                .build());
    }

    /** Makes the shop a client that registered itself, let by that initial access token. */
    void letShopRegisterItself(Optional<String> initialAccessToken) {
        SelfRegistration registration = new SelfRegistration(
                initialAccessToken,
                ClientSecret.hashed("a registration access token of the shop", new SecureRandom()),
                JsonObject.empty(),
                Optional.empty());
        clients.change(
                new ClientId("shop"),
                shop -> shop.toBuilder().selfRegistration(registration).build());
    }

    /** Points people to that page of the shop. */
    void linkShop(ClientLink link, String address) {
        clients.change(
                new ClientId("shop"),
                shop -> shop.toBuilder()
                        .authorization(AuthorizationSettings.builder()
                                .clientName("The shop")
                                .redirectUris(shop.authorization().redirectUris())
                                .link(link, URI.create(address))
                                .build())
                        .build());
    }

    ProtocolResponse handle(ProtocolRequest request) {
        return pages.answer(request).orElseGet(() -> server.handle(request));
    }

    Browser browser() {
        return new Browser(this);
    }

    static String authorize(String more) {
        return "/id/authorize?" + query() + more;
    }

    static String query() {
        return FormParameters.encode(List.of(
                Map.entry("response_type", "code"),
                Map.entry("client_id", "shop"),
                Map.entry("redirect_uri", "https://shop.example.com/cb"),
                Map.entry("scope", "read write"),
                Map.entry("state", "a state with \"quotes\" & <angles>"),
                Map.entry("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"),
                Map.entry("code_challenge_method", "S256")));
    }

    /** A form of a page, by its hidden fields. */
    record Form(String action, List<Map.Entry<String, String>> hidden) {

        Form with(String name, String value) {
            List<Map.Entry<String, String>> changed = new ArrayList<>(hidden);
            changed.removeIf(field -> field.getKey().equals(name));
            changed.add(Map.entry(name, value));
            return new Form(action, changed);
        }
    }
}
