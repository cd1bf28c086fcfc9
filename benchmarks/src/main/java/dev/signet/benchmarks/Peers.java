package dev.signet.benchmarks;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jca.ProviderContext;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** The peers, each set up as its documentation says for RFC 9068 tokens of one issuer, keys found by {@code kid}. */
final class Peers {
    private Peers() {}

    static DefaultJWTProcessor<SecurityContext> nimbus(Sample sample, Scheme scheme, Crypto crypto)
            throws ParseException, JOSEException {
        DefaultJWTProcessor<SecurityContext> processor = processor(sample, scheme, crypto);
        processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                Sample.AUDIENCE,
                new JWTClaimsSet.Builder().issuer(Sample.ISSUER).build(),
                Set.of("sub", "iat", "exp", "jti", "client_id")));
        return processor;
    }

    private static DefaultJWTProcessor<SecurityContext> processor(Sample sample, Scheme scheme, Crypto crypto)
            throws ParseException {
        JWKSet keys =
                new JWKSet(JWK.parse(sample.key().verificationKey().toJwk().toJson()));
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
                JWSAlgorithm.parse(scheme.algorithm().joseName()), new ImmutableJWKSet<>(keys)));
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt")));
        DefaultJWSVerifierFactory verifiers = new DefaultJWSVerifierFactory();
        crypto.provider().ifPresent(verifiers.getJCAContext()::setProvider);
        processor.setJWSVerifierFactory(verifiers);
        return processor;
    }

    static JwtDecoder spring(Sample sample, Scheme scheme, Crypto crypto) throws ParseException {
        DefaultJWTProcessor<SecurityContext> processor = processor(sample, scheme, crypto);
        // As its own builders do: claims are left to its validators.
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
        decoder.setJwtValidator(JwtValidators.createAtJwtValidator()
                .issuer(Sample.ISSUER)
                .audience(Sample.AUDIENCE)
                .clientId(Sample.CLIENT)
                .build());
        return decoder;
    }

    static JwtConsumer jose4j(Sample sample, Scheme scheme, Crypto crypto) throws JoseException {
        JsonWebKey key =
                JsonWebKey.Factory.newJwk(sample.key().verificationKey().toJwk().toJson());
        JwtConsumerBuilder builder = new JwtConsumerBuilder()
                .setVerificationKeyResolver(
                        new JwksVerificationKeyResolver(new JsonWebKeySet(List.of(key)).getJsonWebKeys()))
                .setJwsAlgorithmConstraints(new AlgorithmConstraints(
                        ConstraintType.PERMIT, scheme.algorithm().joseName()))
                .setExpectedType(true, "at+jwt")
                .setExpectedIssuer(Sample.ISSUER)
                .setExpectedAudience(Sample.AUDIENCE)
                .setRequireSubject()
                .setRequireJwtId()
                .setRequireIssuedAt()
                .setRequireExpirationTime();
        Optional<String> provider = crypto.installedName();
        if (provider.isPresent()) {
            ProviderContext context = new ProviderContext();
            context.getSuppliedKeyProviderContext().setSignatureProvider(provider.get());
            builder.setJwsProviderContext(context);
        }
        return builder.build();
    }
}
