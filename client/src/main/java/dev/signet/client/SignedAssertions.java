package dev.signet.client;

import dev.signet.core.Issuer;
import dev.signet.core.JwtId;
import dev.signet.core.assertion.AssertionGrant;
import dev.signet.jwt.JwtSigner;
import dev.signet.jwt.key.SignerKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Assertions that the client signs itself, each for one request (RFC 7521 §4.1, RFC 7523 §3). Their sole audience is
 * the issuer identifier of the authorization server. Thread-safe.
 */
public final class SignedAssertions implements AssertionSource {

    private final String issuer;
    private final String subject;
    private final JwtSigner signer;
    private final Duration lifetime;
    private final Clock clock;
    private final SecureRandom random;

    private SignedAssertions(Builder builder, String issuer, String subject, SignerKey key) {
        this.issuer = issuer;
        this.subject = subject;
        this.signer = JwtSigner.of(key, AssertionGrant.TYPE);
        this.lifetime = builder.lifetime;
        this.clock = builder.clock;
        this.random = builder.random;
    }

    /** Starts a source; issuer, subject and key must be given. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public String assertionFor(Issuer audience) {
        return signer.sign(AssertionGrant.claims(
                issuer, subject, audience, JwtId.drawnFrom(random::nextBytes), clock.instant(), lifetime));
    }

    /** Issuer only: the subject may be personal. */
    @Override
    public String toString() {
        return "SignedAssertions of " + issuer;
    }

    /** Collects what assertions say. {@link #build()} reports all that is wrong with it at once. */
    public static final class Builder {

        private static final Duration LONGEST = Duration.ofHours(1);

        private @Nullable String issuer;
        private @Nullable String subject;
        private @Nullable SignerKey key;
        private Duration lifetime = Duration.ofSeconds(60);
        private Clock clock = Clock.systemUTC();
        private SecureRandom random = new SecureRandom();

        private Builder() {}

        /** {@code iss}: who the authorization server trusts; the {@code client_id} for a client that speaks for itself. */
        public Builder issuer(String identifier) {
            issuer = identifier;
            return this;
        }

        /** {@code sub}: whom the token will be for. */
        public Builder subject(String identifier) {
            subject = identifier;
            return this;
        }

        /** The key whose public half the authorization server knows as the issuer's. */
        public Builder key(SignerKey privateKey) {
            key = privateKey;
            return this;
        }

        /** How long an assertion lives: 60 seconds unless set, from a second to an hour. */
        public Builder lifetime(Duration wholeSeconds) {
            lifetime = wholeSeconds;
            return this;
        }

        /** The clock: unless set, the system's. */
        public Builder clock(Clock used) {
            clock = used;
            return this;
        }

        /** Where {@code jti} comes from. */
        public Builder random(SecureRandom used) {
            random = used;
            return this;
        }

        /**
         * The source.
         *
         * @throws IllegalArgumentException naming everything that is missing or out of bounds
         */
        public SignedAssertions build() {
            List<String> faults = new ArrayList<>();
            if (issuer == null || issuer.isEmpty()) {
                faults.add("issuer is missing");
            }
            if (subject == null || subject.isEmpty()) {
                faults.add("subject is missing");
            }
            if (key == null) {
                faults.add("key is missing");
            }
            if (key != null && key.algorithm().isMac()) {
                faults.add("key is a shared secret");
            }
            if (lifetime.toSeconds() < 1 || lifetime.compareTo(LONGEST) > 0) {
                faults.add("lifetime must be 1 second to 1 hour");
            }
            if (!faults.isEmpty() || issuer == null || subject == null || key == null) {
                throw new IllegalArgumentException("signed assertions: " + String.join("; ", faults));
            }
            return new SignedAssertions(this, issuer, subject, key);
        }
    }
}
