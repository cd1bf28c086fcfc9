package dev.signet.jwt.internal;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEEncrypter;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDHEncrypter;
import com.nimbusds.jose.crypto.RSAEncrypter;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;

/**
 * Encryption to a JWE (RFC 7516 §5.1) by the JOSE library. Key and algorithms have been checked before. The library's
 * types stay in here.
 */
public final class JweEncryption {
    private JweEncryption() {}

    /** The compact serialization, with a fresh content encryption key or ephemeral key each time. */
    public static String encrypt(
            PublicKey key,
            Optional<String> keyId,
            String algorithm,
            String encryption,
            String contentType,
            byte[] plaintext) {
        JWEHeader.Builder header = new JWEHeader.Builder(
                        JWEAlgorithm.parse(algorithm), EncryptionMethod.parse(encryption))
                .contentType(contentType);
        keyId.ifPresent(header::keyID);
        JWEObject jwe = new JWEObject(header.build(), new Payload(plaintext));
        try {
            jwe.encrypt(encrypter(key));
        } catch (JOSEException failed) {
            throw new IllegalStateException("encrypting with " + algorithm + " failed", failed);
        }
        return jwe.serialize();
    }

    private static JWEEncrypter encrypter(PublicKey key) throws JOSEException {
        return key instanceof ECPublicKey ec ? new ECDHEncrypter(ec) : new RSAEncrypter((RSAPublicKey) key);
    }
}
