package dev.signet.benchmarks;

import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.signet.core.Issuer;
import dev.signet.core.accesstoken.AccessTokenProfile;
import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.claims.ClaimsRules;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.resourceserver.AccessTokenOutcome;
import dev.signet.resourceserver.AccessTokenValidator;
import dev.signet.resourceserver.TrustedIssuer;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/** An access token of about 900 characters that was not seen before, from text to checked claims. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // set up by JMH
public class ValidateBenchmark {
    @Param
    public Scheme scheme;

    @Param
    public Crypto crypto;

    private String token;
    private byte[] signed;
    private byte[] signature;
    private Signature raw;
    private JwkSet keys;
    private Set<JwsAlgorithm> algorithms;
    private ClaimsRules rules;
    private Clock clock;
    private AccessTokenValidator validator;
    private AccessTokenValidator several;
    private List<String> authorization;
    private DefaultJWTProcessor<SecurityContext> nimbus;
    private JwtDecoder spring;
    private JwtConsumer jose4j;

    @Setup
    public void setUp() throws Exception {
        Sample sample = new Sample(scheme, crypto);
        token = sample.token();
        int dot = token.lastIndexOf('.');
        signed = token.substring(0, dot).getBytes(StandardCharsets.US_ASCII);
        signature = Base64.getUrlDecoder().decode(token.substring(dot + 1));
        raw = crypto.signature(scheme);
        raw.initVerify(sample.key().verificationKey().publicKey());
        keys = JwkSet.of(List.of(sample.key().verificationKey()));
        algorithms = JwsAlgorithm.DEFAULT_ACCEPTED;
        rules = AccessTokenProfile.rules(new Issuer(Sample.ISSUER), Set.of(Sample.AUDIENCE), Duration.ofSeconds(30));
        clock = Clock.systemUTC();
        validator = AccessTokenValidator.builder()
                .issuer(Sample.ISSUER)
                .audience(Sample.AUDIENCE)
                .keys(keys)
                .cacheSize(0)
                .build();
        several = several();
        authorization = List.of("Bearer " + token);
        requireValid(resourceServer());
        requireValid(protectedResource());
        nimbus = Peers.nimbus(sample, scheme, crypto);
        spring = Peers.spring(sample, scheme, crypto);
        jose4j = Peers.jose4j(sample, scheme, crypto);
    }

    /** One that takes tokens of three issuers; the sample is of the last. */
    private AccessTokenValidator several() {
        AccessTokenValidator.Builder builder = AccessTokenValidator.builder().cacheSize(0);
        for (String issuer : List.of("https://one.example.com", "https://two.example.com", Sample.ISSUER)) {
            builder.trust(TrustedIssuer.builder(issuer)
                    .audience(Sample.AUDIENCE)
                    .keys(keys)
                    .build());
        }
        return builder.build();
    }

    private static void requireValid(AccessTokenOutcome outcome) {
        if (!(outcome instanceof AccessTokenOutcome.Valid)) {
            throw new IllegalStateException("the sample is refused");
        }
    }

    /** The signature alone, with an object that is reused. */
    @Benchmark
    public boolean rawSignature() throws Exception {
        raw.update(signed);
        return raw.verify(signature);
    }

    /** UnverifiedJwt → VerifiedJwt → ValidClaims. */
    @Benchmark
    public Object jwt() {
        return rules.check(UnverifiedJwt.parse(token).verify(keys, algorithms), clock.instant());
    }

    /** The validator of an API, from the header to the outcome, its memory of tokens off. */
    @Benchmark
    public AccessTokenOutcome resourceServer() {
        return validator.validate(authorization);
    }

    /** The same with three issuers to choose from, and what an API asks of a token. */
    @Benchmark
    public AccessTokenOutcome protectedResource() {
        return several.validate(authorization).requireScope("orders.read").requireAnyGroup(Sample.GROUP);
    }

    @Benchmark
    public Object nimbus() throws Exception {
        return nimbus.process(token, null);
    }

    @Benchmark
    public Object spring() {
        return spring.decode(token);
    }

    @Benchmark
    public Object jose4j() throws Exception {
        return jose4j.processToClaims(token);
    }
}
