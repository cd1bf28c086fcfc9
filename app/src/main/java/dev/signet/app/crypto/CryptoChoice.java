package dev.signet.app.crypto;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import com.amazon.corretto.crypto.provider.SelfTestStatus;
import dev.signet.jwt.key.CryptoProvider;
import java.util.Optional;

/** Which provider signs and verifies. */
public enum CryptoChoice {
    /** The native provider where it loads and passes its self-test, else the JDK's. */
    AUTO,
    /** The JDK's. */
    JDK,
    /** The native provider, or nothing. */
    ACCP;

    /**
     * The provider. Takes a few tenths of a second where it loads native code.
     *
     * @throws CryptoUnavailable if {@link #ACCP} was chosen and can't be used on this machine
     */
    public SelectedCrypto select() {
        if (this == JDK) {
            return new SelectedCrypto(CryptoProvider.jdk(), "jdk");
        }
        return nativeProvider()
                .map(provider -> new SelectedCrypto(CryptoProvider.of(provider), "accp"))
                .orElseGet(() -> {
                    if (this == ACCP) {
                        throw new CryptoUnavailable();
                    }
                    return new SelectedCrypto(CryptoProvider.jdk(), "jdk");
                });
    }

    private static Optional<AmazonCorrettoCryptoProvider> nativeProvider() {
        try {
            AmazonCorrettoCryptoProvider provider = AmazonCorrettoCryptoProvider.INSTANCE;
            if (provider.getLoadingError() == null && provider.runSelfTests() == SelfTestStatus.PASSED) {
                return Optional.of(provider);
            }
            return Optional.empty();
        } catch (LinkageError | RuntimeException e) {
            return Optional.empty(); // no native code for this machine
        }
    }
}
