package dev.signet.jwt.key;

import dev.signet.jwt.internal.Curve;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;

/** Makes key pairs. */
final class KeyPairs {
    private static final int RSA_BITS = 2048;

    private KeyPairs() {}

    static KeyPair rsa(CryptoProvider provider, SecureRandom random) throws GeneralSecurityException {
        KeyPairGenerator generator = provider.keyPairGenerator("RSA");
        generator.initialize(RSA_BITS, random);
        return generator.generateKeyPair();
    }

    static KeyPair ec(Curve curve, CryptoProvider provider, SecureRandom random) throws GeneralSecurityException {
        KeyPairGenerator generator = provider.keyPairGenerator("EC");
        generator.initialize(new ECGenParameterSpec(curve.standardName()), random);
        return generator.generateKeyPair();
    }

    static KeyPair ed25519(SecureRandom random) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
        generator.initialize(255, random);
        return generator.generateKeyPair();
    }
}
