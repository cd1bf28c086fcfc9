package dev.signet.client;

import dev.signet.core.Issuer;

/**
 * Where the assertions of a JWT-bearer grant come from: a file that the platform renews, a token service, or the
 * client's own key, see {@link SignedAssertions}. Asked for every request to the authorization server, retries
 * included, from any thread.
 *
 * <pre>{@code
 * AssertionSource source = audience -> {
 *     try {
 *         return Files.readString(projectedToken).strip();
 *     } catch (IOException e) {
 *         throw new UncheckedIOException(e);
 *     }
 * };
 * }</pre>
 *
 * <p>Requests whose sources are equal share a token in {@link CachedTokens}: keep one source for each subject.
 */
@FunctionalInterface
public interface AssertionSource {

    /**
     * An assertion for one request, newly made if the source makes them (RFC 7521 §4.1).
     *
     * @param audience the authorization server it will be sent to, by the issuer identifier of its validated metadata
     * @return one JWT in compact serialization, without white space
     * @throws RuntimeException if there is none now; it reaches whoever asked for a token
     */
    String assertionFor(Issuer audience);
}
