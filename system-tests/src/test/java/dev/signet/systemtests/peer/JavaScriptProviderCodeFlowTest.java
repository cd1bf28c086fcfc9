package dev.signet.systemtests.peer;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.signet.app.useragent.Page;
import dev.signet.app.useragent.UserAgent;
import dev.signet.client.AuthorizationCode;
import dev.signet.client.Failure;
import dev.signet.client.IssuedToken;
import dev.signet.client.OAuthClient;
import dev.signet.client.TokenRequest;
import dev.signet.client.TokenSource;
import dev.signet.client.authorization.AuthorizationRequest;
import dev.signet.client.authorization.AuthorizationResponse;
import dev.signet.client.authorization.AuthorizationResponse.Code;
import dev.signet.client.authorization.AuthorizationResponse.Denied;
import dev.signet.client.authorization.BegunAuthorization;
import dev.signet.client.authorization.PendingAuthorizations;
import dev.signet.core.ClientId;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.authorization.RedirectUri;
import dev.signet.core.authorization.ResponseMode;
import dev.signet.core.clientauth.ClientAuthentication;
import dev.signet.core.http.FormParameters;
import dev.signet.outbound.OutboundHttp;
import dev.signet.resourceserver.AccessTokenOutcome.Valid;
import dev.signet.resourceserver.AccessTokenValidator;
import dev.signet.testkit.FixedKeys;
import dev.signet.testkit.Requirement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Our client goes through the code flow at {@code oidc-provider}, with somebody who uses its pages. */
@Tag("peer")
class JavaScriptProviderCodeFlowTest {

    private static final RedirectUri REDIRECT_URI = new RedirectUri("https://shop.example.com/callback");
    private static final ClientId PUBLIC = new ClientId("shop-in-the-browser");
    private static final OutboundHttp OUTBOUND =
            OutboundHttp.builder().allowHosts(Set.of("127.0.0.1")).build();

    private static JavaScriptProvider provider;

    private final List<String> kept = new ArrayList<>();
    private final PendingAuthorizations session = PendingAuthorizations.inMemory();
    private final UserAgent browser = new UserAgent(REDIRECT_URI.value());

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        Map<String, Object> flow = Map.of(
                "redirect_uris", List.of(REDIRECT_URI.value()),
                "response_types", List.of("code"),
                "grant_types", List.of("authorization_code", "refresh_token"));
        provider = JavaScriptProvider.start(
                folder,
                "ES256",
                List.of(
                        with(flow, Map.of("client_id", PUBLIC.value(), "token_endpoint_auth_method", "none")),
                        with(
                                flow,
                                Map.of(
                                        "client_id",
                                        OtherServers.KEY_CLIENT.value(),
                                        "token_endpoint_auth_method",
                                        "private_key_jwt",
                                        "token_endpoint_auth_signing_alg",
                                        "ES256",
                                        "jwks",
                                        JSONObjectUtils.parse(FixedKeys.publicKeys(FixedKeys.client())
                                                .toJson())))));
    }

    private static Map<String, Object> with(Map<String, Object> some, Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(some);
        all.putAll(more);
        return all;
    }

    @AfterAll
    static void stop() throws Exception {
        if (provider != null) {
            provider.close();
        }
    }

    private static OAuthClient client(ClientAuthentication authentication) {
        return OAuthClient.builder(provider.issuer(), authentication)
                .outbound(OUTBOUND)
                .build();
    }

    private static AuthorizationRequest.Builder request(OAuthClient client) {
        return AuthorizationRequest.builder(client, REDIRECT_URI)
                .scope(Scope.of("orders.read"))
                .resource(new ResourceIndicator(JavaScriptProvider.RESOURCE));
    }

    /** Sends somebody away, who logs in and approves, and comes back. */
    private AuthorizationResponse approved(AuthorizationRequest request) throws Exception {
        BegunAuthorization begun = request.begin().require();
        session.put(begun.pending());
        Page page = JavaScriptProvider.approve(browser, begun.uri());
        assertThat(page.uri().toString()).startsWith(REDIRECT_URI.value());
        return session.complete(REDIRECT_URI, page.response());
    }

    private TokenRequest exchange(AuthorizationResponse response) {
        assertThat(response).isInstanceOf(Code.class);
        return ((Code) response).tokenRequest(kept::add);
    }

    private static String subject(IssuedToken token) {
        return ((Valid) AccessTokenValidator.builder()
                        .issuer(provider.issuer().value())
                        .audience(JavaScriptProvider.RESOURCE)
                        .outbound(OUTBOUND)
                        .build()
                        .validate(List.of(token.authorization())))
                .token()
                .subject();
    }

    @ParameterizedTest
    @EnumSource(ResponseMode.class)
    @Requirement({"9207-2.4-01", "9207-2.4-04", "9700-2.1.1-02", "6749-4.1.3-03", "7636-4.2-01"})
    void a_public_client_gets_a_code_and_tokens_and_refreshes_them(ResponseMode mode) throws Exception {
        OAuthClient client = client(ClientAuthentication.none(PUBLIC));
        assertThat(client.metadata().require().authorizationResponseIssParameterSupported())
                .isTrue();
        TokenSource tokens = TokenSource.of(
                client, exchange(approved(request(client).responseMode(mode).build())));

        IssuedToken first = tokens.token().require();
        assertThat(first.scope()).isEqualTo(Scope.of("orders.read"));
        assertThat(subject(first)).isEqualTo("alice");
        tokens.invalidate(first);
        IssuedToken second = tokens.token().require();
        tokens.invalidate(second);
        assertThat(subject(tokens.token().require())).isEqualTo("alice");
        assertThat(second.value()).isNotEqualTo(first.value());
        assertThat(kept).as("rotated for a public client").hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    @Requirement("6749-4.1.3-02")
    void a_client_with_a_key_gets_tokens_with_a_nonce_under_way() throws Exception {
        OAuthClient client = client(ClientAuthentication.privateKeyJwt(OtherServers.KEY_CLIENT, FixedKeys.client()));
        TokenRequest exchange = exchange(approved(
                request(client).scope(Scope.of("openid", "orders.read")).build()));

        assertThat(subject(client.token(exchange).require())).isEqualTo("alice");
        assertThat(client.token(exchange).failure())
                .as("the code is used up")
                .hasValueSatisfying(failure -> assertThat(failure.code()).contains("invalid_grant"));
    }

    @Test
    @Requirement({"9207-2.4-01", "7636-7.2-01"})
    void an_error_of_the_server_comes_with_its_iss() throws Exception {
        OAuthClient client = client(ClientAuthentication.none(PUBLIC));
        BegunAuthorization begun =
                request(client).parameter("prompt", "none").build().begin().require();
        session.put(begun.pending());
        Page page = browser.open(begun.uri());

        assertThat(FormParameters.parse(page.response()).require("iss"))
                .isEqualTo(provider.issuer().value());
        assertThat(session.complete(REDIRECT_URI, page.response()))
                .isInstanceOfSatisfying(
                        Denied.class,
                        denied -> assertThat(denied.error().error()).isEqualTo("login_required"));
    }

    @Test
    @Requirement("7636-4.2-01")
    void a_code_is_nothing_without_its_verifier() throws Exception {
        OAuthClient client = client(ClientAuthentication.none(PUBLIC));
        Code code = (Code) approved(request(client).build());
        Code other = (Code) approvedAgain(request(client).build());

        assertThat(client.token(TokenRequest.authorizationCode(
                                new AuthorizationCode(
                                        code.code().issuer(),
                                        code.code().value(),
                                        other.code().verifier(),
                                        code.code().redirectUri()),
                                kept::add))
                        .failure())
                .hasValueSatisfying(failure -> {
                    assertThat(failure).isInstanceOf(Failure.Refused.class);
                    assertThat(failure.code()).contains("invalid_grant");
                });
        assertThat(client.token(other.tokenRequest(kept::add)).value()).isPresent();
    }

    /** Somebody who is logged in and has approved before. */
    private AuthorizationResponse approvedAgain(AuthorizationRequest request) throws Exception {
        BegunAuthorization begun = request.begin().require();
        session.put(begun.pending());
        return session.complete(REDIRECT_URI, browser.open(begun.uri()).response());
    }
}
