package dev.signet.systemtests.peer;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.JWTBearerGrant;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenIntrospectionRequest;
import com.nimbusds.oauth2.sdk.TokenIntrospectionResponse;
import com.nimbusds.oauth2.sdk.TokenIntrospectionSuccessResponse;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.TokenRevocationRequest;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretJWT;
import com.nimbusds.oauth2.sdk.auth.JWTAuthenticationClaimsSet;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.Subject;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import dev.signet.testkit.Requirement;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Nimbus OAuth SDK gets its tokens from our server. */
@Tag("peer")
class NimbusClientTest {

    private static PeerServer server;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        server = PeerServer.start(folder, "ES256");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    @Requirement({"8414-3-01", "8414-3.3-01"})
    void reads_our_metadata() throws Exception {
        AuthorizationServerMetadata metadata = AuthorizationServerMetadata.resolve(new Issuer(server.issuer()));

        assertThat(metadata.getTokenEndpointURI()).isEqualTo(server.tokenEndpoint());
        assertThat(metadata.getJWKSetURI()).isEqualTo(server.jwkSet());
    }

    @Test
    @Requirement({"OIDC-9-02", "7521-4.2-04"})
    void gets_a_token_with_private_key_jwt() throws Exception {
        TokenResponse response = send(keyAuthentication(server.issuer()), new ClientCredentialsGrant());

        assertThat(response.indicatesSuccess()).isTrue();
        assertThat(response.toSuccessResponse().getTokens().getAccessToken().getLifetime())
                .isEqualTo(600);
    }

    @Test
    @Requirement("7523b-4-05")
    void is_refused_when_the_assertion_is_meant_for_the_token_endpoint() throws Exception {
        TokenResponse response =
                send(keyAuthentication(server.tokenEndpoint().toString()), new ClientCredentialsGrant());

        assertThat(response.toErrorResponse().getErrorObject()).isEqualTo(OAuth2Error.INVALID_CLIENT);
    }

    @Test
    @Requirement("OIDC-9-01")
    void gets_a_token_with_client_secret_jwt() throws Exception {
        TokenResponse response = send(macAuthentication(PeerServer.MAC_SECRET), new ClientCredentialsGrant());

        assertThat(response.indicatesSuccess()).isTrue();
    }

    @Test
    @Requirement("OIDC-9-01")
    void is_refused_with_a_mac_by_another_secret() throws Exception {
        TokenResponse response =
                send(macAuthentication("another-secret-that-is-long-enough-too"), new ClientCredentialsGrant());

        assertThat(response.toErrorResponse().getErrorObject()).isEqualTo(OAuth2Error.INVALID_CLIENT);
    }

    @Test
    @Requirement({"7523-2.1-01", "7523-3-16"})
    void exchanges_a_trusted_issuers_jwt_once() throws Exception {
        JWTBearerGrant grant = new JWTBearerGrant(assertion(PeerServer.SUBJECT));

        TokenResponse first = send(keyAuthentication(server.issuer()), grant);
        TokenResponse second = send(keyAuthentication(server.issuer()), grant);

        assertThat(first.indicatesSuccess()).isTrue();
        assertThat(second.toErrorResponse().getErrorObject()).isEqualTo(OAuth2Error.INVALID_GRANT);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Requirement({"7521-4.2-05", "7521-4.2-04"})
    void asks_about_its_token_and_revokes_it_with_the_method_it_got_it_with(boolean key) throws Exception {
        TokenResponse response = send(authentication(key), new JWTBearerGrant(assertion(PeerServer.SUBJECT)));
        AccessToken token = response.toSuccessResponse().getTokens().getAccessToken();

        assertThat(introspect(key, token).isActive()).isTrue();
        assertThat(introspect(key, token).getSubject()).isEqualTo(new Subject(PeerServer.SUBJECT));
        TokenRevocationRequest revocation =
                new TokenRevocationRequest(server.process.uri("/revoke"), authentication(key), token);
        assertThat(revocation.toHTTPRequest().send().getStatusCode()).isEqualTo(200);
        assertThat(introspect(key, token).isActive()).isFalse();
    }

    private static TokenIntrospectionSuccessResponse introspect(boolean key, AccessToken token) throws Exception {
        TokenIntrospectionRequest request =
                new TokenIntrospectionRequest(server.process.uri("/introspect"), authentication(key), token);
        return TokenIntrospectionResponse.parse(request.toHTTPRequest().send()).toSuccessResponse();
    }

    private static ClientAuthentication authentication(boolean key) throws Exception {
        return key ? keyAuthentication(server.issuer()) : macAuthentication(PeerServer.MAC_SECRET);
    }

    @Test
    @Requirement("7521-6.3-02")
    void is_refused_for_a_subject_the_issuer_may_not_speak_for() throws Exception {
        TokenResponse response = send(keyAuthentication(server.issuer()), new JWTBearerGrant(assertion("repo:other")));

        assertThat(response.toErrorResponse().getErrorObject()).isEqualTo(OAuth2Error.INVALID_GRANT);
    }

    private static TokenResponse send(ClientAuthentication authentication, AuthorizationGrant grant) throws Exception {
        TokenRequest request = new TokenRequest.Builder(server.tokenEndpoint(), authentication, grant)
                .scope(new Scope(PeerServer.SCOPE))
                .build();
        return TokenResponse.parse(request.toHTTPRequest().send());
    }

    private static ClientAuthentication keyAuthentication(String audience) throws Exception {
        return new PrivateKeyJWT(
                claims(PeerServer.KEY_CLIENT, audience),
                JWSAlgorithm.ES256,
                server.clientKey.toECPrivateKey(),
                server.clientKey.getKeyID(),
                null);
    }

    private static ClientAuthentication macAuthentication(String secret) throws Exception {
        return new ClientSecretJWT(
                new ClientID(PeerServer.MAC_CLIENT),
                URI.create(server.issuer()),
                JWSAlgorithm.HS256,
                new Secret(secret));
    }

    private static JWTAuthenticationClaimsSet claims(String client, String audience) {
        return new JWTAuthenticationClaimsSet(new ClientID(client), new Audience(audience));
    }

    private static SignedJWT assertion(String subject) throws Exception {
        Instant now = Instant.now();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(PeerServer.TRUSTED_ISSUER)
                .subject(subject)
                .audience(server.issuer())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(120)))
                .jwtID(UUID.randomUUID().toString())
                .build();
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID(server.issuerKey.getKeyID())
                        .build(),
                claims);
        jwt.sign(new RSASSASigner(server.issuerKey));
        return jwt;
    }
}
