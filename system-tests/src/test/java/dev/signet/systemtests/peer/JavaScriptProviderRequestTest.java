package dev.signet.systemtests.peer;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.signet.app.useragent.Page;
import dev.signet.app.useragent.UserAgent;
import dev.signet.client.Failure;
import dev.signet.client.IssuedToken;
import dev.signet.client.OAuthClient;
import dev.signet.client.Problem;
import dev.signet.client.authorization.AuthorizationRequest;
import dev.signet.client.authorization.AuthorizationResponse.Code;
import dev.signet.client.authorization.BegunAuthorization;
import dev.signet.core.ClientId;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.authorization.RedirectUri;
import dev.signet.core.clientauth.ClientAuthentication;
import dev.signet.core.http.FormParameters;
import dev.signet.core.metadata.RequestObjectSupport;
import dev.signet.outbound.OutboundHttp;
import dev.signet.resourceserver.AccessTokenOutcome.Valid;
import dev.signet.resourceserver.AccessTokenValidator;
import dev.signet.testkit.FixedKeys;
import dev.signet.testkit.Requirement;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code oidc-provider} takes the authorization requests that our client signs, encrypts and pushes (RFC 9101, RFC 9126). */
@Tag("peer")
class JavaScriptProviderRequestTest {

    private static final RedirectUri REDIRECT_URI = new RedirectUri("https://shop.example.com/callback");
    private static final ClientId SHOP = OtherServers.KEY_CLIENT;
    private static final OutboundHttp OUTBOUND =
            OutboundHttp.builder().allowHosts(Set.of("127.0.0.1")).build();

    private static JavaScriptProvider provider;
    private static JavaScriptProvider demanding;

    private final UserAgent browser = new UserAgent(REDIRECT_URI.value());

    @BeforeAll
    static void start(@TempDir Path folder, @TempDir Path another) throws Exception {
        List<Map<String, Object>> clients = List.of(Map.of(
                "client_id", SHOP.value(),
                "redirect_uris", List.of(REDIRECT_URI.value()),
                "response_types", List.of("code"),
                "grant_types", List.of("authorization_code"),
                "token_endpoint_auth_method", "private_key_jwt",
                "token_endpoint_auth_signing_alg", "ES256",
                "request_object_signing_alg", "ES256",
                "jwks",
                        JSONObjectUtils.parse(
                                FixedKeys.publicKeys(FixedKeys.client()).toJson())));
        provider = JavaScriptProvider.start(folder, "ES256", clients);
        demanding = JavaScriptProvider.demanding(another, "ES256", clients);
    }

    @AfterAll
    static void stop() throws Exception {
        if (provider != null) {
            provider.close();
        }
        if (demanding != null) {
            demanding.close();
        }
    }

    private static AuthorizationRequest.Builder request(JavaScriptProvider at) {
        return AuthorizationRequest.builder(client(at), REDIRECT_URI)
                .scope(Scope.of("openid", "orders.read"))
                .resource(new ResourceIndicator(JavaScriptProvider.RESOURCE))
                .maxAge(Duration.ofHours(1))
                .parameter("prompt", "login consent");
    }

    static Stream<Arguments> ways() {
        return Stream.of(
                way("plain", request -> request, "code_challenge"),
                way("signed", request -> request.signed(FixedKeys.client()), "request"),
                way("encrypted", request -> request.signed(FixedKeys.client()).encrypted(), "request"),
                way(
                        "encrypted by RSA",
                        request -> request.signed(FixedKeys.client()).encrypted("RSA-OAEP-256", "A128CBC-HS256"),
                        "request"),
                way("pushed", AuthorizationRequest.Builder::pushed, "request_uri"),
                way(
                        "signed and pushed",
                        request -> request.signed(FixedKeys.client()).pushed(),
                        "request_uri"),
                way(
                        "encrypted and pushed",
                        request ->
                                request.signed(FixedKeys.client()).encrypted().pushed(),
                        "request_uri"),
                way(
                        "signed, repeated and with endpoints",
                        request -> request.signed(FixedKeys.client())
                                .repeatedOutside()
                                .namingEndpoints(),
                        "request"));
    }

    private static Arguments way(String name, UnaryOperator<AuthorizationRequest.Builder> way, String carrier) {
        return Arguments.of(Named.of(name, way), carrier);
    }

    @ParameterizedTest
    @MethodSource("ways")
    @Requirement({
        "9101-4-01",
        "9101-4-05",
        "9101-4-07",
        "9101-4-10",
        "9101-5-06",
        "9101-10.3-01",
        "9126-2-05",
        "9126-4-01",
        "D-20"
    })
    void gives_tokens_for(UnaryOperator<AuthorizationRequest.Builder> way, String carrier) throws Exception {
        BegunAuthorization begun = way.apply(request(provider)).build().begin().require();
        assertThat(FormParameters.parse(begun.uri().getRawQuery()).names()).contains(carrier);
        assertThat(subject(provider, tokens(provider, begun))).isEqualTo("alice");
    }

    @Test
    @Requirement({"9126-2-05", "9101-10.5-06"})
    void gets_what_it_demands_without_being_told_so() throws Exception {
        assertThat(request(demanding).build().begin().failure())
                .hasValueSatisfying(failure ->
                        assertThat(((Failure.Unusable) failure).problem()).isEqualTo(Problem.REQUEST_UNSIGNED));

        BegunAuthorization begun =
                request(demanding).signed(FixedKeys.client()).build().begin().require();
        assertThat(FormParameters.parse(begun.uri().getRawQuery()).names()).containsExactly("client_id", "request_uri");
        assertThat(subject(demanding, tokens(demanding, begun))).isEqualTo("alice");
    }

    @Test
    @Requirement("9101-10.5-05")
    void says_what_it_takes() throws Exception {
        RequestObjectSupport support = client(provider).metadata().require().requestObjects();
        assertThat(support.requestParameterSupported()).isTrue();
        assertThat(support.requireSignedRequestObject()).isFalse();
        assertThat(support.signingAlgValuesSupported()).contains("ES256");
        assertThat(support.encryptionAlgValuesSupported()).contains("ECDH-ES", "RSA-OAEP-256");
        assertThat(request(provider)
                        .signed(FixedKeys.client())
                        .hosted((name, object) -> URI.create("https://shop.example.com/" + name))
                        .build()
                        .begin()
                        .failure())
                .as("it fetches nothing")
                .hasValueSatisfying(failure ->
                        assertThat(((Failure.Unusable) failure).problem()).isEqualTo(Problem.REQUEST_OBJECT));
    }

    @Test
    void refuses_a_request_that_somebody_else_signed() throws Exception {
        assertThat(request(provider)
                        .signed(FixedKeys.stranger())
                        .pushed()
                        .build()
                        .begin()
                        .failure())
                .hasValueSatisfying(failure -> assertThat(failure.code()).contains("invalid_request_object"));
        assertThat(request(provider)
                        .signed(FixedKeys.client())
                        .pushed()
                        .build()
                        .begin()
                        .value())
                .isPresent();
    }

    private static OAuthClient client(JavaScriptProvider at) {
        return OAuthClient.builder(at.issuer(), ClientAuthentication.privateKeyJwt(SHOP, FixedKeys.client()))
                .outbound(OUTBOUND)
                .build();
    }

    private IssuedToken tokens(JavaScriptProvider at, BegunAuthorization begun) throws Exception {
        Page arrival = JavaScriptProvider.approve(browser, begun.uri());
        Code code = (Code) begun.pending().complete(REDIRECT_URI, arrival.response());
        return client(at).token(code.tokenRequest(refreshToken -> {})).require();
    }

    private static String subject(JavaScriptProvider at, IssuedToken token) {
        return ((Valid) AccessTokenValidator.builder()
                        .issuer(at.issuer().value())
                        .audience(JavaScriptProvider.RESOURCE)
                        .outbound(OUTBOUND)
                        .build()
                        .validate(List.of(token.authorization())))
                .token()
                .subject();
    }
}
