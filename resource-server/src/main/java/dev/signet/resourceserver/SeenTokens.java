package dev.signet.resourceserver;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.signet.jwt.key.VerificationKey;
import dev.signet.resourceserver.AccessTokenOutcome.Valid;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that were found good before, so that they need not be validated at every request. Bounded; holds good tokens
 * only, so nobody without a good token can fill it, and nothing of a token that could be used. Thread-safe.
 */
final class SeenTokens {

    private static final int MAXIMUM_LENGTH = 8_192;

    private final Cache<Fingerprint, Seen> cache;
    private final boolean keepsTokens;

    /** @param maximumSize how many tokens are kept; 0 for none */
    SeenTokens(int maximumSize) {
        this.keepsTokens = maximumSize > 0;
        // Housekeeping is short and done by whoever comes by, so that no thread is left behind.
        this.cache = Caffeine.newBuilder()
                .maximumSize(maximumSize)
                .executor(Runnable::run)
                .build();
    }

    /** What the token that begins there is looked for by; null if tokens like it are never kept. */
    @Nullable
    Fingerprint fingerprint(String text, int start) {
        return keepsTokens && text.length() - start <= MAXIMUM_LENGTH ? Fingerprint.of(text, start) : null;
    }

    /** What was found out about a token, if it still holds; null if it is to be validated. */
    @Nullable
    Valid find(Fingerprint fingerprint, long now) {
        Seen seen = cache.getIfPresent(fingerprint);
        if (seen == null) {
            return null;
        }
        if (now < seen.usableUntil && (seen.key == null || seen.issuer.has(seen.key))) {
            return seen.outcome;
        }
        cache.invalidate(fingerprint);
        return null;
    }

    /** Keeps a token that was just found good. */
    void put(Fingerprint fingerprint, Valid outcome, IssuerRules issuer, VerificationKey key) {
        put(fingerprint, outcome, issuer, key, issuer.usableUntil(outcome.token()));
    }

    /**
     * Keeps a token that its issuer just found good.
     *
     * @param key what it was verified with; null for an opaque token
     * @param usableUntil in milliseconds of the epoch
     */
    void put(
            Fingerprint fingerprint,
            Valid outcome,
            IssuerRules issuer,
            @Nullable VerificationKey key,
            long usableUntil) {
        cache.put(fingerprint.withoutSignature(), new Seen(outcome, issuer, key, usableUntil));
    }

    /** How many tokens are kept. */
    long size() {
        cache.cleanUp();
        return cache.estimatedSize();
    }

    /** All that is held on to for finding tokens again; for tests. */
    Iterable<Fingerprint> kept() {
        return cache.asMap().keySet();
    }

    /**
     * What was found out about a token.
     *
     * @param key the key it was verified with, which must be the issuer's still; null if there was none
     * @param usableUntil when it is not accepted any more, in milliseconds of the epoch
     */
    private record Seen(
            Valid outcome, IssuerRules issuer, @Nullable VerificationKey key, long usableUntil) {}
}
