package dev.signet.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.authorizationserver.store.memory.InMemoryServerKeyStore;
import dev.signet.jwt.EncryptedJwt;
import dev.signet.jwt.JwtEncrypter;
import dev.signet.jwt.JwtSigner;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.DecryptionKey;
import dev.signet.jwt.key.EncryptionKey;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;

/** What a store of the keys that senders encrypt to must do. Extend it and say how to open yours. */
public abstract class DecryptionKeyStoreContract extends ServerKeyStoreContract<DecryptionKey> {

    private static final Samples<DecryptionKey> SAMPLES = new Samples<>(
            Stream.concat(
                            Stream.of("ECDH-ES"),
                            Stream.of("ECDH-ES", "RSA-OAEP-256", "ECDH-ES+A128KW", "ECDH-ES+A256KW"))
                    .map(DecryptionKeyStoreContract::generate)
                    .toList(),
            () -> generate("ECDH-ES"),
            DecryptionKey::fromJwk,
            DecryptionKeyStoreContract::decrypts);

    /** Is made by the test framework. */
    protected DecryptionKeyStoreContract() {
        super(SAMPLES, new InMemoryServerKeyStore<>());
    }

    private static DecryptionKey generate(String algorithm) {
        return DecryptionKey.generate(algorithm, CryptoProvider.jdk(), new SecureRandom());
    }

    private static void decrypts(DecryptionKey key) {
        String signed = JwtSigner.of(FixedKeys.client(), "JWT").sign(JsonObject.empty());
        String jwe = JwtEncrypter.of(EncryptionKey.fromJwk(key.toJwk(), key.algorithm()), "A256GCM")
                .encrypt(signed);
        assertThat(EncryptedJwt.parse(jwe).decrypt(List.of(key), DecryptionKey.ALGORITHMS, EncryptedJwt.ENCRYPTIONS))
                .isNotNull();
    }
}
