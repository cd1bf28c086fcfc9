package dev.signet.client;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tokens of one client, kept and used again until shortly before they expire. Thread-safe.
 *
 * <p>Requests that are equal in grant, scope and resource share a token, and one thread at a time asks for it: the
 * others wait for its answer, or take the token there is while that lasts. After a failure the server is left alone for
 * a second, twice as long at each further failure, up to 16 seconds; meanwhile the same failure is given. A token whose
 * lifetime the server does not say is kept for a minute. At most 1 000 tokens are kept, the least used go first.
 */
public final class CachedTokens {

    /** The most tokens that are kept. */
    public static final int MAXIMUM_TOKENS = 1_000;

    private final TokenClient client;
    private final Map<TokenRequest, CachedToken> tokens = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<TokenRequest, CachedToken> eldest) {
            return size() > MAXIMUM_TOKENS;
        }
    };

    private CachedTokens(TokenClient client) {
        this.client = client;
    }

    /** A cache, empty at first, of what this client obtains. */
    public static CachedTokens of(TokenClient client) {
        return new CachedTokens(client);
    }

    /**
     * The token there is, or else a new one.
     *
     * @throws RuntimeException whatever the request's {@link AssertionSource} throws
     */
    public TokenOutcome token(TokenRequest request) {
        return cached(request).token();
    }

    /** Lets go of a token that the resource refused, so that the next call asks for another. */
    public void forget(TokenRequest request, IssuedToken refused) {
        cached(request).forget(refused);
    }

    private CachedToken cached(TokenRequest request) {
        synchronized (tokens) {
            return tokens.computeIfAbsent(request, wanted -> new CachedToken(client, wanted));
        }
    }
}
