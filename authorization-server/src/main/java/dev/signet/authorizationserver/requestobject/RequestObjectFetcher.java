package dev.signet.authorizationserver.requestobject;

import dev.signet.core.requestobject.RequestObject;
import dev.signet.outbound.FetchLimits;
import dev.signet.outbound.FetchedDocument;
import dev.signet.outbound.OutboundException;
import dev.signet.outbound.OutboundHttp;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;

/**
 * Gets a request object that a client hosts (RFC 9101 §5.2.3). A server without one takes no {@code request_uri} but its own; whoever
 * gives one accepts that clients make it call URIs that are registered for them. Replace it to get request objects in another way that is
 * as secure, such as from a store that clients put them into. Thread-safe.
 */
@FunctionalInterface
public interface RequestObjectFetcher {

    /** The largest request object, in octets. */
    int LARGEST = 64 * 1024;

    /** The longest time for all of a call. */
    Duration TIMEOUT = Duration.ofSeconds(5);

    /** So many are fetched at once: hosts that are slow must not take all the threads that a server has. */
    int MOST_AT_ONCE = 50;

    /**
     * The request object.
     *
     * @param uri one of the {@code request_uris} of the client, without fragment
     * @param mediaTypes those it may be of
     * @throws OutboundException if it can't be had: the client is told {@code invalid_request_uri}
     */
    Hosted fetch(URI uri, Set<String> mediaTypes);

    /**
     * By the outgoing connections of this program, within their limits: https, public addresses, no redirects; {@value #MOST_AT_ONCE} at
     * once.
     */
    static RequestObjectFetcher over(OutboundHttp http) {
        Semaphore fetches = new Semaphore(MOST_AT_ONCE);
        return (uri, mediaTypes) -> {
            if (!fetches.tryAcquire()) {
                throw new OutboundException(
                        OutboundException.Reason.OVERLOADED, "too many request objects are being fetched");
            }
            try {
                FetchedDocument document = http.get(uri, new FetchLimits(LARGEST, mediaTypes, TIMEOUT));
                return new Hosted(document.contentType(), new String(document.body(), StandardCharsets.UTF_8).strip());
            } finally {
                fetches.release();
            }
        };
    }

    /**
     * What was at the URI.
     *
     * @param mediaType in lower case, without parameters, such as {@link RequestObject#MEDIA_TYPE}
     * @param text as yet unchecked
     */
    record Hosted(String mediaType, String text) {

        /** The media type only. */
        @Override
        public String toString() {
            return "Hosted " + mediaType;
        }
    }
}
