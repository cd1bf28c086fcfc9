package dev.signet.outbound;

import java.util.List;
import java.util.Optional;

/** An answer to a request that was sent, whatever its status, within its limits. */
public final class HttpReply {
    private final ResponseHead head;
    private final byte[] body;

    HttpReply(ResponseHead head, byte[] body) {
        this.head = head;
        this.body = body;
    }

    ResponseHead head() {
        return head;
    }

    /** The status, 200 to 599, without redirects. */
    public int status() {
        return head.status();
    }

    /** Whether the status says that another try may be answered otherwise: 429, and all from 500 on. */
    public boolean saysLater() {
        return head.saysLater();
    }

    /** The values of a header field, which is named in whatever case; none if it is absent. */
    public List<String> headers(String name) {
        return head.values(name);
    }

    /** The media type in lower case, without parameters; empty only if there is no body. */
    public Optional<String> contentType() {
        return head.contentType();
    }

    /** The octets of the body, a copy. */
    public byte[] body() {
        return body.clone();
    }

    /** Shows no content. */
    @Override
    public String toString() {
        return "HttpReply[" + status() + ", " + body.length + " octets]";
    }
}
