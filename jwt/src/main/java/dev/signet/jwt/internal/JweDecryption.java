package dev.signet.jwt.internal;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEDecrypter;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.crypto.ECDHDecrypter;
import com.nimbusds.jose.crypto.RSADecrypter;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/**
 * Decryption of a JWE (RFC 7516 §5.2) by the JOSE library. Header rules and the choice of the key are not its matter:
 * they have been settled before. The library's types stay in here.
 */
public final class JweDecryption {
    private JweDecryption() {}

    /** The plaintext; null if there is none, without a difference for the cause (RFC 7516 §11.5). */
    public static byte @Nullable [] decrypt(String compact, PrivateKey key) {
        try {
            JWEObject jwe = JWEObject.parse(compact);
            jwe.decrypt(decrypter(key));
            return jwe.getPayload().toBytes();
        } catch (JOSEException | ParseException | RuntimeException failed) {
            return null;
        }
    }

    private static JWEDecrypter decrypter(PrivateKey key) throws JOSEException {
        return key instanceof ECPrivateKey ec ? new ECDHDecrypter(ec) : new RSADecrypter(key);
    }
}
