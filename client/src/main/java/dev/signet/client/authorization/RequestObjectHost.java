package dev.signet.client.authorization;

import java.net.URI;

/**
 * Where an application puts request objects, for the server to fetch (RFC 9101 §5.2): an https address of its own, which answers with
 * the request object and the media type {@link dev.signet.core.requestobject.RequestObject#MEDIA_TYPE}. Thread-safe.
 *
 * <pre>{@code
 * RequestObjectHost host = (name, requestObject) -> {
 *     documents.put(name, requestObject);
 *     return URI.create("https://shop.example.com/requests/" + name);
 * };
 * }</pre>
 *
 * <p>Who keeps them takes them away again after {@link dev.signet.core.requestobject.RequestObjectClaims#LIFETIME}, when they are good for
 * nothing (RFC 9101 §5.2.1). At a server that wants addresses registered, the address is always the same, and holds whatever was put
 * there last: as random in its path as a name, and of no use to several people at the same time.
 */
@FunctionalInterface
public interface RequestObjectHost {

    /** The most characters that an address may have, all of them ASCII (RFC 9101 §5.2). */
    int LONGEST = 512;

    /**
     * Puts one there.
     *
     * @param name new each time, and not to be guessed: 43 letters, digits, hyphens and underscores. The address holds it, unless the
     *     server takes registered ones only
     * @param requestObject the compact serialization of a JWT
     * @return where the server finds it
     * @throws RuntimeException if it can't be put there now; it is the cause in {@link dev.signet.client.Failure.NotSent}
     */
    URI put(String name, String requestObject);
}
