package dev.signet.jwt.internal;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.util.Optional;

/**
 * The NIST curves of RFC 7518 §6.2.1.1 with the checks of NIST SP 800-56A that RFC 8725 §3.4 asks for.
 */
public enum Curve {
    P256("P-256", "secp256r1", 32),
    P384("P-384", "secp384r1", 48),
    P521("P-521", "secp521r1", 66);

    private final String joseName;
    private final String standardName;
    private final int coordinateLength;

    @SuppressWarnings("ImmutableEnumChecker") // numbers only
    private final ECParameterSpec parameters;

    private final BigInteger prime;

    Curve(String joseName, String standardName, int coordinateLength) {
        this.joseName = joseName;
        this.standardName = standardName;
        this.coordinateLength = coordinateLength;
        try {
            AlgorithmParameters named = AlgorithmParameters.getInstance("EC");
            named.init(new ECGenParameterSpec(standardName));
            this.parameters = named.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this JVM lacks the curve " + standardName, missing);
        }
        this.prime = ((ECFieldFp) parameters.getCurve().getField()).getP();
    }

    /** The curve of that {@code crv} name. */
    public static Optional<Curve> find(String joseName) {
        for (Curve curve : values()) {
            if (curve.joseName.equals(joseName)) {
                return Optional.of(curve);
            }
        }
        return Optional.empty();
    }

    /** The curve with these parameters, however the provider names them. */
    public static Optional<Curve> find(ECParameterSpec parameters) {
        for (Curve curve : values()) {
            ECParameterSpec own = curve.parameters;
            if (own.getCurve().getField().equals(parameters.getCurve().getField())
                    && own.getCurve().getA().equals(parameters.getCurve().getA())
                    && own.getCurve().getB().equals(parameters.getCurve().getB())
                    && own.getGenerator().equals(parameters.getGenerator())
                    && own.getOrder().equals(parameters.getOrder())
                    && own.getCofactor() == parameters.getCofactor()) {
                return Optional.of(curve);
            }
        }
        return Optional.empty();
    }

    /** The {@code crv} value. */
    public String joseName() {
        return joseName;
    }

    /** The name that key pair generators know. */
    public String standardName() {
        return standardName;
    }

    /** Octets of a coordinate, and of r and s each. */
    public int coordinateLength() {
        return coordinateLength;
    }

    /** The domain parameters. */
    public ECParameterSpec parameters() {
        return parameters;
    }

    /** The number of points, n. */
    public BigInteger order() {
        return parameters.getOrder();
    }

    /**
     * Whether the point is a public key: not at infinity, both coordinates below p, on the curve. The cofactor is 1,
     * so this suffices.
     */
    public boolean isPublicPoint(ECPoint point) {
        if (point.equals(ECPoint.POINT_INFINITY)) {
            return false;
        }
        BigInteger x = point.getAffineX();
        BigInteger y = point.getAffineY();
        if (x.signum() < 0 || y.signum() < 0 || x.compareTo(prime) >= 0 || y.compareTo(prime) >= 0) {
            return false;
        }
        BigInteger right = x.multiply(x)
                .add(parameters.getCurve().getA())
                .multiply(x)
                .add(parameters.getCurve().getB());
        return y.multiply(y).subtract(right).mod(prime).signum() == 0;
    }

    /**
     * The public point of a private scalar from 1 to n−1. Not in constant time: used once when a private key is read
     * from a file that lacks the public half.
     */
    public ECPoint publicPoint(BigInteger scalar) {
        ECPoint sum = ECPoint.POINT_INFINITY;
        for (int bit = scalar.bitLength() - 1; bit >= 0; bit--) {
            sum = add(sum, sum);
            if (scalar.testBit(bit)) {
                sum = add(sum, parameters.getGenerator());
            }
        }
        return sum;
    }

    private ECPoint add(ECPoint left, ECPoint right) {
        if (left.equals(ECPoint.POINT_INFINITY)) {
            return right;
        }
        if (right.equals(ECPoint.POINT_INFINITY)) {
            return left;
        }
        BigInteger x1 = left.getAffineX();
        BigInteger y1 = left.getAffineY();
        BigInteger x2 = right.getAffineX();
        BigInteger slope;
        if (left.equals(right)) {
            BigInteger rise = x1.multiply(x1)
                    .multiply(BigInteger.valueOf(3))
                    .add(parameters.getCurve().getA());
            slope = rise.multiply(y1.shiftLeft(1).modInverse(prime)).mod(prime);
        } else if (x1.equals(x2)) {
            return ECPoint.POINT_INFINITY;
        } else {
            slope = right.getAffineY()
                    .subtract(y1)
                    .multiply(x2.subtract(x1).modInverse(prime))
                    .mod(prime);
        }
        BigInteger x3 = slope.multiply(slope).subtract(x1).subtract(x2).mod(prime);
        BigInteger y3 = slope.multiply(x1.subtract(x3)).subtract(y1).mod(prime);
        return new ECPoint(x3, y3);
    }
}
