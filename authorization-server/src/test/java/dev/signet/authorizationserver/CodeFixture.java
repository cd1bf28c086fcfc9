package dev.signet.authorizationserver;

import dev.signet.authorizationserver.grant.AuthorizationCodes;
import dev.signet.authorizationserver.grant.RefreshTokenLifetimes;
import dev.signet.authorizationserver.internal.RandomTexts;
import dev.signet.authorizationserver.registry.AuthorizationSettings;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.store.StoredGrant;
import dev.signet.core.ClientId;
import dev.signet.core.JwtId;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.authorization.Authentication;
import dev.signet.core.authorization.CodeChallenge;
import dev.signet.core.authorization.CodeVerifier;
import dev.signet.core.authorization.RedirectUri;
import dev.signet.core.token.GrantType;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A server that keeps grants, with clients that redeem their codes; codes are issued as if a resource owner had approved. */
final class CodeFixture {

    static final String SUBJECT = "248289761001";
    static final String CALLBACK = "https://web.example.com/callback";

    /** Registered for refresh tokens, {@code client_secret_basic}. */
    static final String WEB = "web";

    /** Registered for refresh tokens, {@code none}. */
    static final String APP = "app";

    /** Registered for refresh tokens, {@code private_key_jwt}. */
    static final String KEYED = "keyed";

    final Fixture fixture;
    final CodeVerifier verifier = newVerifier();
    private final AuthorizationCodes codes;
    private final AtomicInteger ids = new AtomicInteger();

    private CodeFixture(Fixture fixture) {
        this.fixture = fixture;
        this.codes = new AuthorizationCodes(fixture.grants, new RandomTexts(new SecureRandom()));
        fixture.and(web()).and(app()).and(keyed());
    }

    static CodeFixture standard() {
        return with(builder -> {});
    }

    /** Over a server that keeps grants. */
    static CodeFixture over(Fixture granting) {
        return new CodeFixture(granting);
    }

    static CodeFixture with(Consumer<AuthorizationServer.Builder> settings) {
        return new CodeFixture(Fixture.granting(settings));
    }

    static CodeVerifier newVerifier() {
        return CodeVerifier.drawnFrom(new SecureRandom()::nextBytes);
    }

    static RegisteredClient.Builder web() {
        return redeeming(WEB, ClientAuthenticationMethod.CLIENT_SECRET_BASIC).secret(Fixture.SECRET);
    }

    static RegisteredClient.Builder app() {
        return redeeming(APP, ClientAuthenticationMethod.NONE);
    }

    static RegisteredClient.Builder keyed() {
        return redeeming(KEYED, ClientAuthenticationMethod.PRIVATE_KEY_JWT)
                .jwks(Fixture.reporter().build().jwks().orElseThrow());
    }

    /** A client of both grants, before it has what its method needs. */
    static RegisteredClient.Builder redeeming(String clientId, ClientAuthenticationMethod method) {
        return Fixture.client(clientId, method)
                .grantTypes(Set.of(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN))
                .authorization(AuthorizationSettings.builder()
                        .redirectUris(List.of(new RedirectUri(CALLBACK)))
                        .build());
    }

    /** What a resource owner grants a client: {@code orders.read} and {@code orders.write} at {@link Fixture#ORDERS}. */
    Granted granted(String clientId) {
        Instant now = fixture.clock.instant();
        return new Granted(new StoredGrant(
                new JwtId("grant-" + ids.incrementAndGet()),
                new ClientId(clientId),
                SUBJECT,
                Scope.of("orders.read", "orders.write"),
                Set.of(new ResourceIndicator(Fixture.ORDERS)),
                Optional.of(CALLBACK),
                Optional.of(verifier.challenge()),
                new Authentication(now.minusSeconds(300), Optional.of("urn:example:loa:2"), List.of("pwd", "otp")),
                now,
                now.plus(RefreshTokenLifetimes.STANDARD.absolute())));
    }

    /** A grant of which one thing is changed before its code is issued. */
    record Granted(StoredGrant grant) {

        Granted withScope(String... tokens) {
            return with(
                    Scope.of(tokens), grant.resources(), grant.redirectUri(), grant.codeChallenge(), grant.subject());
        }

        Granted at(String... resources) {
            Set<ResourceIndicator> all = new LinkedHashSet<>();
            Collections.addAll(
                    all, List.of(resources).stream().map(ResourceIndicator::new).toArray(ResourceIndicator[]::new));
            return with(grant.scope(), all, grant.redirectUri(), grant.codeChallenge(), grant.subject());
        }

        Granted withoutRedirectUri() {
            return with(grant.scope(), grant.resources(), Optional.empty(), grant.codeChallenge(), grant.subject());
        }

        Granted withoutChallenge() {
            return with(grant.scope(), grant.resources(), grant.redirectUri(), Optional.empty(), grant.subject());
        }

        Granted by(String subject) {
            return with(grant.scope(), grant.resources(), grant.redirectUri(), grant.codeChallenge(), subject);
        }

        private Granted with(
                Scope scope,
                Set<ResourceIndicator> resources,
                Optional<String> redirectUri,
                Optional<CodeChallenge> challenge,
                String subject) {
            return new Granted(new StoredGrant(
                    grant.id(),
                    grant.clientId(),
                    subject,
                    scope,
                    resources,
                    redirectUri,
                    challenge,
                    grant.authentication(),
                    grant.grantedAt(),
                    grant.expiresAt()));
        }
    }

    String code(Granted granted) {
        return codes.issue(granted.grant(), List.of());
    }

    String code(String clientId) {
        return code(granted(clientId));
    }

    /** A request to redeem a code, without a client. */
    TestCall redemption(String code) {
        return new TestCall(fixture)
                .with("grant_type", GrantType.AUTHORIZATION_CODE)
                .with("code", code)
                .with("redirect_uri", CALLBACK)
                .with("code_verifier", verifier.value());
    }

    /** A request to refresh, without a client. */
    TestCall refreshing(String refreshToken) {
        return new TestCall(fixture).with("grant_type", GrantType.REFRESH_TOKEN).with("refresh_token", refreshToken);
    }

    /** With what a client proves itself by. */
    TestCall as(String clientId, TestCall call) {
        return switch (clientId) {
            case APP -> call.with("client_id", APP);
            case KEYED -> call.assertion(fixture.clientAssertion(KEYED));
            default -> call.basic(clientId, Fixture.SECRET);
        };
    }

    /** Redeems that code as that client. */
    TestAnswer redeem(String clientId, String code) {
        return as(clientId, redemption(code)).send();
    }

    /** Refreshes as that client. */
    TestAnswer refresh(String clientId, String refreshToken) {
        return as(clientId, refreshing(refreshToken)).send();
    }

    /** The tokens that a client gets for a new code. */
    Tokens tokens(String clientId) {
        return Tokens.of(redeem(clientId, code(clientId)));
    }

    /** The tokens that a client gets for a new code of that grant. */
    Tokens tokens(String clientId, UnaryOperator<Granted> change) {
        return Tokens.of(redeem(clientId, code(change.apply(granted(clientId)))));
    }

    /** What was answered. */
    record Tokens(String access, String refresh) {
        static Tokens of(TestAnswer answer) {
            answer.isIssued();
            return new Tokens(
                    answer.json().requireString("access_token"),
                    answer.json().findString("refresh_token").orElse(""));
        }
    }
}
