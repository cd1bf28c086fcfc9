package dev.signet.jwt.differential;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.crypto.impl.CriticalHeaderParamsDeferral;
import com.nimbusds.jose.crypto.impl.EdDSAProvider;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PublicKey;
import java.security.Signature;
import java.text.ParseException;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;

/** Two libraries told the same rules as ours: type, issuer, audience, subject, times with 30 s of skew. */
final class Peers {

    /** Gives the subject of a JWT that is accepted. */
    interface Peer {
        Optional<String> subject(String jwt);
    }

    private Peers() {}

    static Peer nimbus(String algorithm, String publicOrSecretJwk) {
        DefaultJWTProcessor<SecurityContext> processor = nimbusRules();
        try {
            processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
                    JWSAlgorithm.parse(algorithm), new ImmutableJWKSet<>(new JWKSet(JWK.parse(publicOrSecretJwk)))));
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
        return accepting(processor);
    }

    /** Nimbus with the JDK's signature check in place of its own, which needs a library that is not here. */
    static Peer nimbusEd25519(PublicKey key) {
        DefaultJWTProcessor<SecurityContext> processor = nimbusRules();
        processor.setJWSKeySelector(
                (header, context) -> header.getAlgorithm().equals(JWSAlgorithm.EdDSA) ? List.of(key) : List.of());
        processor.setJWSVerifierFactory(new DefaultJWSVerifierFactory() {
            @Override
            public JWSVerifier createJWSVerifier(JWSHeader header, Key chosen) {
                return new JdkEd25519Verifier(key);
            }
        });
        return accepting(processor);
    }

    private static final class JdkEd25519Verifier extends EdDSAProvider implements JWSVerifier {
        private final CriticalHeaderParamsDeferral critical = new CriticalHeaderParamsDeferral();
        private final PublicKey key;

        JdkEd25519Verifier(PublicKey key) {
            this.key = key;
        }

        @Override
        public boolean verify(JWSHeader header, byte[] input, Base64URL signature) throws JOSEException {
            try {
                Signature check = Signature.getInstance("Ed25519");
                check.initVerify(key);
                check.update(input);
                return critical.headerPasses(header) && check.verify(signature.decode());
            } catch (GeneralSecurityException e) {
                throw new JOSEException(e.getMessage(), e);
            }
        }
    }

    private static DefaultJWTProcessor<SecurityContext> nimbusRules() {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(
                new JOSEObjectType("at+jwt"), new JOSEObjectType("application/at+jwt")));
        DefaultJWTClaimsVerifier<SecurityContext> claims =
                new DefaultJWTClaimsVerifier<>(
                        Mutations.AUDIENCE,
                        new JWTClaimsSet.Builder().issuer(Mutations.ISSUER).build(),
                        Set.of("exp", "sub")) {
                    @Override
                    protected Date currentTime() {
                        return new Date(Mutations.NOW * 1000);
                    }
                };
        claims.setMaxClockSkew(30);
        processor.setJWTClaimsSetVerifier(claims);
        return processor;
    }

    private static Peer accepting(DefaultJWTProcessor<SecurityContext> processor) {
        return jwt -> {
            try {
                return Optional.ofNullable(processor.process(jwt, null).getSubject());
            } catch (ParseException | BadJOSEException | JOSEException | RuntimeException refused) {
                return Optional.empty();
            }
        };
    }

    static Peer jose4j(String algorithm, Key key) {
        JwtConsumer consumer = new JwtConsumerBuilder()
                .setExpectedType(true, "at+jwt")
                .setExpectedIssuer(Mutations.ISSUER)
                .setExpectedAudience(Mutations.AUDIENCE)
                .setRequireExpirationTime()
                .setRequireSubject()
                .setAllowedClockSkewInSeconds(30)
                .setEvaluationTime(NumericDate.fromSeconds(Mutations.NOW))
                .setJwsAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, algorithm))
                .setVerificationKey(key)
                .build();
        return jwt -> {
            try {
                return Optional.ofNullable(consumer.processToClaims(jwt).getSubject());
            } catch (InvalidJwtException | MalformedClaimException | RuntimeException refused) {
                return Optional.empty();
            }
        };
    }
}
