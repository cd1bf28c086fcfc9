package dev.signet.jwt.key;

import static dev.signet.jwt.Rejections.assertRejected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.jwt.Reason;
import dev.signet.jwt.Tokens;
import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.VerifiedJwt;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.spec.AlgorithmParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CryptoProviderTest {
    private static final String HEADER = "{\"alg\":\"ES256\"}";

    private static CryptoProvider provider(String algorithm, Supplier<SignatureSpi> signatures) {
        return CryptoProvider.of(new OneService(algorithm, signatures));
    }

    private static final class OneService extends Provider {
        OneService(String algorithm, Supplier<SignatureSpi> signatures) {
            super("Test", "1", "one service");
            putService(new Service(this, "Signature", algorithm, "Test", List.of(), Map.of()) {
                @Override
                public Object newInstance(Object parameter) {
                    return signatures.get();
                }
            });
        }
    }

    private static VerifiedJwt verify(String token, VerificationKey key) {
        return UnverifiedJwt.parse(token).verify(JwkSet.of(List.of(key)), Set.of(JwsAlgorithm.ES256));
    }

    private static VerificationKey es256(CryptoProvider provider) {
        return VerificationKey.fromJwk(Tokens.ES256_KEY.verificationKey().toJwk(), provider);
    }

    @Test
    void of_services_a_provider_lacks_the_jvms_are_used() {
        CryptoProvider empty = CryptoProvider.of(new Provider("Empty", "1", "nothing") {});
        assertThat(verify(Tokens.good(), es256(empty))).isNotNull();
        assertThat(empty.nameFor(JwsAlgorithm.ES256)).isEqualTo("JDK");
        assertThat(empty).hasToString("CryptoProvider[Empty]");
        assertThat(CryptoProvider.jdk()).hasToString("CryptoProvider[JDK]");
    }

    @Test
    void a_provider_that_knows_only_der_signs_and_verifies() {
        AtomicInteger used = new AtomicInteger();
        CryptoProvider der = provider("SHA256withECDSA", () -> new Delegate("SHA256withECDSA", used));
        assertThat(verify(Tokens.good(), es256(der))).isNotNull();
        SigningKey signing = SigningKey.fromJwk(Tokens.ES256_KEY.toPrivateJwk(), der);
        for (int round = 0; round < 100; round++) {
            // Often enough for r and s with leading zeros or high bits.
            assertThat(Tokens.verify(Tokens.sign(signing, HEADER, Tokens.CLAIMS)))
                    .isNotNull();
            assertThat(verify(Tokens.good(), signing.verificationKey())).isNotNull();
        }
        assertThat(used.get()).isGreaterThan(200);
        assertThat(der.nameFor(JwsAlgorithm.ES256)).isEqualTo("Test");
    }

    @Test
    void what_was_made_to_try_an_rsa_key_without_algorithm_checks_its_rs256_signatures() {
        AtomicInteger made = new AtomicInteger();
        CryptoProvider counting = provider("SHA256withRSA", () -> {
            made.incrementAndGet();
            return new Delegate("SHA256withRSA", new AtomicInteger());
        });
        SigningKey signing = Tokens.rsa(JwsAlgorithm.RS256);
        VerificationKey key = VerificationKey.fromJwk(
                signing.verificationKey().toJwk().toBuilder().remove("alg").build(), counting);
        String token = Tokens.sign(signing, "{\"alg\":\"RS256\"}", Tokens.CLAIMS);
        assertThat(UnverifiedJwt.parse(token).verify(JwkSet.of(List.of(key)), Set.of(JwsAlgorithm.RS256)))
                .isNotNull();
        assertThat(made).hasValue(1);
    }

    @Test
    void a_provider_that_refuses_the_key_is_passed_over() {
        CryptoProvider picky = provider("SHA256withECDSAinP1363Format", () -> new Failing(Moment.INITIALIZING));
        assertThat(verify(Tokens.good(), es256(picky))).isNotNull();
    }

    @Nested
    class A_provider_that_throws {
        @ParameterizedTest
        @EnumSource(names = {"CHECKED", "UNCHECKED"})
        void says_that_the_signature_is_bad(Moment moment) {
            CryptoProvider failing = provider("SHA256withECDSAinP1363Format", () -> new Failing(moment));
            VerificationKey key = es256(failing);
            for (int round = 0; round < 3; round++) {
                assertRejected(Reason.BAD_SIGNATURE, () -> verify(Tokens.good(), key));
            }
        }

        @Test
        void cannot_make_a_signing_key() {
            CryptoProvider failing = provider("SHA256withECDSAinP1363Format", () -> new Failing(Moment.CHECKED));
            assertThatThrownBy(() -> SigningKey.fromJwk(Tokens.ES256_KEY.toPrivateJwk(), failing))
                    .isInstanceOf(KeyException.class);
        }
    }

    @Test
    void one_key_serves_many_threads() throws Exception {
        VerificationKey key = Tokens.ES256_KEY.verificationKey();
        String token = Tokens.good();
        String forged = token.substring(0, token.length() - 10) + "AAAAAAAAAA";
        ExecutorService threads = Executors.newFixedThreadPool(32);
        try {
            List<Callable<Boolean>> checks = new ArrayList<>();
            for (int each = 0; each < 400; each++) {
                boolean good = each % 3 != 0;
                checks.add(() -> isGood(good ? token : forged, key) == good);
            }
            for (Future<Boolean> right : threads.invokeAll(checks)) {
                assertThat(right.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean isGood(String token, VerificationKey key) {
        try {
            verify(token, key);
            return true;
        } catch (dev.signet.jwt.JwtRejected rejected) {
            return false;
        }
    }

    enum Moment {
        INITIALIZING,
        CHECKED,
        UNCHECKED
    }

    /** Fails at one moment. */
    private static final class Failing extends Spi {
        private final Moment moment;

        Failing(Moment moment) {
            this.moment = moment;
        }

        @Override
        protected void engineInitVerify(PublicKey key) throws InvalidKeyException {
            if (moment == Moment.INITIALIZING) {
                throw new InvalidKeyException("not this one");
            }
        }

        @Override
        protected void engineInitSign(PrivateKey key) throws InvalidKeyException {
            engineInitVerify(null);
        }

        @Override
        protected void engineUpdate(byte[] octets, int offset, int length) {}

        @Override
        protected boolean engineVerify(byte[] octets) throws SignatureException {
            if (moment == Moment.CHECKED) {
                throw new SignatureException("out of order");
            }
            throw new IllegalStateException("out of order");
        }

        @Override
        protected byte[] engineSign() throws SignatureException {
            throw new SignatureException("out of order");
        }
    }

    /** The JVM's own under another provider's name. */
    private static final class Delegate extends Spi {
        private final Signature signature;
        private final AtomicInteger used;

        Delegate(String name, AtomicInteger used) {
            this.used = used;
            try {
                this.signature = Signature.getInstance(name);
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        @Override
        protected void engineInitVerify(PublicKey key) throws InvalidKeyException {
            signature.initVerify(key);
        }

        @Override
        protected void engineInitSign(PrivateKey key) throws InvalidKeyException {
            signature.initSign(key);
        }

        @Override
        protected void engineUpdate(byte[] octets, int offset, int length) throws SignatureException {
            signature.update(octets, offset, length);
        }

        @Override
        protected boolean engineVerify(byte[] octets) throws SignatureException {
            used.incrementAndGet();
            return signature.verify(octets);
        }

        @Override
        protected byte[] engineSign() throws SignatureException {
            used.incrementAndGet();
            return signature.sign();
        }
    }

    private abstract static class Spi extends SignatureSpi {
        @Override
        protected void engineUpdate(byte octet) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected void engineSetParameter(AlgorithmParameterSpec parameters) {}

        @Override
        @Deprecated
        protected void engineSetParameter(String name, Object value) {
            throw new UnsupportedOperationException();
        }

        @Override
        @Deprecated
        protected Object engineGetParameter(String name) {
            throw new UnsupportedOperationException();
        }
    }
}
