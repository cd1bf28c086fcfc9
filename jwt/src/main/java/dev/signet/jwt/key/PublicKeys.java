package dev.signet.jwt.key;

import dev.signet.jwt.internal.Base64Url;
import dev.signet.jwt.internal.Curve;
import dev.signet.jwt.internal.Ed25519Point;
import dev.signet.jwt.json.JsonObject;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Public keys as JWKs and as JCA objects, with the checks every one passes wherever it comes from: RSA from 2048 to
 * 8192 bits with a public exponent from 65537 to 64 bits, curve points valid (RFC 8725 §3.4, §3.5).
 */
final class PublicKeys {
    private static final int RSA_SMALLEST = 2048;
    private static final int RSA_LARGEST = 8192;
    private static final int RSA_EXPONENT_LONGEST = 64;
    private static final BigInteger RSA_EXPONENT_LEAST = BigInteger.valueOf(65_537);
    private static final int ED25519_LENGTH = 32;

    /** SubjectPublicKeyInfo up to the key itself, RFC 8410 §4. */
    private static final byte[] ED25519_SPKI = HexFormat.of().parseHex("302a300506032b6570032100");

    private PublicKeys() {}

    /** The public key of a JWK, from its public members alone. */
    static PublicKey read(JwkMembers jwk) {
        String type = jwk.require("kty");
        return switch (type) {
            case "RSA" -> rsa(jwk.requireInteger("n"), jwk.requireInteger("e"));
            case "EC" -> ec(jwk);
            case "OKP" -> okp(jwk);
            default -> throw new KeyException("kty is not supported");
        };
    }

    /** The public key of a JWK that must hold nothing secret. */
    static PublicKey readPublic(JwkMembers members) {
        if (members.has("k") || members.find("kty").equals(Optional.of("oct"))) {
            throw new KeyException("the JWK is symmetric where a public key is expected");
        }
        if (members.hasPrivate()) {
            throw new KeyException("the JWK has private members where a public key is expected");
        }
        return read(members);
    }

    private static PublicKey ec(JwkMembers jwk) {
        Curve curve =
                Curve.find(jwk.require("crv")).orElseThrow(() -> new KeyException("crv is not supported for kty EC"));
        int length = curve.coordinateLength();
        return ec(
                curve,
                new ECPoint(
                        new BigInteger(1, jwk.requireOctets("x", length)),
                        new BigInteger(1, jwk.requireOctets("y", length))));
    }

    private static PublicKey okp(JwkMembers jwk) {
        if (!jwk.require("crv").equals(NamedParameterSpec.ED25519.getName())) {
            throw new KeyException("crv is not supported for kty OKP");
        }
        return ed25519(jwk.requireOctets("x", ED25519_LENGTH));
    }

    static PublicKey rsa(BigInteger modulus, BigInteger exponent) {
        if (modulus.bitLength() < RSA_SMALLEST || modulus.bitLength() > RSA_LARGEST || !modulus.testBit(0)) {
            throw new KeyException("the RSA modulus is not odd and " + RSA_SMALLEST + " to " + RSA_LARGEST + " bits");
        }
        if (!exponent.testBit(0)
                || exponent.compareTo(RSA_EXPONENT_LEAST) < 0
                || exponent.bitLength() > RSA_EXPONENT_LONGEST) {
            throw new KeyException("the RSA public exponent is not odd, at least 65537 and at most 64 bits");
        }
        return generate("RSA", factory -> factory.generatePublic(new RSAPublicKeySpec(modulus, exponent)));
    }

    static PublicKey ec(Curve curve, ECPoint point) {
        if (!curve.isPublicPoint(point)) {
            throw new KeyException("the point is not a public key of " + curve.joseName());
        }
        return generate("EC", factory -> factory.generatePublic(new ECPublicKeySpec(point, curve.parameters())));
    }

    static PublicKey ed25519(byte[] encoded) {
        if (!Ed25519Point.isPublicKey(encoded)) {
            throw new KeyException("x is not a public key of Ed25519");
        }
        byte[] spki = Arrays.copyOf(ED25519_SPKI, ED25519_SPKI.length + ED25519_LENGTH);
        System.arraycopy(encoded, 0, spki, ED25519_SPKI.length, ED25519_LENGTH);
        return generate("Ed25519", factory -> factory.generatePublic(new X509EncodedKeySpec(spki)));
    }

    /** The same key as the JVM's own providers make it, after all checks. */
    static PublicKey check(PublicKey key) {
        if (key instanceof RSAPublicKey rsa && !key.getAlgorithm().equals("RSASSA-PSS")) {
            return rsa(rsa.getModulus(), rsa.getPublicExponent());
        }
        if (key instanceof ECPublicKey ec) {
            Curve curve = Curve.find(ec.getParams()).orElseThrow(() -> new KeyException("the curve is not supported"));
            return ec(curve, ec.getW());
        }
        if (Set.of("EdDSA", "Ed25519").contains(key.getAlgorithm()) && isEd25519(key.getEncoded())) {
            return ed25519(ed25519Octets(key));
        }
        throw new KeyException("the key is neither RSA (other than RSASSA-PSS alone), EC nor Ed25519");
    }

    /** A public key from X.509 SubjectPublicKeyInfo. */
    static PublicKey decode(byte[] spki) {
        @Nullable Throwable refused = null;
        for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
            try {
                PublicKey decoded = KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(spki));
                return check(decoded);
            } catch (GeneralSecurityException anotherAlgorithm) {
                refused = anotherAlgorithm;
            }
        }
        throw new KeyException("the public key is neither RSA, EC nor Ed25519, or malformed", refused);
    }

    private static boolean isEd25519(byte[] spki) {
        return spki != null
                && spki.length == ED25519_SPKI.length + ED25519_LENGTH
                && Arrays.equals(spki, 0, ED25519_SPKI.length, ED25519_SPKI, 0, ED25519_SPKI.length);
    }

    private static byte[] ed25519Octets(PublicKey key) {
        return Arrays.copyOfRange(key.getEncoded(), ED25519_SPKI.length, ED25519_SPKI.length + ED25519_LENGTH);
    }

    /** The required public members in lexicographic order, which is the input of the thumbprint (RFC 7638 §3). */
    static JsonObject write(PublicKey checked) {
        if (checked instanceof RSAPublicKey rsa) {
            return JsonObject.builder()
                    .put("e", JwkMembers.encode(rsa.getPublicExponent()))
                    .put("kty", "RSA")
                    .put("n", JwkMembers.encode(rsa.getModulus()))
                    .build();
        }
        if (checked instanceof ECPublicKey ec) {
            Curve curve = curve(ec);
            return JsonObject.builder()
                    .put("crv", curve.joseName())
                    .put("kty", "EC")
                    .put("x", JwkMembers.encode(ec.getW().getAffineX(), curve.coordinateLength()))
                    .put("y", JwkMembers.encode(ec.getW().getAffineY(), curve.coordinateLength()))
                    .build();
        }
        return JsonObject.builder()
                .put("crv", NamedParameterSpec.ED25519.getName())
                .put("kty", "OKP")
                .put("x", Base64Url.encode(ed25519Octets(checked)))
                .build();
    }

    static Curve curve(ECPublicKey key) {
        return Curve.find(key.getParams()).orElseThrow(() -> new KeyException("the curve is not supported"));
    }

    /** RFC 7638 §3 with SHA-256; RFC 8037 appendix A.3 for OKP. */
    static String thumbprint(PublicKey checked) {
        try {
            return Base64Url.encode(
                    MessageDigest.getInstance("SHA-256").digest(write(checked).toBytes()));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JVM has SHA-256", impossible);
        }
    }

    /** Refuses a key of the wrong type or curve for the algorithm (RFC 8725 §3.1). */
    static void requireFits(PublicKey checked, JwsAlgorithm algorithm) {
        boolean fits = switch (algorithm.family()) {
            case RSA -> checked instanceof RSAPublicKey;
            case EC -> checked instanceof ECPublicKey ec && algorithm.curve().equals(Curve.find(ec.getParams()));
            case OKP -> checked instanceof EdECPublicKey;
            case MAC -> false;
        };
        if (!fits) {
            throw new KeyException("the key does not fit " + algorithm.joseName());
        }
    }

    /** Refuses what is no key management algorithm, and a key of the wrong type for one (RFC 7518 §4.3, §4.6). */
    static void requireFits(PublicKey checked, String keyManagementAlgorithm) {
        if (!DecryptionKey.ALGORITHMS.contains(keyManagementAlgorithm)) {
            throw new KeyException("alg is not a supported key management algorithm");
        }
        boolean rsa = keyManagementAlgorithm.startsWith("RSA");
        if (rsa ? !(checked instanceof RSAPublicKey) : !(checked instanceof ECPublicKey)) {
            throw new KeyException("the key does not fit " + keyManagementAlgorithm);
        }
    }

    /** Makes a key object from numbers that have been checked. */
    interface Generation<K> {
        K from(KeyFactory factory) throws GeneralSecurityException;
    }

    static <K> K generate(String algorithm, Generation<K> generation) {
        try {
            return generation.from(KeyFactory.getInstance(algorithm));
        } catch (GeneralSecurityException refused) {
            throw new KeyException("the " + algorithm + " key is malformed", refused);
        }
    }
}
