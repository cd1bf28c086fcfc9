package dev.signet.core.http;

import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An HTTP request as an adapter hands it in.
 *
 * <p>Nothing in it has been checked; whatever a peer sends can be held. The body is read by the adapter, at most
 * {@link #MAXIMUM_BODY} octets of it. Immutable.
 */
public final class ProtocolRequest {

    /** The most octets of a body that are processed. An adapter stops reading after one more. */
    public static final int MAXIMUM_BODY = 65_536;

    private static final String FORM = "application/x-www-form-urlencoded";

    private final String method;
    private final String path;
    private final Optional<String> query;
    private final Map<String, List<String>> headers;
    private final byte[] body;
    private final boolean bodyTooLarge;
    private final Optional<String> remoteAddress;

    private ProtocolRequest(Builder builder) {
        method = builder.method;
        path = builder.path;
        query = builder.query;
        headers = new LinkedHashMap<>();
        builder.headers.forEach((name, values) -> headers.put(name, List.copyOf(values)));
        body = builder.body;
        bodyTooLarge = builder.bodyTooLarge;
        remoteAddress = builder.remoteAddress;
    }

    /**
     * Starts a request.
     *
     * @param method the HTTP method, in the letter case it was sent with
     * @param path the path of the request URI as it was sent: percent-encoded, without query
     */
    public static Builder builder(String method, String path) {
        return new Builder(method, path);
    }

    /**
     * A request without its body, of what every HTTP stack can say about it.
     *
     * @param method the HTTP method, in the letter case it was sent with
     * @param target path and query as they were sent, percent-encoded
     * @param headers the values of each header, one for each field line
     */
    public static ProtocolRequest of(String method, String target, Map<String, List<String>> headers) {
        return started(method, target, headers).build();
    }

    /**
     * A request with its body, of what every HTTP stack can say about it.
     *
     * @param method the HTTP method, in the letter case it was sent with
     * @param target path and query as they were sent, percent-encoded
     * @param headers the values of each header, one for each field line
     * @param body its first octets are enough, if they are more than {@link #MAXIMUM_BODY}
     */
    public static ProtocolRequest of(String method, String target, Map<String, List<String>> headers, byte[] body) {
        return started(method, target, headers).body(body).build();
    }

    private static Builder started(String method, String target, Map<String, List<String>> headers) {
        int mark = target.indexOf('?');
        Builder builder = builder(method, mark < 0 ? target : target.substring(0, mark));
        if (mark >= 0) {
            builder.query(target.substring(mark + 1));
        }
        headers.forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
        return builder;
    }

    /** The HTTP method. */
    public String method() {
        return method;
    }

    /** The path of the request URI, percent-encoded, without query. */
    public String path() {
        return path;
    }

    /** The query of the request URI, percent-encoded, without the question mark. */
    public Optional<String> query() {
        return query;
    }

    /** The first value of a header; letter case of the name does not matter. */
    public Optional<String> header(String name) {
        return headers(name).stream().findFirst();
    }

    /** All values of a header, one for each field line, in order. */
    public List<String> headers(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    /** A copy of the body; empty if it was too large. */
    public byte[] body() {
        return body.clone();
    }

    /** True if there was more than {@link #MAXIMUM_BODY}. */
    public boolean bodyTooLarge() {
        return bodyTooLarge;
    }

    /** The address that it came from, where the adapter says so: of a client, or of a proxy before this server. */
    public Optional<String> remoteAddress() {
        return remoteAddress;
    }

    /**
     * Reads the body as a form (RFC 6749 §3.2).
     *
     * @throws OAuthException {@code invalid_request} if the body is too large, has another content type or charset than
     *     {@code application/x-www-form-urlencoded} in UTF-8, or is malformed
     */
    public FormParameters form() {
        if (bodyTooLarge) {
            throw OAuthException.invalidRequest(
                    "The body is too large",
                    RefusalReason.BODY_TOO_LARGE,
                    "the body has more than " + MAXIMUM_BODY + " octets");
        }
        if (!hasContentType(FORM)) {
            int types = headers("content-type").size();
            throw OAuthException.invalidRequest(
                    "The body must be " + FORM + " in UTF-8",
                    RefusalReason.CONTENT_TYPE,
                    types == 1 ? "another content type" : types + " content types");
        }
        return FormParameters.parse(body);
    }

    /**
     * Reads the query of the request URI by the rules of a form (RFC 6749 §3.1).
     *
     * @throws OAuthException {@code invalid_request} if it is malformed
     */
    public FormParameters queryParameters() {
        return query.map(FormParameters::parse).orElseGet(FormParameters::empty);
    }

    /** Method, path and sizes: query, headers and body may be secret. */
    @Override
    public String toString() {
        return method + " " + path + " with " + headers.size() + " headers and " + body.length + " octets";
    }

    /** Whether the body has that media type, alone or with the one parameter {@code charset=utf-8}. */
    public boolean hasContentType(String mediaType) {
        List<String> types = headers("content-type");
        return types.size() == 1 && isOf(mediaType, types.get(0));
    }

    private static boolean isOf(String mediaType, String contentType) {
        String type = contentType.toLowerCase(Locale.ROOT);
        int semicolon = type.indexOf(';');
        if (semicolon < 0) {
            return type.strip().equals(mediaType);
        }
        String parameter = type.substring(semicolon + 1).strip();
        return type.substring(0, semicolon).strip().equals(mediaType)
                && (parameter.equals("charset=utf-8") || parameter.equals("charset=\"utf-8\""));
    }

    /** Collects a request; whatever arrived may be given. */
    public static final class Builder {

        private final String method;
        private final String path;
        private final Map<String, List<String>> headers = new LinkedHashMap<>();
        private Optional<String> query = Optional.empty();
        private byte[] body = {};
        private boolean bodyTooLarge;
        private Optional<String> remoteAddress = Optional.empty();

        private Builder(String method, String path) {
            this.method = method;
            this.path = path;
        }

        /** The query, percent-encoded, without the question mark. */
        public Builder query(String query) {
            this.query = Optional.of(query);
            return this;
        }

        /** Adds a header field line. */
        public Builder header(String name, String value) {
            headers.computeIfAbsent(name.toLowerCase(Locale.ROOT), key -> new ArrayList<>(1))
                    .add(value);
            return this;
        }

        /** The body; one of more than {@link #MAXIMUM_BODY} octets counts as too large and is dropped. */
        public Builder body(byte[] body) {
            if (body.length > MAXIMUM_BODY) {
                return bodyTooLarge();
            }
            this.body = body.clone();
            return this;
        }

        /** A form body in ASCII with its content type. */
        public Builder form(String form) {
            return header("content-type", FORM).body(form.getBytes(StandardCharsets.UTF_8));
        }

        /** The address that the request came from, which may be a proxy's. */
        public Builder remoteAddress(String address) {
            this.remoteAddress = Optional.of(address);
            return this;
        }

        /** Says that there was more body than may be read. */
        public Builder bodyTooLarge() {
            this.body = new byte[0];
            this.bodyTooLarge = true;
            return this;
        }

        /** The request. */
        public ProtocolRequest build() {
            return new ProtocolRequest(this);
        }
    }
}
