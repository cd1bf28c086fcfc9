package dev.signet.benchmarks;

import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.JwkSet;
import dev.signet.resourceserver.AccessTokenOutcome;
import dev.signet.resourceserver.AccessTokenValidator;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** An access token that was seen before, among so many others; each comes as text of its own, as requests bring it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // set up by JMH
public class SeenBenchmark {
    @Param({"1000", "100000"})
    public int live;

    private AccessTokenValidator validator;
    private List<byte[]> headers;
    private int next;

    @Setup
    public void setUp() {
        // Signatures of its own for each token, as the memory finds tokens by them.
        Sample sample = new Sample(Scheme.ES256, Crypto.ACCP);
        validator = AccessTokenValidator.builder()
                .issuer(Sample.ISSUER)
                .audience(Sample.AUDIENCE)
                .keys(JwkSet.of(List.of(sample.key().verificationKey())))
                .cacheSize(2 * live)
                .build();
        headers = new ArrayList<>(live);
        JsonObject.Builder claims = Sample.claims(Instant.now()).toBuilder();
        for (int each = 0; each < live; each++) {
            String token =
                    sample.signer().sign(claims.put("jti", "token-" + each).build());
            headers.add(("Bearer " + token).getBytes(StandardCharsets.ISO_8859_1));
            seen();
        }
        next = 0;
    }

    /** Includes making the header's text, whose hash code no request brings along. */
    @Benchmark
    public AccessTokenOutcome seen() {
        next = next + 1 >= headers.size() ? 0 : next + 1;
        byte[] header = headers.get(next);
        return validator.validate(List.of(new String(header, StandardCharsets.ISO_8859_1)));
    }

    /** What of it is making the text. */
    @Benchmark
    public List<String> text() {
        next = next + 1 >= headers.size() ? 0 : next + 1;
        byte[] header = headers.get(next);
        return List.of(new String(header, StandardCharsets.ISO_8859_1));
    }
}
