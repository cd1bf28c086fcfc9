package dev.signet.systemtests.peer;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.AuthorizationResponse;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.PushedAuthorizationResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.client.ClientDeleteRequest;
import com.nimbusds.oauth2.sdk.client.ClientInformation;
import com.nimbusds.oauth2.sdk.client.ClientMetadata;
import com.nimbusds.oauth2.sdk.client.ClientReadRequest;
import com.nimbusds.oauth2.sdk.client.ClientRegistrationRequest;
import com.nimbusds.oauth2.sdk.client.ClientRegistrationResponse;
import com.nimbusds.oauth2.sdk.client.ClientUpdateRequest;
import com.nimbusds.oauth2.sdk.client.RegistrationError;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.oauth2.sdk.token.BearerTokenError;
import dev.signet.app.useragent.Page;
import dev.signet.app.useragent.UserAgent;
import dev.signet.core.ClientId;
import dev.signet.jwt.json.JsonObject;
import dev.signet.testkit.FixedKeys;
import dev.signet.testkit.Requirement;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that are not ours register themselves at our server, and then do what they registered for (RFC 7591, RFC 7592). */
@Tag("peer")
class RegistrationClientsTest {

    private static final JsonObject METADATA = JsonObject.builder()
            .put("client_name", "The shop")
            .put("redirect_uris", List.of(PeopleServer.CALLBACK))
            .put("grant_types", List.of("authorization_code", "refresh_token"))
            .put("token_endpoint_auth_method", "private_key_jwt")
            .put("jwks", FixedKeys.publicKeys(FixedKeys.client()).toJsonObject())
            .put("require_signed_request_object", true)
            .put("require_pushed_authorization_requests", true)
            .build();

    private static PeopleServer server;

    private final UserAgent browser = new UserAgent(PeopleServer.CALLBACK);

    @TempDir
    Path folder;

    @BeforeAll
    static void start(@TempDir Path store) {
        server = PeopleServer.start(store, List.of("authorization_code", "refresh_token", "client_credentials"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Map<String, Object> attempt(String token, JsonObject metadata) throws Exception {
        Map<String, Object> asked = JSONObjectUtils.parse(metadata.toJson());
        return token.isEmpty() ? Map.of("metadata", asked) : Map.of("metadata", asked, "initialAccessToken", token);
    }

    @Test
    @Requirement({"7591-3.2.1-01", "9101-10.5-06", "9126-2-02"})
    void openid_client_registers_and_gets_and_refreshes_tokens() throws Exception {
        JavaScript script = JavaScript.install(folder);
        CodeFlowScript.run(
                script,
                server,
                browser,
                Map.of(
                        "issuer",
                        server.issuer().value(),
                        "initialAccessToken",
                        server.initialAccessToken(),
                        "metadata",
                        JSONObjectUtils.parse(METADATA.toJson()),
                        "clientKey",
                        JSONObjectUtils.parse(FixedKeys.client().toPrivateJwk().toJson()),
                        "redirectUri",
                        PeopleServer.CALLBACK,
                        "scope",
                        "orders.read",
                        "resource",
                        PeopleServer.RESOURCE,
                        "responseMode",
                        "query",
                        "way",
                        "signed and pushed"));
    }

    @Test
    @Requirement({"7591-1-01", "7591-2-03", "7591-2-04", "7591-3.2.2-01"})
    void oauth4webapi_is_refused_what_is_wrong() throws Exception {
        JavaScript script = JavaScript.install(folder);
        String token = server.initialAccessToken();
        Process node = script.start(
                "registration.mjs",
                JSONObjectUtils.toJSONString(Map.of(
                        "issuer",
                        server.issuer().value(),
                        "attempts",
                        List.of(
                                attempt("", METADATA),
                                attempt("guessed", METADATA),
                                attempt(
                                        token,
                                        METADATA.toBuilder()
                                                .put("redirect_uris", List.of(PeopleServer.CALLBACK + "#here"))
                                                .build()),
                                attempt(
                                        token,
                                        METADATA.toBuilder()
                                                .put("jwks_uri", "https://shop.example.com/jwks")
                                                .build()),
                                attempt(token, METADATA),
                                attempt(token, METADATA)))));
        assertThat(node.waitFor(60, TimeUnit.SECONDS)).isTrue();
        List<String> said = script.said();
        assertThat(said).hasSize(7);
        assertThat(said.subList(0, 4))
                .containsExactly(
                        "challenged 401 none",
                        "challenged 401 invalid_token",
                        "refused 400 invalid_redirect_uri",
                        "refused 400 invalid_client_metadata");
        JsonObject registered = JsonObject.parse(said.get(4).substring("registered ".length()));
        assertThat(METADATA.names())
                .allSatisfy(name -> assertThat(registered.find(name)).isEqualTo(METADATA.find(name)));
        assertThat(registered.has("client_secret")).isFalse();
        assertThat(said.subList(5, 7)).containsExactly("challenged 401 invalid_token", "done");
    }

    private static ClientMetadata nimbusMetadata() throws Exception {
        ClientMetadata metadata = new ClientMetadata();
        metadata.setName("The shop");
        metadata.setRedirectionURI(URI.create(PeopleServer.CALLBACK));
        metadata.setGrantTypes(Set.of(GrantType.AUTHORIZATION_CODE, GrantType.CLIENT_CREDENTIALS));
        metadata.setTokenEndpointAuthMethod(ClientAuthenticationMethod.PRIVATE_KEY_JWT);
        metadata.setJWKSet(JWKSet.parse(FixedKeys.publicKeys(FixedKeys.client()).toJson()));
        metadata.setCustomField("require_signed_request_object", true);
        metadata.setCustomField("require_pushed_authorization_requests", true);
        return metadata;
    }

    private static ClientRegistrationResponse registered(ClientMetadata metadata, String token) throws Exception {
        NimbusShop anybody = NimbusShop.of(server, PeopleServer.PUBLIC);
        return sent(new ClientRegistrationRequest(
                        anybody.metadata().getRegistrationEndpointURI(), metadata, new BearerAccessToken(token))
                .toHTTPRequest());
    }

    private static ClientRegistrationResponse sent(HTTPRequest request) throws Exception {
        return ClientRegistrationResponse.parse(request.send());
    }

    private static ErrorObject error(ClientRegistrationResponse response) {
        assertThat(response.indicatesSuccess()).isFalse();
        return response.toErrorResponse().getErrorObject();
    }

    @Test
    @Requirement({"7591-3.2.2-01", "7591-1-01"})
    void the_nimbus_sdk_is_refused_what_is_wrong() throws Exception {
        String token = server.initialAccessToken();
        ClientMetadata elsewhere = nimbusMetadata();
        elsewhere.setRedirectionURI(URI.create("http://shop.example.com/callback"));
        ClientMetadata twice = nimbusMetadata();
        twice.setCustomField("jwks_uri", "https://shop.example.com/jwks");

        assertThat(error(registered(elsewhere, token))).isEqualTo(RegistrationError.INVALID_REDIRECT_URI);
        assertThat(error(registered(twice, token))).isEqualTo(RegistrationError.INVALID_CLIENT_METADATA);
        assertThat(registered(nimbusMetadata(), token).indicatesSuccess()).isTrue();
        assertThat(error(registered(nimbusMetadata(), token))).isEqualTo(BearerTokenError.INVALID_TOKEN);
    }

    @Test
    @Requirement({"7592-2-01", "7592-2.1-01", "7592-2.2-01", "7592-2.3-01"})
    void the_nimbus_sdk_registers_and_reads_and_changes_and_leaves() throws Exception {
        ClientInformation client = registered(nimbusMetadata(), server.initialAccessToken())
                .toSuccessResponse()
                .getClientInformation();
        NimbusShop shop = NimbusShop.of(server, new ClientId(client.getID().getValue()));
        assertThat(read(client)
                        .toSuccessResponse()
                        .getClientInformation()
                        .getMetadata()
                        .toJSONObject())
                .isEqualTo(client.getMetadata().toJSONObject());
        assertOnlySignedAndPushed(shop);

        ClientMetadata renamed = new ClientMetadata(client.getMetadata());
        renamed.setName("The corner shop");
        ClientInformation changed = sent(new ClientUpdateRequest(
                                client.getRegistrationURI(),
                                client.getID(),
                                client.getRegistrationAccessToken(),
                                renamed,
                                null)
                        .toHTTPRequest())
                .toSuccessResponse()
                .getClientInformation();
        assertThat(changed.getMetadata().getName()).isEqualTo("The corner shop");
        assertThat(error(read(client))).as("the token before").isEqualTo(BearerTokenError.INVALID_TOKEN);
        assertThat(shop.send(new ClientCredentialsGrant()).indicatesSuccess()).isTrue();

        assertThat(server.consents()).contains(client.getID().getValue());
        HTTPResponse deleted = new ClientDeleteRequest(
                        changed.getRegistrationURI(), changed.getRegistrationAccessToken())
                .toHTTPRequest()
                .send();
        assertThat(deleted.getStatusCode()).isEqualTo(204);
        assertThat(server.consents()).doesNotContain(client.getID().getValue());
        assertThat(error(read(changed))).isEqualTo(BearerTokenError.INVALID_TOKEN);
        assertThat(shop.send(new ClientCredentialsGrant()).toErrorResponse().getErrorObject())
                .isEqualTo(OAuth2Error.INVALID_CLIENT);
    }

    private static ClientRegistrationResponse read(ClientInformation client) throws Exception {
        return sent(new ClientReadRequest(client.getRegistrationURI(), client.getRegistrationAccessToken())
                .toHTTPRequest());
    }

    /** What the client registered for itself is asked of it. */
    private void assertOnlySignedAndPushed(NimbusShop shop) throws Exception {
        assertThat(shop.push(shop.request()).toErrorResponse().getErrorObject()).isEqualTo(OAuth2Error.INVALID_REQUEST);
        AuthorizationRequest signed = new AuthorizationRequest.Builder(
                        shop.requestObject(FixedKeys.client()), shop.client())
                .endpointURI(shop.metadata().getAuthorizationEndpointURI())
                .build();
        Page page = browser.open(signed.toURI());
        assertThat(page.html() + page.uri()).contains("invalid_request");

        PushedAuthorizationResponse pushed = shop.push(signed);
        AuthorizationRequest request = new AuthorizationRequest.Builder(
                        pushed.toSuccessResponse().getRequestURI(), shop.client())
                .endpointURI(shop.metadata().getAuthorizationEndpointURI())
                .build();
        AuthorizationResponse response = AuthorizationResponse.parse(
                PeopleServer.approve(browser, request.toURI()).uri());
        assertThat(response.indicatesSuccess()).isTrue();
        server.assertAlices(shop.send(shop.grant(response))
                .toSuccessResponse()
                .getTokens()
                .getAccessToken()
                .getValue());
    }
}
