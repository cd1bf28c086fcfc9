package dev.signet.benchmarks;

import java.util.List;

/**
 * What is compared in one run.
 *
 * @param parts what to run
 * @param columns the methods, in the order of the table's columns
 * @param titles their titles
 */
record Comparison(List<Part> parts, List<String> columns, List<String> titles) {
    private static final List<Scheme> BOTH_KNOW = List.of(Scheme.RS256, Scheme.ES256);
    private static final List<Crypto> ALL = List.of(Crypto.values());

    static final Comparison VALIDATE = new Comparison(
            List.of(
                    new Part(
                            "ValidateBenchmark",
                            List.of("rawSignature", "jwt", "nimbus", "spring", "jose4j"),
                            BOTH_KNOW,
                            ALL),
                    new Part(
                            "ValidateBenchmark",
                            List.of("rawSignature", "jwt", "jose4j"),
                            List.of(Scheme.ED25519),
                            ALL)),
            List.of("rawSignature", "jwt", "nimbus", "spring", "jose4j"),
            List.of(
                    "raw `Signature`",
                    "Signet `jwt`",
                    "Nimbus `DefaultJWTProcessor`",
                    "Spring `NimbusJwtDecoder`, at+jwt validator",
                    "jose4j `JwtConsumer`"));

    static final Comparison MINT = new Comparison(
            List.of(
                    new Part("MintBenchmark", List.of("rawSignature", "jwt", "nimbus", "jose4j"), BOTH_KNOW, ALL),
                    new Part("MintBenchmark", List.of("spring"), BOTH_KNOW, List.of(Crypto.JDK)),
                    new Part("MintBenchmark", List.of("rawSignature", "jwt", "jose4j"), List.of(Scheme.ED25519), ALL)),
            List.of("rawSignature", "jwt", "nimbus", "spring", "jose4j"),
            List.of(
                    "raw `Signature`",
                    "Signet `AccessTokenClaims` + `JwtSigner`",
                    "Nimbus `SignedJWT`",
                    "Spring `NimbusJwtEncoder`",
                    "jose4j `JsonWebSignature`"));

    /** Methods of one benchmark class with the algorithms and providers they know. */
    record Part(String type, List<String> methods, List<Scheme> schemes, List<Crypto> cryptos) {}
}
