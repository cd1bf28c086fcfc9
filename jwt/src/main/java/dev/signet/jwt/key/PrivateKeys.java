package dev.signet.jwt.key;

import dev.signet.jwt.internal.Base64Url;
import dev.signet.jwt.internal.Curve;
import dev.signet.jwt.internal.Ed25519Point;
import dev.signet.jwt.json.JsonObject;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Private keys as JWKs, PKCS#8 and JCA objects. A private key is always held together with its public half. */
final class PrivateKeys {
    private static final int ED25519_LENGTH = 32;

    private PrivateKeys() {}

    /** The private key of a JWK (RFC 7518 §6.2.2, §6.3.2, RFC 8037 §2). */
    static PrivateKey read(JwkMembers jwk) {
        String type = jwk.require("kty");
        return switch (type) {
            case "RSA" -> rsa(jwk);
            case "EC" -> ec(jwk);
            case "OKP" -> ed25519(jwk.requireOctets("d", ED25519_LENGTH));
            default -> throw new KeyException("kty is not supported");
        };
    }

    private static PrivateKey rsa(JwkMembers jwk) {
        if (jwk.has("oth")) {
            throw new KeyException("RSA keys with more than two primes are not supported");
        }
        RSAPrivateCrtKeySpec numbers = new RSAPrivateCrtKeySpec(
                jwk.requireInteger("n"),
                jwk.requireInteger("e"),
                jwk.requireInteger("d"),
                jwk.requireInteger("p"),
                jwk.requireInteger("q"),
                jwk.requireInteger("dp"),
                jwk.requireInteger("dq"),
                jwk.requireInteger("qi"));
        return PublicKeys.generate("RSA", factory -> check(factory.generatePrivate(numbers)));
    }

    /** Refuses RSA numbers that do not belong together: a provider uses some of them and not the others. */
    private static PrivateKey check(PrivateKey key) {
        if (key instanceof RSAPrivateCrtKey rsa) {
            BigInteger p = rsa.getPrimeP();
            BigInteger q = rsa.getPrimeQ();
            BigInteger d = rsa.getPrivateExponent();
            BigInteger ed = rsa.getPublicExponent().multiply(d);
            boolean consistent = p.compareTo(BigInteger.ONE) > 0
                    && q.compareTo(BigInteger.ONE) > 0
                    && p.multiply(q).equals(rsa.getModulus())
                    && isOne(ed, p.subtract(BigInteger.ONE))
                    && isOne(ed, q.subtract(BigInteger.ONE))
                    && d.mod(p.subtract(BigInteger.ONE)).equals(rsa.getPrimeExponentP())
                    && d.mod(q.subtract(BigInteger.ONE)).equals(rsa.getPrimeExponentQ())
                    && isOne(rsa.getCrtCoefficient().multiply(q), p);
            if (!consistent) {
                throw new KeyException("the numbers of the RSA key do not belong together");
            }
        }
        return key;
    }

    private static boolean isOne(BigInteger number, BigInteger modulus) {
        return number.mod(modulus).equals(BigInteger.ONE);
    }

    private static PrivateKey ec(JwkMembers jwk) {
        Curve curve =
                Curve.find(jwk.require("crv")).orElseThrow(() -> new KeyException("crv is not supported for kty EC"));
        BigInteger scalar = new BigInteger(1, jwk.requireOctets("d", curve.coordinateLength()));
        requireScalar(scalar, curve);
        return PublicKeys.generate(
                "EC", factory -> factory.generatePrivate(new ECPrivateKeySpec(scalar, curve.parameters())));
    }

    private static PrivateKey ed25519(byte[] octets) {
        return PublicKeys.generate(
                "Ed25519",
                factory -> factory.generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, octets)));
    }

    private static void requireScalar(BigInteger scalar, Curve curve) {
        if (scalar.signum() <= 0 || scalar.compareTo(curve.order()) >= 0) {
            throw new KeyException("d is not from 1 to n-1");
        }
    }

    /** A private key from PKCS#8. */
    static PrivateKey decode(byte[] pkcs8) {
        @Nullable Throwable refused = null;
        for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
            try {
                return check(KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
            } catch (GeneralSecurityException anotherAlgorithm) {
                refused = anotherAlgorithm;
            }
        }
        throw new KeyException("the private key is neither RSA, EC nor Ed25519, or malformed", refused);
    }

    /** The public half, checked. */
    static PublicKey publicOf(PrivateKey key) {
        if (key instanceof RSAPrivateCrtKey rsa) {
            return PublicKeys.rsa(rsa.getModulus(), rsa.getPublicExponent());
        }
        if (key instanceof ECPrivateKey ec) {
            Curve curve = Curve.find(ec.getParams()).orElseThrow(() -> new KeyException("the curve is not supported"));
            requireScalar(ec.getS(), curve);
            return PublicKeys.ec(curve, curve.publicPoint(ec.getS()));
        }
        if (key instanceof EdECPrivateKey ed) {
            return PublicKeys.ed25519(Ed25519Point.publicKey(ed25519Octets(ed)));
        }
        throw new KeyException("the private key is neither RSA with its primes, EC nor Ed25519");
    }

    private static byte[] ed25519Octets(EdECPrivateKey key) {
        return key.getBytes().orElseThrow(() -> new KeyException("the private key cannot be read"));
    }

    /** All members, the public ones first. */
    static JsonObject write(PrivateKey key, JsonObject publicMembers) {
        JsonObject.Builder jwk = publicMembers.toBuilder();
        if (key instanceof RSAPrivateCrtKey rsa) {
            return jwk.put("d", JwkMembers.encode(rsa.getPrivateExponent()))
                    .put("p", JwkMembers.encode(rsa.getPrimeP()))
                    .put("q", JwkMembers.encode(rsa.getPrimeQ()))
                    .put("dp", JwkMembers.encode(rsa.getPrimeExponentP()))
                    .put("dq", JwkMembers.encode(rsa.getPrimeExponentQ()))
                    .put("qi", JwkMembers.encode(rsa.getCrtCoefficient()))
                    .build();
        }
        if (key instanceof ECPrivateKey ec) {
            int length = Curve.find(ec.getParams())
                    .map(Curve::coordinateLength)
                    .orElseThrow(() -> new KeyException("the curve is not supported"));
            return jwk.put("d", JwkMembers.encode(ec.getS(), length)).build();
        }
        if (key instanceof EdECPrivateKey ed) {
            return jwk.put("d", Base64Url.encode(ed25519Octets(ed))).build();
        }
        throw new KeyException("the private key is neither RSA with its primes, EC nor Ed25519");
    }
}
