package dev.signet.systemtests.guide;

import dev.signet.authorizationserver.AuthorizationServer;
import dev.signet.authorizationserver.accesstoken.AccessTokenClaims;
import dev.signet.authorizationserver.claims.Attributes;
import dev.signet.authorizationserver.registration.InitialAccessTokenStore;
import dev.signet.authorizationserver.registration.RegistrationPolicy;
import dev.signet.authorizationserver.registry.ProtectedResource;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.registry.RequestObjectSettings;
import dev.signet.authorizationserver.registry.SelfIssuedAssertions;
import dev.signet.authorizationserver.requestobject.RequestObjectFetcher;
import dev.signet.authorizationserver.requestobject.RequestPolicy;
import dev.signet.authorizationserver.resourceowner.Account;
import dev.signet.authorizationserver.store.ClientStore;
import dev.signet.authorizationserver.store.ReplayGuard;
import dev.signet.authorizationserver.store.RevokedTokens;
import dev.signet.authorizationserver.trust.SubjectPolicy;
import dev.signet.authorizationserver.trust.TrustedIssuer;
import dev.signet.authorizationserver.trust.TrustedIssuers;
import dev.signet.client.IssuedToken;
import dev.signet.client.OAuthClient;
import dev.signet.client.Outcome;
import dev.signet.client.SignedAssertions;
import dev.signet.client.TokenRequest;
import dev.signet.client.TokenSource;
import dev.signet.core.ClientId;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.clientauth.ClientAuthentication;
import dev.signet.core.token.GrantType;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.SigningKey;
import dev.signet.jwt.key.VerificationKey;
import dev.signet.outbound.KeySource;
import dev.signet.outbound.OutboundHttp;
import dev.signet.resourceserver.AccessTokenOutcome;
import dev.signet.resourceserver.AccessTokenValidator;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** What is done with Authlib, done here, as the guide shows it. */
final class FromAuthlibExample {

    private FromAuthlibExample() {}

    static TrustedIssuer trusted(JwkSet keysOfHr) {
        TrustedIssuer hr = TrustedIssuer.builder("https://hr.example.com")
                .keys(KeySource.of(keysOfHr))
                .algorithms(Set.of(JwsAlgorithm.ES256))
                .subjects(SubjectPolicy.matching("*@staff.example"))
                .accountRequired(true)
                .clients(Set.of(new ClientId("reporter")))
                .scope(Scope.of("orders.read"))
                .maximumLifetime(Duration.ofMinutes(5))
                .build();
        return hr;
    }

    static AuthorizationServer.Builder people(
            AuthorizationServer.Builder server, TrustedIssuer hr, Map<String, String> roles, Set<String> granted) {
        server.trustedIssuers(TrustedIssuers.of(List.of(hr)))
                .accounts(subject -> Optional.ofNullable(roles.get(subject))
                        .map(role -> new Account(
                                subject,
                                true,
                                Attributes.of(
                                        JsonObject.builder().put("role", role).build()))))
                .subjectPermission(request -> granted.contains(request.client() + " " + request.subject()));
        return server;
    }

    static RegisteredClient agent(VerificationKey publicKey) {
        RegisteredClient agent = RegisteredClient.builder(new ClientId("agent"))
                .authenticationMethod(ClientAuthenticationMethod.PRIVATE_KEY_JWT)
                .jwks(JwkSet.of(List.of(publicKey)))
                .grantTypes(Set.of(GrantType.JWT_BEARER))
                .scope(Scope.of("orders.read"))
                .selfIssuedAssertions(SelfIssuedAssertions.aboutItself()
                        .andAbout("*@staff.example")
                        .allowUnauthenticatedClient(true))
                .build();
        return agent;
    }

    static AuthorizationServer.Builder clientAssertions(AuthorizationServer.Builder server, ReplayGuard replayGuard) {
        server.replayGuard(replayGuard)
                .authenticationMethods(Set.of(
                        ClientAuthenticationMethod.NONE,
                        ClientAuthenticationMethod.PRIVATE_KEY_JWT,
                        ClientAuthenticationMethod.CLIENT_SECRET_JWT))
                .clockSkew(Duration.ofSeconds(30));
        return server;
    }

    static RegisteredClient legacy(VerificationKey publicKey) {
        RegisteredClient legacy = RegisteredClient.builder(new ClientId("legacy"))
                .authenticationMethod(ClientAuthenticationMethod.PRIVATE_KEY_JWT)
                .assertionSigningAlgorithm(JwsAlgorithm.ES256)
                .jwks(JwkSet.of(List.of(publicKey)))
                .legacyAssertionAudience(true)
                .grantTypes(Set.of(GrantType.CLIENT_CREDENTIALS))
                .scope(Scope.of("orders.read"))
                .build();
        return legacy;
    }

    static ClientAuthentication privateKeyJwt(SigningKey key) {
        ClientAuthentication reporter = ClientAuthentication.privateKeyJwt(new ClientId("reporter"), key);
        return reporter;
    }

    static ClientAuthentication clientSecretJwt(String secret) {
        ClientAuthentication batch =
                ClientAuthentication.clientSecretJwt(new ClientId("batch"), secret, JwsAlgorithm.HS256);
        return batch;
    }

    static TokenSource assertionSession(OAuthClient client, SigningKey key) {
        TokenSource session = TokenSource.of(
                client,
                TokenRequest.jwtBearer(SignedAssertions.builder()
                                .issuer("https://hr.example.com")
                                .subject("alice@staff.example")
                                .key(key)
                                .build())
                        .withScope(Scope.of("orders.read")));
        return session;
    }

    static CompletableFuture<Outcome<IssuedToken>> asynchronously(TokenSource session) {
        CompletableFuture<Outcome<IssuedToken>> token = session.tokenAsync();
        return token;
    }

    static AuthorizationServer.Builder accessTokens(AuthorizationServer.Builder server) {
        AccessTokenClaims roles = approval -> JsonObject.builder()
                .put("roles", approval.subjectAttributes().find("role").stream().toList())
                .build();
        server.resources(List.of(ProtectedResource.builder(new ResourceIndicator("https://api.example.com/orders"))
                        .scope(Scope.of("orders.read", "orders.write"))
                        .isDefault(true)
                        .tokenLifetime(Duration.ofMinutes(10))
                        .build()))
                .signingAlgorithm(JwsAlgorithm.RS256)
                .accessTokenClaims(roles);
        return server;
    }

    static AccessTokenOutcome validate(String issuer, OutboundHttp http, List<String> authorizationHeaders) {
        AccessTokenValidator validator = AccessTokenValidator.builder()
                .issuer(issuer)
                .audience("https://api.example.com/orders")
                .outbound(http)
                .build();
        AccessTokenOutcome outcome = validator
                .validate(authorizationHeaders)
                .requireScope("orders.read")
                .requireAnyRole("clerk", "manager");
        return outcome;
    }

    static AuthorizationServer.Builder revocable(AuthorizationServer.Builder server, RevokedTokens revokedTokens) {
        server.revokedTokens(revokedTokens);
        return server;
    }

    static boolean revoke(OAuthClient client, String token) throws IOException {
        boolean active = client.introspect(token).require().active();
        client.revoke(token).require();
        return active;
    }

    static AuthorizationServer.Builder requests(AuthorizationServer.Builder server, OutboundHttp http) {
        server.requestPolicy(RequestPolicy.builder()
                .takeRequestObjects(true)
                .fetchWith(RequestObjectFetcher.over(http))
                .requireSigned(false)
                .build());
        return server;
    }

    static RequestObjectSettings signedRequests() {
        RequestObjectSettings signed = RequestObjectSettings.builder()
                .requireSigned(true)
                .signingAlgorithm(JwsAlgorithm.ES256)
                .requestUris(List.of(URI.create("https://shop.example.com/request.jwt")))
                .build();
        return signed;
    }

    static AuthorizationServer.Builder registration(
            AuthorizationServer.Builder server, ClientStore clients, InitialAccessTokenStore tokens) {
        server.clients(clients)
                .registration(
                        RegistrationPolicy.builder()
                                .scope(Scope.of("orders.read"))
                                .build(),
                        clients,
                        tokens);
        return server;
    }

    static RegisteredClient fromMetadata(JsonObject metadata) {
        RegisteredClient shop =
                RegisteredClient.fromMetadata(metadata, CryptoProvider.jdk()).build();
        return shop;
    }
}
