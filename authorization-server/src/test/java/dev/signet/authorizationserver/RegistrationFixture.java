package dev.signet.authorizationserver;

import dev.signet.authorizationserver.registration.InitialAccessToken;
import dev.signet.authorizationserver.registration.RegistrationPolicy;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.store.TokenDigest;
import dev.signet.authorizationserver.store.memory.InMemoryInitialAccessTokenStore;
import dev.signet.authorizationserver.trust.SubjectPolicy;
import dev.signet.authorizationserver.trust.TrustedIssuer;
import dev.signet.authorizationserver.trust.TrustedIssuers;
import dev.signet.core.Scope;
import dev.signet.core.token.GrantType;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.outbound.KeySource;
import dev.signet.outbound.OutboundHttp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A server where clients can register themselves for codes, refresh tokens and client credentials. */
final class RegistrationFixture {

    static final String CALLBACK = "https://shop.example.com/callback";

    /** Lets two clients register themselves, for an hour. */
    static final String INITIAL_ACCESS_TOKEN = "aW5pdGlhbC1hY2Nlc3MtdG9rZW4tb2YtdGhlLWNyZXc";

    /** Approved for software statements. */
    static final String DIRECTORY = "https://directory.example.com";

    final Fixture fixture;
    final InMemoryInitialAccessTokenStore tokens;

    private RegistrationFixture(Fixture fixture, InMemoryInitialAccessTokenStore tokens) {
        this.fixture = fixture;
        this.tokens = tokens;
    }

    static RegistrationFixture standard() {
        return with(policy -> policy);
    }

    static RegistrationFixture with(UnaryOperator<RegistrationPolicy.Builder> change) {
        return with(change, builder -> {});
    }

    static RegistrationFixture with(
            UnaryOperator<RegistrationPolicy.Builder> change, Consumer<AuthorizationServer.Builder> settings) {
        RegistrationPolicy policy = change.apply(RegistrationPolicy.builder()
                        .scope(Scope.of("orders.read", "orders.write"))
                        .grantTypes(Set.of(
                                GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN, GrantType.CLIENT_CREDENTIALS)))
                .build();
        InMemoryInitialAccessTokenStore[] tokens = new InMemoryInitialAccessTokenStore[1];
        Fixture fixture = Fixture.registering((built, builder) -> {
            tokens[0] = new InMemoryInitialAccessTokenStore(built.clients);
            builder.trustedIssuers(TrustedIssuers.of(List.of(
                            Fixture.ci().build(),
                            directory().softwareStatements(true).build())))
                    .outbound(OutboundHttp.builder().build())
                    .registration(policy, built.clients, tokens[0]);
            settings.accept(builder);
        });
        RegistrationFixture registering = new RegistrationFixture(fixture, tokens[0]);
        registering.admit("crew", INITIAL_ACCESS_TOKEN, 2, JsonObject.empty());
        return registering;
    }

    static TrustedIssuer.Builder directory() {
        return TrustedIssuer.builder(DIRECTORY)
                .keys(KeySource.of(JwkSet.of(List.of(TestKeys.RSA.verificationKey()))))
                .algorithms(Set.of(JwsAlgorithm.RS256))
                .subjects(SubjectPolicy.matching("software"));
    }

    /** Makes one more initial access token, for an hour. */
    void admit(String name, String token, int uses, JsonObject metadata) {
        Instant end = fixture.clock.instant().plus(Duration.ofHours(1));
        tokens.put(new InitialAccessToken(name, TokenDigest.of(token), end, uses, metadata));
    }

    int usesLeft() {
        return tokens.find(TokenDigest.of(INITIAL_ACCESS_TOKEN)).orElseThrow().usesLeft();
    }

    /** How many clients registered themselves. */
    long registered() {
        return fixture.clients.page("", 1000).stream()
                .map(RegisteredClient::selfRegistration)
                .flatMap(Optional::stream)
                .count();
    }

    RegisteredClient client(RegistrationTestAnswer answer) {
        return fixture.clients.find(answer.clientId()).orElseThrow();
    }

    /** A valid request to register a client of the code grant. */
    RegistrationTestCall valid() {
        return RegistrationTestCall.to(fixture.server::handle);
    }

    /** A software statement that is valid. */
    TestAssertion statement() {
        return TestAssertion.of(
                JsonObject.builder()
                        .put("iss", DIRECTORY)
                        .put("iat", fixture.clock.instant().getEpochSecond())
                        .put("client_name", "The certified shop")
                        .build(),
                TestKeys.RSA);
    }
}
