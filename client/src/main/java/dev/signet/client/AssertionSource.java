package dev.signet.client;

import dev.signet.core.Issuer;

/**
 * Where the assertions of a JWT-bearer grant come from: a file that the platform renews ({@link TokenFile}), a token service, or
 * the client's own key ({@link SignedAssertions}). Asked for every request to the authorization server, retries
 * included, from any thread.
 *
 * <pre>{@code
 * AssertionSource source = audience -> System.getenv("CI_JOB_JWT");
 * }</pre>
 */
@FunctionalInterface
public interface AssertionSource {

    /**
     * An assertion for one request, newly made if the source makes them (RFC 7521 §4.1).
     *
     * @param audience the authorization server it will be sent to, by the issuer identifier of its validated metadata
     * @return one JWT in compact serialization, without white space
     * @throws RuntimeException if there is none now; it is the cause in {@link Failure.NotSent}
     */
    String assertionFor(Issuer audience);
}
