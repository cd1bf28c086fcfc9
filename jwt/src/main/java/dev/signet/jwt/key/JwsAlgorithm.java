package dev.signet.jwt.key;

import dev.signet.jwt.internal.Curve;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The signature and MAC algorithms there are (RFC 7518 §3.1, RFC 8037 §3.1, RFC 9864 §2.2). The names are those of
 * the {@code alg} header. {@code none} is not one of them and cannot be expressed.
 */
public enum JwsAlgorithm {
    RS256(Family.RSA, "SHA256withRSA"),
    RS384(Family.RSA, "SHA384withRSA"),
    RS512(Family.RSA, "SHA512withRSA"),
    PS256(Family.RSA, "SHA-256", MGF1ParameterSpec.SHA256, 32),
    PS384(Family.RSA, "SHA-384", MGF1ParameterSpec.SHA384, 48),
    PS512(Family.RSA, "SHA-512", MGF1ParameterSpec.SHA512, 64),
    ES256(Curve.P256, "SHA256withECDSA"),
    ES384(Curve.P384, "SHA384withECDSA"),
    ES512(Curve.P521, "SHA512withECDSA"),
    /** Here always Ed25519, another name of {@link #Ed25519}; Ed448 is not supported. */
    EdDSA(Family.OKP, "Ed25519"),
    /** The fully specified name, preferred to {@link #EdDSA}. */
    Ed25519(Family.OKP, "Ed25519"),
    HS256(Family.MAC, "HmacSHA256", 32),
    HS384(Family.MAC, "HmacSHA384", 48),
    HS512(Family.MAC, "HmacSHA512", 64);

    /** What is accepted unless configured otherwise: ES256, PS256, Ed25519 under both names, RS256. */
    public static final Set<JwsAlgorithm> DEFAULT_ACCEPTED =
            Collections.unmodifiableSet(new LinkedHashSet<>(List.of(ES256, PS256, Ed25519, EdDSA, RS256)));

    private static final Map<String, JwsAlgorithm> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(JwsAlgorithm::name, Function.identity()));

    /** The kinds of key. */
    enum Family {
        RSA,
        EC,
        OKP,
        MAC
    }

    private final Family family;
    private final String standardName;

    @SuppressWarnings("ImmutableEnumChecker") // a PSSParameterSpec or nothing, and that is immutable
    private final @Nullable AlgorithmParameterSpec parameters;

    private final @Nullable Curve curve;
    private final int macLength;

    JwsAlgorithm(Family family, String standardName) {
        this(family, standardName, null, null, 0);
    }

    JwsAlgorithm(Family family, String standardName, int macLength) {
        this(family, standardName, null, null, macLength);
    }

    JwsAlgorithm(Curve curve, String standardName) {
        this(Family.EC, standardName, null, curve, 0);
    }

    /** RSASSA-PSS: the salt is as long as the hash, and MGF1 uses the same hash (RFC 7518 §3.5). */
    JwsAlgorithm(Family family, String hash, MGF1ParameterSpec mgf1, int saltLength) {
        this(
                family,
                "RSASSA-PSS",
                new PSSParameterSpec(hash, "MGF1", mgf1, saltLength, PSSParameterSpec.TRAILER_FIELD_BC),
                null,
                0);
    }

    JwsAlgorithm(
            Family family,
            String standardName,
            @Nullable AlgorithmParameterSpec parameters,
            @Nullable Curve curve,
            int macLength) {
        this.family = family;
        this.standardName = standardName;
        this.parameters = parameters;
        this.curve = curve;
        this.macLength = macLength;
    }

    /** The algorithm of exactly that name, letter case included. */
    public static Optional<JwsAlgorithm> find(String joseName) {
        return Optional.ofNullable(BY_NAME.get(joseName));
    }

    /** The value of the {@code alg} header. */
    public String joseName() {
        return name();
    }

    /** Whether this is a MAC, made and checked with one shared secret. */
    public boolean isMac() {
        return family == Family.MAC;
    }

    /** Whether this is one of the six RSA algorithms. */
    public boolean isRsa() {
        return family == Family.RSA;
    }

    /** Whether this is the same operation, be it under another name. */
    boolean isSameOperation(JwsAlgorithm other) {
        return this == other || (family == Family.OKP && other.family == Family.OKP);
    }

    Family family() {
        return family;
    }

    /** The JCA name; of ECDSA without the output format. */
    String standardName() {
        return standardName;
    }

    Optional<AlgorithmParameterSpec> parameters() {
        return Optional.ofNullable(parameters);
    }

    Optional<Curve> curve() {
        return Optional.ofNullable(curve);
    }

    /** Octets of the MAC, and the fewest of its key (RFC 7518 §3.2). */
    int macLength() {
        return macLength;
    }
}
