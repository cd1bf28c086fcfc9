package dev.signet.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What is compared in one run.
 *
 * @param columns the methods as the table shows them, the bare signature first
 * @param parts what to run
 */
record Comparison(List<Column> columns, List<Part> parts) {
    private static final Column RAW = new Column("rawSignature", "raw `Signature`");

    static final Comparison VALIDATE = new Comparison(
            List.of(
                    RAW,
                    new Column("jwt", "Signet `jwt`"),
                    new Column("resourceServer", "Signet `AccessTokenValidator`, its memory off"),
                    new Column("protectedResource", "the same, three issuers, scope and group required"),
                    new Column("nimbus", "Nimbus `DefaultJWTProcessor`"),
                    new Column("spring", "Spring `NimbusJwtDecoder`, at+jwt validator"),
                    new Column("jose4j", "jose4j `JwtConsumer`")),
            List.of(
                    part(
                            "ValidateBenchmark",
                            List.of(
                                    "rawSignature",
                                    "jwt",
                                    "resourceServer",
                                    "protectedResource",
                                    "nimbus",
                                    "spring",
                                    "jose4j"),
                            List.of(Scheme.RS256, Scheme.ES256),
                            List.of(Crypto.values())),
                    part(
                            "ValidateBenchmark",
                            List.of("rawSignature", "jwt", "resourceServer", "protectedResource", "jose4j"),
                            List.of(Scheme.ED25519),
                            List.of(Crypto.values())),
                    new Part("SeenBenchmark", List.of("seen", "text"), Map.of("live", List.of("1000", "100000")))));

    static final Comparison MINT = new Comparison(
            List.of(
                    RAW,
                    new Column("jwt", "Signet `AccessTokenPayload`, `JwtSigner`"),
                    new Column("nimbus", "Nimbus `SignedJWT`"),
                    new Column("spring", "Spring `NimbusJwtEncoder`"),
                    new Column("jose4j", "jose4j `JsonWebSignature`")),
            List.of(
                    part(
                            "MintBenchmark",
                            List.of("rawSignature", "jwt", "nimbus", "jose4j"),
                            List.of(Scheme.RS256, Scheme.ES256),
                            List.of(Crypto.values())),
                    // Spring's encoder takes no provider.
                    part("MintBenchmark", List.of("spring"), List.of(Scheme.RS256, Scheme.ES256), List.of(Crypto.JDK)),
                    part(
                            "MintBenchmark",
                            List.of("rawSignature", "jwt", "jose4j"),
                            List.of(Scheme.ED25519),
                            List.of(Crypto.values()))));

    private static Part part(String type, List<String> methods, List<Scheme> schemes, List<Crypto> cryptos) {
        return new Part(type, methods, Map.of("scheme", names(schemes.stream()), "crypto", names(cryptos.stream())));
    }

    private static List<String> names(Stream<? extends Enum<?>> values) {
        return values.map(Enum::name).toList();
    }

    /** A method and its title. */
    record Column(String method, String title) {}

    /** Methods of one benchmark class, and the parameters they are run with. */
    record Part(String type, List<String> methods, Map<String, List<String>> parameters) {}
}
