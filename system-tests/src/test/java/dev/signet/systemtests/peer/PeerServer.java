package dev.signet.systemtests.peer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.JWTAuthenticationClaimsSet;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.ClientID;
import dev.signet.systemtests.process.ServerProcess;
import java.net.URI;
import java.nio.file.Path;

/** A running server that knows one client for each assertion method and one trusted issuer, all with keys made by Nimbus. */
final class PeerServer implements AutoCloseable {

    static final String KEY_CLIENT = "key-client";
    static final String LEGACY_CLIENT = "legacy-client";
    static final String MAC_CLIENT = "mac-client";
    static final String MAC_SECRET = "a-long-enough-secret-for-a-mac-of-256-bits";
    static final String TRUSTED_ISSUER = "https://ci.example.com";
    static final String SUBJECT = "repo:example/shop";
    static final String RESOURCE = "https://api.example.com/orders";
    static final String OTHER_RESOURCE = "https://api.example.com/stock";
    static final String SCOPE = "orders.read";

    final ECKey clientKey;
    final RSAKey issuerKey;
    final ServerProcess process;

    private PeerServer(ECKey clientKey, RSAKey issuerKey, ServerProcess process) {
        this.clientKey = clientKey;
        this.issuerKey = issuerKey;
        this.process = process;
    }

    static PeerServer start(Path folder, String signingAlgorithm) throws JOSEException {
        ECKey clientKey = new ECKeyGenerator(Curve.P_256)
                .keyIDFromThumbprint(true)
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.ES256)
                .generate();
        RSAKey issuerKey = new RSAKeyGenerator(2048)
                .keyIDFromThumbprint(true)
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.RS256)
                .generate();
        int port = ServerProcess.freePort();
        String yaml = """
                issuer: http://127.0.0.1:%d
                listen: {host: 127.0.0.1, port: %d}
                store: {url: "jdbc:h2:file:./signet-%d"}
                signing: {algorithm: %s}
                resources:
                  - {resource: "%s", scopes: [orders.read, orders.write], default: true, token_lifetime: 10m}
                  - {resource: "%s", scopes: [stock.read]}
                clients:
                  - client_id: %s
                    token_endpoint_auth_method: private_key_jwt
                    grant_types: [client_credentials, "urn:ietf:params:oauth:grant-type:jwt-bearer"]
                    scope: "orders.read stock.read"
                    introspect_own_tokens: true
                    jwks: {keys: [%s]}
                  - client_id: %s
                    token_endpoint_auth_method: client_secret_jwt
                    client_secret: %s
                    grant_types: [client_credentials, "urn:ietf:params:oauth:grant-type:jwt-bearer"]
                    scope: "orders.read"
                    introspect_own_tokens: true
                  - client_id: %s
                    token_endpoint_auth_method: private_key_jwt
                    legacy_assertion_audience: true
                    grant_types: [client_credentials]
                    scope: "orders.read"
                    jwks: {keys: [%s]}
                trusted_issuers:
                  - issuer: %s
                    jwks: {keys: [%s]}
                    algorithms: [RS256]
                    subjects: ["%s"]
                    scope: "orders.read"
                """.formatted(
                        port,
                        port,
                        port,
                        signingAlgorithm,
                        RESOURCE,
                        OTHER_RESOURCE,
                        KEY_CLIENT,
                        clientKey.toPublicJWK().toJSONString(),
                        MAC_CLIENT,
                        MAC_SECRET,
                        LEGACY_CLIENT,
                        clientKey.toPublicJWK().toJSONString(),
                        TRUSTED_ISSUER,
                        issuerKey.toPublicJWK().toJSONString(),
                        SUBJECT);
        return new PeerServer(clientKey, issuerKey, ServerProcess.start(folder, yaml, port));
    }

    String issuer() {
        return "http://127.0.0.1:" + process.port();
    }

    URI tokenEndpoint() {
        return process.uri("/token");
    }

    URI jwkSet() {
        return process.uri("/jwks");
    }

    /** A token for that resource, got by the client of Nimbus. */
    String token(String resource) throws Exception {
        PrivateKeyJWT authentication = new PrivateKeyJWT(
                new JWTAuthenticationClaimsSet(new ClientID(KEY_CLIENT), new Audience(issuer())),
                JWSAlgorithm.ES256,
                clientKey.toECPrivateKey(),
                clientKey.getKeyID(),
                null);
        TokenRequest request = new TokenRequest.Builder(tokenEndpoint(), authentication, new ClientCredentialsGrant())
                .resource(URI.create(resource))
                .build();
        return TokenResponse.parse(request.toHTTPRequest().send())
                .toSuccessResponse()
                .getTokens()
                .getAccessToken()
                .getValue();
    }

    @Override
    public void close() {
        process.close();
    }
}
