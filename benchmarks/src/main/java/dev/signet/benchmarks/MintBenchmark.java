package dev.signet.benchmarks;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.signet.jwt.JwtSigner;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jose4j.jca.ProviderContext;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

/** An RFC 9068 access token, from its parts to text. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // set up by JMH
public class MintBenchmark {
    private static final String SUBJECT = "5ba552d67";
    private static final String JWT_ID = "dbe39bf3a3ba4238a513f51d6e1691c4";
    private static final String SCOPE_VALUE = "orders.read orders.write";

    @Param
    public Scheme scheme;

    @Param
    public Crypto crypto;

    private Clock clock;
    private byte[] signed;
    private Signature raw;
    private JwtSigner signer;
    private String keyId;
    private JWSSigner nimbus;
    private NimbusJwtEncoder spring;
    private PrivateKey privateKey;
    private Optional<ProviderContext> jose4jContext;

    @Setup
    public void setUp() throws Exception {
        clock = Clock.systemUTC();
        Sample sample = new Sample(scheme, crypto);
        signer = sample.signer();
        keyId = sample.key().keyId();
        String token = signer.sign(Sample.claims(clock.instant()));
        signed = token.substring(0, token.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII);
        String jwk = sample.key().toPrivateJwk().toJson();
        PublicJsonWebKey pair = PublicJsonWebKey.Factory.newPublicJwk(jwk);
        privateKey = pair.getPrivateKey();
        raw = crypto.signature(scheme);
        raw.initSign(privateKey);
        if (scheme != Scheme.ED25519) {
            setUpNimbus(jwk);
        }
        jose4jContext = crypto.installedName().map(name -> {
            ProviderContext context = new ProviderContext();
            context.getSuppliedKeyProviderContext().setSignatureProvider(name);
            return context;
        });
    }

    private void setUpNimbus(String jwk) throws Exception {
        DefaultJWSSignerFactory signers = new DefaultJWSSignerFactory();
        crypto.provider().ifPresent(signers.getJCAContext()::setProvider);
        nimbus = signers.createJWSSigner(JWK.parse(jwk));
        spring = new NimbusJwtEncoder(new ImmutableJWKSet<>(new JWKSet(JWK.parse(jwk))));
    }

    /** The signature alone, with an object that is reused. */
    @Benchmark
    public byte[] rawSignature() throws Exception {
        raw.update(signed);
        return raw.sign();
    }

    /** AccessTokenPayload → JwtSigner. */
    @Benchmark
    public Object jwt() {
        return signer.sign(Sample.claims(clock.instant()));
    }

    @Benchmark
    public Object nimbus() throws Exception {
        Instant now = clock.instant();
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.parse(scheme.algorithm().joseName()))
                        .type(new JOSEObjectType("at+jwt"))
                        .keyID(keyId)
                        .build(),
                new JWTClaimsSet.Builder()
                        .issuer(Sample.ISSUER)
                        .subject(SUBJECT)
                        .claim("client_id", Sample.CLIENT)
                        .audience(Sample.AUDIENCE)
                        .claim("scope", SCOPE_VALUE)
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(1, ChronoUnit.DAYS)))
                        .jwtID(JWT_ID)
                        .build());
        jwt.sign(nimbus);
        return jwt.serialize();
    }

    @Benchmark
    public Object spring() {
        Instant now = clock.instant();
        return spring.encode(JwtEncoderParameters.from(
                        JwsHeader.with(SignatureAlgorithm.from(
                                        scheme.algorithm().joseName()))
                                .type("at+jwt")
                                .keyId(keyId)
                                .build(),
                        JwtClaimsSet.builder()
                                .issuer(Sample.ISSUER)
                                .subject(SUBJECT)
                                .claim("client_id", Sample.CLIENT)
                                .audience(List.of(Sample.AUDIENCE))
                                .claim("scope", SCOPE_VALUE)
                                .issuedAt(now)
                                .expiresAt(now.plus(1, ChronoUnit.DAYS))
                                .id(JWT_ID)
                                .build()))
                .getTokenValue();
    }

    @Benchmark
    public Object jose4j() throws Exception {
        NumericDate now = NumericDate.fromMilliseconds(clock.millis());
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(Sample.ISSUER);
        claims.setSubject(SUBJECT);
        claims.setStringClaim("client_id", Sample.CLIENT);
        claims.setAudience(Sample.AUDIENCE);
        claims.setStringClaim("scope", SCOPE_VALUE);
        claims.setIssuedAt(now);
        claims.setExpirationTime(NumericDate.fromSeconds(now.getValue() + 86_400));
        claims.setJwtId(JWT_ID);
        JsonWebSignature jws = new JsonWebSignature();
        jose4jContext.ifPresent(jws::setProviderContext);
        jws.setAlgorithmHeaderValue(scheme.algorithm().joseName());
        jws.setHeader("typ", "at+jwt");
        jws.setKeyIdHeaderValue(keyId);
        jws.setPayload(claims.toJson());
        jws.setKey(privateKey);
        return jws.getCompactSerialization();
    }
}
