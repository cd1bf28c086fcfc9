package dev.signet.core.http;

import dev.signet.core.error.OAuthError;
import dev.signet.jwt.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An HTTP response for an adapter to send, exactly as it is. Immutable.
 */
public final class ProtocolResponse {

    private final int status;
    private final List<Header> headers;
    private final byte[] body;

    private ProtocolResponse(Builder builder) {
        status = builder.status;
        headers = List.copyOf(builder.headers);
        body = builder.body;
    }

    /** Starts a response without headers and body. */
    public static Builder builder(int status) {
        return new Builder(status);
    }

    /** A response with a JSON body. */
    public static ProtocolResponse json(int status, JsonObject json) {
        return builder(status).json(json).build();
    }

    /** The error response of RFC 6749 §5.2, with the status of its code; not to be stored. */
    public static ProtocolResponse error(OAuthError error) {
        return builder(error.code().status()).json(error.toJson()).noStore().build();
    }

    /** A builder that starts with this response. */
    public Builder toBuilder() {
        Builder builder = new Builder(status);
        builder.headers.addAll(headers);
        builder.body = body;
        return builder;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The header fields, in the order they are to be sent. */
    public List<Header> headers() {
        return headers;
    }

    /** The first value of a header; letter case of the name does not matter. */
    public Optional<String> header(String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .findFirst();
    }

    /** Whether it is kept out of every cache (RFC 9111 §5.2.2.5). */
    public boolean isNoStore() {
        for (Header header : headers) {
            if (header.name().equalsIgnoreCase("Cache-Control")) {
                return header.value().contains("no-store");
            }
        }
        return false;
    }

    /** A copy of the body. */
    public byte[] body() {
        return body.clone();
    }

    /** Status and size: headers and body may be secret. */
    @Override
    public String toString() {
        return status + " with " + headers.size() + " headers and " + body.length + " octets";
    }

    /** Collects a response. */
    public static final class Builder {

        private final List<Header> headers = new ArrayList<>();
        private int status;
        private byte[] body = {};

        private Builder(int status) {
            status(status);
        }

        /** The HTTP status, 200 to 599. */
        public final Builder status(int status) {
            if (status < 200 || status > 599) {
                throw new IllegalArgumentException("status must be 200 to 599");
            }
            this.status = status;
            return this;
        }

        /**
         * Adds a header field.
         *
         * @throws IllegalArgumentException if name or value hold a character that a header must not have
         */
        public Builder header(String name, String value) {
            headers.add(new Header(name, value));
            return this;
        }

        /**
         * Sets a header field, in the place of those of that name.
         *
         * @throws IllegalArgumentException if name or value hold a character that a header must not have
         */
        public Builder replaceHeader(String name, String value) {
            headers.removeIf(header -> header.name().equalsIgnoreCase(name));
            return header(name, value);
        }

        /** Keeps the response out of every cache (RFC 6749 §5.1). */
        public Builder noStore() {
            return header("Cache-Control", "no-store").header("Pragma", "no-cache");
        }

        /** Adds a challenge. */
        public Builder challenge(Challenge challenge) {
            return header("WWW-Authenticate", challenge.toString());
        }

        /** The body with its content type. */
        public Builder body(String contentType, byte[] body) {
            header("Content-Type", contentType);
            this.body = body.clone();
            return this;
        }

        /** A JSON body with its content type. */
        public Builder json(JsonObject json) {
            header("Content-Type", "application/json");
            this.body = json.toBytes();
            return this;
        }

        /** The response. */
        public ProtocolResponse build() {
            return new ProtocolResponse(this);
        }
    }
}
