package dev.signet.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.authorizationserver.registry.AuthorizationSettings;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.registry.RequestObjectSettings;
import dev.signet.authorizationserver.resourceowner.Decision;
import dev.signet.authorizationserver.resourceowner.Question;
import dev.signet.authorizationserver.resourceowner.ResourceOwnerPrompt;
import dev.signet.authorizationserver.store.StoredGrant;
import dev.signet.core.ClientId;
import dev.signet.core.JwtId;
import dev.signet.core.Scope;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.authorization.Authentication;
import dev.signet.core.authorization.CodeVerifier;
import dev.signet.core.authorization.RedirectUri;
import dev.signet.core.http.ProtocolResponse;
import dev.signet.core.requestobject.RequestObject;
import dev.signet.core.requestobject.RequestObjectClaims;
import dev.signet.core.token.GrantType;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.JwkSet;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A server with an authorization endpoint, a client that may use it, and a resource owner who is signed in and approves whatever is
 * asked for, unless a test has her say something else.
 */
final class AuthorizationFixture {

    /** The client of the code grant, {@code client_secret_basic}; it signs with the key of {@link Fixture#REPORTER}. */
    static final String SHOP = "shop";

    static final String CALLBACK = "https://shop.example.com/callback";
    static final String ALICE = "alice";

    /** The client of the code grant without authentication. */
    static final String TILL = "till";

    /** The one of RFC 7636 appendix B. */
    static final CodeVerifier VERIFIER = new CodeVerifier("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");

    static final ResourceOwnerPrompt APPROVING = question ->
            approved(question.proposal().map(proposal -> proposal.scope()).orElse(Scope.empty()));

    static final ResourceOwnerPrompt DENYING = question -> new Decision.Denied();

    /** Shows a page, since nobody is signed in. */
    static final ResourceOwnerPrompt ASKING = question -> new Decision.Ask(ProtocolResponse.builder(200)
            .body("text/html; charset=utf-8", "<p>Who are you?</p>".getBytes(StandardCharsets.UTF_8))
            .build());

    final RecordingGrants grants = new RecordingGrants();
    final List<Question> questions = new CopyOnWriteArrayList<>();
    final Fixture server;
    private volatile ResourceOwnerPrompt prompt = APPROVING;
    private final AtomicInteger ids = new AtomicInteger();

    private AuthorizationFixture(Consumer<AuthorizationServer.Builder> settings) {
        server = Fixture.granting(builder -> {
            builder.grants(grants).resourceOwnerPrompt(this::decide);
            settings.accept(builder);
        });
        grants.keepIn(server.grants);
        server.and(shop()).and(till());
    }

    static AuthorizationFixture standard() {
        return with(builder -> {});
    }

    static AuthorizationFixture with(Consumer<AuthorizationServer.Builder> settings) {
        return new AuthorizationFixture(settings);
    }

    /** What Alice says who is signed in by a password. */
    static Decision.Approved approved(Scope scope) {
        return new Decision.Approved(ALICE, Authentication.byPassword(Fixture.NOW.minusSeconds(60)), scope);
    }

    /** Has the resource owner say something else. */
    AuthorizationFixture saying(ResourceOwnerPrompt other) {
        this.prompt = other;
        return this;
    }

    private Decision decide(Question question) {
        questions.add(question);
        return prompt.decide(question);
    }

    /** Adds a client that is like {@link #SHOP} but for its settings. */
    AuthorizationFixture and(String clientId, UnaryOperator<AuthorizationSettings.Builder> change) {
        server.and(client(clientId, change));
        return this;
    }

    private static RegisteredClient.Builder shop() {
        return signing(SHOP).grantTypes(Set.of(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN));
    }

    /** A client that is like {@link #SHOP}, keys and all. */
    static RegisteredClient.Builder signing(String clientId) {
        return client(clientId, settings -> settings).jwks(JwkSet.of(List.of(TestKeys.CLIENT.verificationKey())));
    }

    private static RegisteredClient.Builder till() {
        return Fixture.client(TILL, ClientAuthenticationMethod.NONE)
                .jwks(JwkSet.of(List.of(TestKeys.CLIENT.verificationKey())))
                .grantTypes(Set.of(GrantType.AUTHORIZATION_CODE))
                .authorization(redirectingTo(CALLBACK).build());
    }

    static RegisteredClient.Builder client(String clientId, UnaryOperator<AuthorizationSettings.Builder> change) {
        return Fixture.client(clientId, ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .secret(Fixture.SECRET)
                .grantTypes(Set.of(GrantType.AUTHORIZATION_CODE))
                .scope(Scope.of("orders.read", "orders.write", "stock.read"))
                .authorization(change.apply(redirectingTo(CALLBACK).clientName("The shop"))
                        .build());
    }

    static AuthorizationSettings.Builder redirectingTo(String... uris) {
        return AuthorizationSettings.builder()
                .redirectUris(Arrays.stream(uris).map(RedirectUri::new).toList());
    }

    /** A request of {@link #SHOP} for {@code orders.read}. */
    AuthorizationTestCall validRequest() {
        return new AuthorizationTestCall(this)
                .with("response_type", "code")
                .with("client_id", SHOP)
                .with("redirect_uri", CALLBACK)
                .with("scope", "orders.read")
                .with("state", "xyz")
                .with("code_challenge", VERIFIER.challenge().value())
                .with("code_challenge_method", "S256");
    }

    /** What {@link #validRequest()} asks for as the claims of a request object, signed; it has a {@code jti} of its own. */
    TestAssertion requestObject() {
        return requestObject(SHOP);
    }

    /** The same of another client, with the same key. */
    TestAssertion requestObject(String clientId) {
        JsonObject.Builder parameters = JsonObject.builder();
        validRequest().parameters().forEach(parameter -> parameters.put(parameter.getKey(), parameter.getValue()));
        return TestAssertion.of(
                        RequestObjectClaims.of(
                                new ClientId(clientId),
                                Fixture.ISSUER,
                                parameters.build(),
                                new JwtId("request-" + ids.incrementAndGet()),
                                server.clock.instant()),
                        TestKeys.CLIENT)
                .header("typ", RequestObject.TYPE);
    }

    /** A request of {@link #SHOP} with that request object. */
    AuthorizationTestCall signed(TestAssertion requestObject) {
        return signed(requestObject.compact());
    }

    /** Adds a client that is like {@link #SHOP} but for how it sends its requests. */
    AuthorizationFixture andSigning(String clientId, UnaryOperator<RequestObjectSettings.Builder> settings) {
        server.and(signing(clientId)
                .requestObjects(settings.apply(RequestObjectSettings.builder()).build()));
        return this;
    }

    /** A request of that client with that request object. */
    AuthorizationTestCall signed(String clientId, TestAssertion requestObject) {
        return signed(requestObject.compact()).with("client_id", clientId);
    }

    /** A request of {@link #SHOP} with whatever shall stand in the place of a request object. */
    AuthorizationTestCall signed(String requestObject) {
        return new AuthorizationTestCall(this).with("client_id", SHOP).with("request", requestObject);
    }

    /** What {@link #validRequest()} asks for, to be pushed; it says nothing about who pushes. */
    TestCall pushing() {
        TestCall call = new TestCall(server, "/par");
        validRequest().parameters().forEach(parameter -> call.with(parameter.getKey(), parameter.getValue()));
        return call;
    }

    /** A valid push of {@link #SHOP}. */
    TestCall validPush() {
        return pushing().basic(SHOP, Fixture.SECRET);
    }

    /** A push of {@link #SHOP} of that request object alone. */
    TestCall pushing(TestAssertion requestObject) {
        return new TestCall(server, "/par").basic(SHOP, Fixture.SECRET).with("request", requestObject.compact());
    }

    /** The URI that a push was answered with. */
    static String requestUri(TestAnswer pushed) {
        assertThat(pushed.status()).as(pushed.error()).isEqualTo(201);
        return pushed.json().requireString("request_uri");
    }

    /** A request of {@link #SHOP} with that URI. */
    AuthorizationTestCall referring(String requestUri) {
        return new AuthorizationTestCall(this).with("client_id", SHOP).with("request_uri", requestUri);
    }

    /** The one that was put. */
    StoredGrant granted() {
        if (grants.all.size() != 1) {
            throw new AssertionError(grants.all.size() + " grants were put");
        }
        return grants.all.get(0).grant();
    }
}
