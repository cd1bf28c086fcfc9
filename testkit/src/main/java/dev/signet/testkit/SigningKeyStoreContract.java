package dev.signet.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.authorizationserver.store.memory.InMemoryServerKeyStore;
import dev.signet.jwt.JwtSigner;
import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.SigningKey;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;

/** What a store of signing keys must do. Extend it and say how to open yours. */
public abstract class SigningKeyStoreContract extends ServerKeyStoreContract<SigningKey> {

    private static final Samples<SigningKey> SAMPLES = new Samples<>(
            List.of(FixedKeys.server(), FixedKeys.client(), FixedKeys.rs256(), FixedKeys.ps256(), FixedKeys.ed25519()),
            () -> SigningKey.generate(JwsAlgorithm.ES256, CryptoProvider.jdk(), new SecureRandom()),
            jwk -> SigningKey.fromJwk(jwk, CryptoProvider.jdk()),
            SigningKeyStoreContract::signs);

    /** Is made by the test framework. */
    protected SigningKeyStoreContract() {
        super(SAMPLES, new InMemoryServerKeyStore<>());
    }

    private static void signs(SigningKey key) {
        String jwt = JwtSigner.of(key, "JWT").sign(JsonObject.empty());
        assertThat(UnverifiedJwt.parse(jwt).verify(FixedKeys.publicKeys(key), Set.of(key.algorithm())))
                .isNotNull();
    }
}
