package dev.signet.systemtests.peer;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.AuthorizationResponse;
import com.nimbusds.oauth2.sdk.PushedAuthorizationRequest;
import com.nimbusds.oauth2.sdk.PushedAuthorizationResponse;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.JWTAuthenticationClaimsSet;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import dev.signet.core.ClientId;
import dev.signet.jwt.key.SigningKey;
import dev.signet.testkit.FixedKeys;
import java.net.URI;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;

/**
 * A client of {@link PeopleServer} by the Nimbus SDK, for one sign-in.
 *
 * @param metadata what the server says of itself
 * @param client one of {@link PeopleServer}'s
 * @param state what it recognizes the response by
 * @param verifier what shows that the code is its own
 */
record NimbusShop(AuthorizationServerMetadata metadata, ClientID client, State state, CodeVerifier verifier) {

    private static final URI REDIRECT_URI = URI.create(PeopleServer.CALLBACK);

    /** That client, which has read the metadata. */
    static NimbusShop of(PeopleServer server, ClientId client) throws Exception {
        return new NimbusShop(
                AuthorizationServerMetadata.resolve(new Issuer(server.issuer().value())),
                new ClientID(client.value()),
                new State(),
                new CodeVerifier());
    }

    /** Its authorization request, as parameters. */
    AuthorizationRequest request() {
        return new AuthorizationRequest.Builder(ResponseType.CODE, client)
                .endpointURI(metadata.getAuthorizationEndpointURI())
                .redirectionURI(REDIRECT_URI)
                .scope(new Scope("orders.read"))
                .state(state)
                .codeChallenge(verifier, CodeChallengeMethod.S256)
                .build();
    }

    /** The same, signed with that key (RFC 9101 §4). */
    SignedJWT requestObject(SigningKey key) throws Exception {
        Instant now = Instant.now();
        JWTClaimsSet claims = new JWTClaimsSet.Builder(request().toJWTClaimsSet())
                .issuer(client.getValue())
                .audience(metadata.getIssuer().getValue())
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(60)))
                .jwtID(UUID.randomUUID().toString())
                .build();
        ECKey ecKey = nimbus(key);
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .keyID(ecKey.getKeyID())
                        .build(),
                claims);
        jwt.sign(new ECDSASigner(ecKey));
        return jwt;
    }

    /** Pushes a request. */
    PushedAuthorizationResponse push(AuthorizationRequest request) throws Exception {
        return PushedAuthorizationResponse.parse(new PushedAuthorizationRequest(
                        metadata.getPushedAuthorizationRequestEndpointURI(), keyAuthentication(), request)
                .toHTTPRequest()
                .send());
    }

    /** The grant that a response gives. */
    AuthorizationGrant grant(AuthorizationResponse response) {
        return new AuthorizationCodeGrant(response.toSuccessResponse().getAuthorizationCode(), REDIRECT_URI, verifier);
    }

    /** Presents a grant at the token endpoint. */
    TokenResponse send(AuthorizationGrant grant) throws Exception {
        boolean isPublic = client.getValue().equals(PeopleServer.PUBLIC.value());
        TokenRequest.Builder request = isPublic
                ? new TokenRequest.Builder(metadata.getTokenEndpointURI(), client, grant)
                : new TokenRequest.Builder(metadata.getTokenEndpointURI(), keyAuthentication(), grant);
        return TokenResponse.parse(request.build().toHTTPRequest().send());
    }

    private ClientAuthentication keyAuthentication() throws Exception {
        boolean isOther = client.getValue().equals(PeopleServer.OTHER.value());
        ECKey key = nimbus(isOther ? FixedKeys.stranger() : FixedKeys.client());
        return new PrivateKeyJWT(
                new JWTAuthenticationClaimsSet(
                        client, new Audience(metadata.getIssuer().getValue())),
                JWSAlgorithm.ES256,
                key.toECPrivateKey(),
                key.getKeyID(),
                null);
    }

    private static ECKey nimbus(SigningKey key) throws Exception {
        return ECKey.parse(key.toPrivateJwk().toJson());
    }
}
