package dev.signet.benchmarks;

import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SignatureSpi;
import java.security.spec.AlgorithmParameterSpec;
import java.util.List;
import java.util.Map;

/**
 * Accepts every signature and makes constant ones, at once: what remains is everything else a library does. A check
 * of 600 µs would hide a difference of 1 µs; this one hides nothing.
 */
final class InstantProvider extends Provider {
    private static final long serialVersionUID = 1L;

    InstantProvider() {
        super("Instant", "1", "signatures that take no time");
        for (Scheme scheme : Scheme.values()) {
            putService(new Instant(this, scheme.rawSignatureName(), constant(scheme.signatureLength())));
        }
        // As jose4j names Ed25519, and with r = s = 1 in DER, which peers ask for.
        putService(new Instant(this, "EdDSA", constant(Scheme.ED25519.signatureLength())));
        putService(new Instant(this, "SHA256withECDSA", new byte[] {0x30, 6, 2, 1, 1, 2, 1, 1}));
    }

    /** As r and s both are 1: in range, as they must be before a provider is asked. */
    private static byte[] constant(int length) {
        byte[] signature = new byte[length];
        signature[length / 2 - 1] = 1;
        signature[length - 1] = 1;
        return signature;
    }

    private static final class Instant extends Service {
        private final byte[] signature;

        Instant(Provider provider, String algorithm, byte[] signature) {
            super(provider, "Signature", algorithm, "Instant", List.of(), Map.of());
            this.signature = signature;
        }

        @Override
        public Object newInstance(Object parameter) {
            return new InstantSignature(signature);
        }

        @Override
        public boolean supportsParameter(Object parameter) {
            return true;
        }
    }

    private static final class InstantSignature extends SignatureSpi {
        private final byte[] signature;

        InstantSignature(byte[] signature) {
            this.signature = signature;
        }

        @Override
        protected void engineInitVerify(PublicKey key) {}

        @Override
        protected void engineInitSign(PrivateKey key) {}

        @Override
        protected void engineUpdate(byte octet) {}

        @Override
        protected void engineUpdate(byte[] octets, int offset, int length) {}

        @Override
        protected byte[] engineSign() {
            return signature.clone();
        }

        @Override
        protected boolean engineVerify(byte[] octets) {
            return true;
        }

        @Override
        protected void engineSetParameter(AlgorithmParameterSpec parameters) {}

        @Override
        @Deprecated
        protected void engineSetParameter(String name, Object value) {}

        @Override
        @Deprecated
        protected Object engineGetParameter(String name) {
            throw new UnsupportedOperationException();
        }
    }
}
