package dev.signet.benchmarks;

import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.JwkSet;
import dev.signet.resourceserver.AccessTokenOutcome;
import dev.signet.resourceserver.AccessTokenValidator;
import java.lang.ref.Reference;
import java.time.Instant;
import java.util.List;

/** The heap that a validator needs for each token it has seen. */
final class SeenMemory {

    private static final int TOKENS = 100_000;

    private SeenMemory() {}

    /** Octets a token. */
    static long octets() {
        Sample sample = new Sample(Scheme.ES256, Crypto.ACCP);
        AccessTokenValidator validator = AccessTokenValidator.builder()
                .issuer(Sample.ISSUER)
                .audience(Sample.AUDIENCE)
                .keys(JwkSet.of(List.of(sample.key().verificationKey())))
                .cacheSize(2 * TOKENS)
                .build();
        JsonObject.Builder claims = Sample.claims(Instant.now()).toBuilder();
        try {
            fill(validator, sample, claims, "warm-", 1_000);
            long before = used();
            fill(validator, sample, claims, "token-", TOKENS);
            return (used() - before) / TOKENS;
        } finally {
            Reference.reachabilityFence(validator);
        }
    }

    private static void fill(
            AccessTokenValidator validator, Sample sample, JsonObject.Builder claims, String name, int count) {
        for (int each = 0; each < count; each++) {
            String token = sample.signer().sign(claims.put("jti", name + each).build());
            if (!(validator.validate(List.of("Bearer " + token)) instanceof AccessTokenOutcome.Valid)) {
                throw new IllegalStateException("the sample is refused");
            }
        }
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        for (int round = 0; round < 3; round++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
