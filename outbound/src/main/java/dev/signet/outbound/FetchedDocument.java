package dev.signet.outbound;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** A document that was fetched within its limits. What it says is as yet unchecked. */
public final class FetchedDocument {
    private final URI uri;
    private final String contentType;
    private final byte[] body;
    private final Optional<Duration> maximumAge;

    FetchedDocument(URI uri, String contentType, byte[] body, Optional<Duration> maximumAge) {
        this.uri = uri;
        this.contentType = contentType;
        this.body = body;
        this.maximumAge = maximumAge;
    }

    /** Where it was. */
    public URI uri() {
        return uri;
    }

    /** Its media type in lower case, without parameters. */
    public String contentType() {
        return contentType;
    }

    /** Its octets, a copy. */
    public byte[] body() {
        return body.clone();
    }

    /** How long the server lets it be kept (RFC 9111 §5.2.2); zero if not at all; empty if it does not say. */
    public Optional<Duration> maximumAge() {
        return maximumAge;
    }

    /** Shows no content. */
    @Override
    public String toString() {
        return "FetchedDocument[" + contentType + ", " + body.length + " octets]";
    }
}
