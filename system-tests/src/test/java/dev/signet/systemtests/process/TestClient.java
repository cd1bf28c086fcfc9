package dev.signet.systemtests.process;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;

/** A {@code private_key_jwt} client whose key and assertions are made by Nimbus. */
public final class TestClient {

    private final String clientId;
    private final ECKey key;

    private TestClient(String clientId, ECKey key) {
        this.clientId = clientId;
        this.key = key;
    }

    public static TestClient create(String clientId) {
        try {
            return new TestClient(
                    clientId,
                    new ECKeyGenerator(Curve.P_256)
                            .keyIDFromThumbprint(true)
                            .keyUse(KeyUse.SIGNATURE)
                            .algorithm(JWSAlgorithm.ES256)
                            .generate());
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The client as an entry of the configuration's {@code clients}, on one line. */
    public String yaml() {
        return "{client_id: %s, token_endpoint_auth_method: private_key_jwt, grant_types: [client_credentials], scope: \"orders.read\", jwks: {keys: [%s]}}"
                .formatted(clientId, key.toPublicJWK().toJSONString());
    }

    /** A new assertion, valid for two minutes. */
    public String assertion(String issuer) {
        Instant now = Instant.now();
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .keyID(key.getKeyID())
                        .type(new JOSEObjectType("client-authentication+jwt"))
                        .build(),
                new JWTClaimsSet.Builder()
                        .issuer(clientId)
                        .subject(clientId)
                        .audience(issuer)
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plusSeconds(120)))
                        .jwtID(UUID.randomUUID().toString())
                        .build());
        try {
            jwt.sign(new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return jwt.serialize();
    }
}
