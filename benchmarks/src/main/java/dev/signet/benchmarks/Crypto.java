package dev.signet.benchmarks;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import dev.signet.jwt.key.CryptoProvider;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.util.Optional;

/** Where the signatures come from. */
public enum Crypto {
    /** The JDK's own providers. */
    JDK(Optional.empty()),
    /** Amazon Corretto Crypto Provider. */
    ACCP(Optional.of(AmazonCorrettoCryptoProvider.INSTANCE)),
    /** Signatures that take no time: what is left is the library. */
    NONE(Optional.of(new InstantProvider()));

    @SuppressWarnings("ImmutableEnumChecker") // set up once and only asked afterwards
    private final Optional<Provider> provider;

    Crypto(Optional<Provider> provider) {
        this.provider = provider;
    }

    Optional<Provider> provider() {
        return provider;
    }

    public CryptoProvider toSignet() {
        return provider.map(CryptoProvider::of).orElseGet(CryptoProvider::jdk);
    }

    Signature signature(Scheme scheme) throws GeneralSecurityException {
        return provider.isPresent()
                ? Signature.getInstance(scheme.rawSignatureName(), provider.get())
                : Signature.getInstance(scheme.rawSignatureName());
    }

    /** The provider's name once it is installed behind the others, for libraries that find it only so. */
    Optional<String> installedName() {
        provider.ifPresent(Security::addProvider);
        return provider.map(Provider::getName);
    }
}
