package dev.signet.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.authorizationserver.claims.Attributes;
import dev.signet.authorizationserver.claims.ClaimCondition;
import dev.signet.authorizationserver.registry.AuthorizationSettings;
import dev.signet.authorizationserver.registry.FederatedIdentity;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.registry.SelfIssuedAssertions;
import dev.signet.authorizationserver.resourceowner.Account;
import dev.signet.authorizationserver.resourceowner.KnownAccounts;
import dev.signet.authorizationserver.trust.SubjectPolicy;
import dev.signet.authorizationserver.trust.TrustedIssuers;
import dev.signet.core.ClientId;
import dev.signet.core.Scope;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.authorization.RedirectUri;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.token.GrantType;
import dev.signet.testkit.Requirement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every grant, by every way to authenticate, with everything that can be switched off: refused with the right code, nothing
 * stored, no assertion used up; and the same request accepted by a server on which it is on.
 *
 * <p>To add a grant, say in {@link #GRANTS} how it is asked for; a grant that the server has and that is not there fails {@link
 * #covers_every_grant}. A method that is added does not compile until {@link Sender#of} knows it.
 */
class DisabledMatrixTest {

    private static final String SUBJECT = "repo:acme/shop";
    private static final String AGENT = "agent";
    private static final String WORKER = "worker";
    private static final String POD = "system:serviceaccount:shop:worker";

    /** What is switched off. */
    private enum Thing {
        CLIENT,
        ISSUER,
        ACCOUNT,
        RESOURCE
    }

    /**
     * One way to ask for a grant.
     *
     * @param issuer whether a trusted issuer speaks for the subject
     * @param account whether the subject is an account, and no client
     * @param own whether only the client called {@link #AGENT} can ask so
     * @param without the request of a sender, without what proves who that is
     */
    private record Asking(
            String name, boolean issuer, boolean account, boolean own, BiFunction<Fixture, Sender, TestCall> without) {

        static Asking of(
                String name, boolean issuer, boolean account, boolean own, Function<Fixture, TestCall> without) {
            return new Asking(name, issuer, account, own, (server, sender) -> without.apply(server));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static final Map<String, List<Asking>> GRANTS = Map.of(
            GrantType.AUTHORIZATION_CODE,
            List.of(new Asking("code", false, true, false, (server, sender) -> {
                CodeFixture codes = CodeFixture.over(server);
                return codes.redemption(code(codes, sender));
            })),
            GrantType.REFRESH_TOKEN,
            List.of(new Asking("refresh token", false, true, false, (server, sender) -> {
                CodeFixture codes = CodeFixture.over(server);
                TestCall redemption = codes.redemption(code(codes, sender));
                TestAnswer answer = sender.signing().apply(server, redemption).send();
                return codes.refreshing(answer.json().requireString("refresh_token"));
            })),
            GrantType.CLIENT_CREDENTIALS,
            List.of(Asking.of("client credentials", false, false, false, server -> server.clientCredentials())),
            GrantType.JWT_BEARER,
            List.of(
                    Asking.of(
                            "assertion of an issuer",
                            true,
                            true,
                            false,
                            server -> server.exchange(server.grantAssertion().compact())),
                    Asking.of(
                            "assertion of the client about somebody",
                            false,
                            true,
                            true,
                            server -> server.exchange(own(server, SUBJECT))),
                    Asking.of(
                            "assertion of the client about itself",
                            false,
                            false,
                            true,
                            server -> server.exchange(own(server, AGENT)))));

    private static String code(CodeFixture codes, Sender sender) {
        return codes.code(
                codes.granted(sender.clientId().orElseThrow()).by(SUBJECT).withScope("orders.read"));
    }

    private static String own(Fixture server, String subject) {
        return server.grantAssertion()
                .claim("iss", AGENT)
                .claim("sub", subject)
                .signedWith(TestKeys.CLIENT)
                .compact();
    }

    /**
     * Who asks, and how that is proven.
     *
     * @param clientId empty for who does not say
     * @param federated whether the trusted issuer proves it
     */
    private record Sender(
            String name,
            Optional<String> clientId,
            boolean proven,
            boolean federated,
            BiFunction<Fixture, TestCall, TestCall> signing) {

        static Sender of(ClientAuthenticationMethod method) {
            return switch (method) {
                case NONE ->
                    new Sender(
                            "none",
                            Optional.of(Fixture.PUBLIC),
                            false,
                            false,
                            (server, call) -> call.with("client_id", Fixture.PUBLIC));
                case CLIENT_SECRET_BASIC ->
                    proven(method, Fixture.BATCH, (server, call) -> call.basic(Fixture.BATCH, Fixture.SECRET));
                case CLIENT_SECRET_POST ->
                    proven(
                            method,
                            Fixture.FORMER,
                            (server, call) ->
                                    call.with("client_id", Fixture.FORMER).with("client_secret", Fixture.SECRET));
                case CLIENT_SECRET_JWT ->
                    proven(method, Fixture.MACER, (server, call) -> call.assertion(server.macAssertion()));
                case PRIVATE_KEY_JWT ->
                    proven(method, AGENT, (server, call) -> call.assertion(server.clientAssertion(AGENT)));
            };
        }

        private static Sender proven(
                ClientAuthenticationMethod method, String clientId, BiFunction<Fixture, TestCall, TestCall> signing) {
            return new Sender(method.wireName(), Optional.of(clientId), true, false, signing);
        }

        static Stream<Sender> all() {
            return Stream.concat(
                    Arrays.stream(ClientAuthenticationMethod.values()).map(Sender::of),
                    Stream.of(
                            new Sender(
                                    "federated",
                                    Optional.of(WORKER),
                                    true,
                                    true,
                                    (server, call) -> call.with("client_id", WORKER)
                                            .assertion(server.grantAssertion().claim("sub", POD))),
                            new Sender("nobody", Optional.empty(), false, false, (server, call) -> call)));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** A server on which that is switched off, and which remembers uses where the other one does. */
    private static Fixture without(Optional<Thing> thing, Optional<Fixture> other, Sender sender) {
        Fixture server = Fixture.granting(builder -> {
            builder.selfIssuedAssertions(true)
                    .accounts(KnownAccounts.of(List.of(
                            new Account(SUBJECT, !thing.equals(Optional.of(Thing.ACCOUNT)), Attributes.none()))))
                    .resources(List.of(Fixture.orders()
                            .enabled(!thing.equals(Optional.of(Thing.RESOURCE)))
                            .build()))
                    .trustedIssuers(TrustedIssuers.of(List.of(JwtBearerGrantTest.open(Fixture.ciWithoutScope())
                            .scope(Scope.of("orders.read"))
                            .subjects(SubjectPolicy.matching("repo:acme/*", "system:*"))
                            .enabled(!thing.equals(Optional.of(Thing.ISSUER)))
                            .build())));
            other.ifPresent(first -> builder.replayGuard(first.replayGuard).grants(first.grants));
        });
        server.and(Fixture.keyClient(AGENT, TestKeys.CLIENT)
                        .selfIssuedAssertions(SelfIssuedAssertions.aboutItself()
                                .andAbout("repo:*")
                                .allowUnauthenticatedClient(true)))
                .and(Fixture.client(WORKER, ClientAuthenticationMethod.PRIVATE_KEY_JWT)
                        .federatedIdentity(new FederatedIdentity(
                                Fixture.TRUSTED_ISSUER, List.of(ClaimCondition.equalTo("sub", POD)))));
        sender.clientId()
                .ifPresent(clientId -> server.clients.change(new ClientId(clientId), DisabledMatrixTest::withCodes));
        if (thing.equals(Optional.of(Thing.CLIENT))) {
            server.disable(sender.clientId().orElse(AGENT));
        }
        return server;
    }

    private static RegisteredClient withCodes(RegisteredClient client) {
        Set<String> grantTypes = new HashSet<>(client.grantTypes());
        grantTypes.addAll(List.of(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN));
        return client.toBuilder()
                .grantTypes(grantTypes)
                .authorization(AuthorizationSettings.builder()
                        .redirectUris(List.of(new RedirectUri(CodeFixture.CALLBACK)))
                        .build())
                .build();
    }

    private static boolean isPossible(Asking asking, Sender sender, String grantType) {
        if (asking.own()) {
            return sender.clientId().map(AGENT::equals).orElse(true);
        }
        return switch (grantType) {
            case GrantType.CLIENT_CREDENTIALS -> sender.proven();
            case GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN ->
                sender.clientId().isPresent();
            default -> true;
        };
    }

    private static boolean isConcerned(Asking asking, Sender sender, Thing thing) {
        return switch (thing) {
            case CLIENT -> sender.clientId().isPresent() || asking.own();
            case ISSUER -> asking.issuer() || sender.federated();
            case ACCOUNT -> asking.account();
            case RESOURCE -> true;
        };
    }

    /** Who can't be told by the assertion that counts no more hears nothing about it. */
    private static String expected(Asking asking, Sender sender, Thing thing) {
        return switch (thing) {
            case CLIENT -> "401 invalid_client";
            case ISSUER -> sender.federated() || !sender.proven() ? "401 invalid_client" : "400 invalid_grant";
            case ACCOUNT -> "400 invalid_grant";
            case RESOURCE -> "400 invalid_target";
        };
    }

    static Stream<Arguments> everything() {
        List<Arguments> all = new ArrayList<>();
        GRANTS.forEach((grantType, ways) -> ways.forEach(asking -> Sender.all()
                .filter(sender -> isPossible(asking, sender, grantType))
                .forEach(sender -> Arrays.stream(Thing.values())
                        .filter(thing -> isConcerned(asking, sender, thing))
                        .forEach(thing -> all.add(Arguments.of(asking, sender, thing))))));
        return all.stream();
    }

    @Test
    void covers_every_grant() {
        Fixture server =
                without(Optional.empty(), Optional.empty(), Sender.of(ClientAuthenticationMethod.PRIVATE_KEY_JWT));
        assertThat(GRANTS.keySet())
                .containsExactlyInAnyOrderElementsOf(server.server.metadata().grantTypesSupported());
        assertThat(everything()).hasSizeGreaterThan(80);
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @MethodSource("everything")
    void is_refused_without_a_trace_and_accepted_when_it_is_on(Asking asking, Sender sender, Thing thing) {
        Fixture on = without(Optional.empty(), Optional.empty(), sender);
        Fixture off = without(Optional.of(thing), Optional.of(on), sender);
        ProtocolRequest request = sender.signing()
                .apply(on, asking.without().apply(on, sender))
                .with("scope", "orders.read")
                .toRequest();
        TestAnswer refused = off.send(request);
        assertThat(refused.status() + " " + refused.error())
                .as(() -> off.events.all().toString())
                .isEqualTo(expected(asking, sender, thing));
        assertThat(off.storedTokens.size()).isZero();
        on.send(request).isIssued();
    }

    static Stream<Arguments> pushes() {
        return Sender.all()
                .filter(sender -> sender.clientId().isPresent())
                .flatMap(sender -> Stream.of(Thing.CLIENT, Thing.ISSUER, Thing.RESOURCE)
                        .filter(thing -> thing != Thing.ISSUER || sender.federated())
                        .map(thing -> Arguments.of(sender, thing)));
    }

    @ParameterizedTest(name = "push, {0}: {1}")
    @MethodSource("pushes")
    @Requirement({"9126-2-02", "9126-2.1-03"})
    void is_not_pushed_and_is_when_it_is_on(Sender sender, Thing thing) {
        Fixture on = without(Optional.empty(), Optional.empty(), sender);
        Fixture off = without(Optional.of(thing), Optional.of(on), sender);
        TestCall push = new TestCall(on, "/par")
                .with("response_type", "code")
                .with("client_id", sender.clientId().orElseThrow())
                .with("redirect_uri", CodeFixture.CALLBACK)
                .with("scope", "orders.read")
                .with(
                        "code_challenge",
                        AuthorizationFixture.VERIFIER.challenge().value())
                .with("code_challenge_method", "S256");
        ProtocolRequest request = sender.signing().apply(on, push).toRequest();
        TestAnswer refused = off.send(request);
        assertThat(refused.status() + " " + refused.error())
                .as(() -> off.events.all().toString())
                .isEqualTo(thing == Thing.RESOURCE ? "400 invalid_target" : "401 invalid_client");
        assertThat(off.pushedRequests.size()).isZero();
        assertThat(on.send(request).status()).isEqualTo(201);
    }
}
