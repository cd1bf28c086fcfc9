package dev.signet.outbound;

import dev.signet.core.Issuer;
import dev.signet.core.metadata.AuthorizationServerMetadata;
import dev.signet.core.metadata.MetadataException;
import dev.signet.core.metadata.MetadataPaths;
import dev.signet.jwt.json.JsonException;
import dev.signet.jwt.json.JsonObject;
import dev.signet.outbound.CachedDocument.Found;
import dev.signet.outbound.OutboundException.Reason;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What an authorization server publishes about itself, by its issuer identifier alone (RFC 8414 §3). Thread-safe.
 *
 * <p>The document is fetched where RFC 8414 puts it and, only if there is none (status 404), where OpenID Connect
 * Discovery 1.0 puts it. One that names another issuer is not used at all (RFC 8414 §3.3). It is used as long as the
 * server lets it be kept, from 5 minutes to 24 hours, fetched again in the background before that, and not used any
 * longer if it cannot be fetched.
 */
public final class MetadataSource {
    private static final int NOT_FOUND = 404;

    private final Issuer issuer;
    private final OutboundHttp http;
    private final CachedDocument<AuthorizationServerMetadata> document;

    private MetadataSource(Builder builder) {
        this.issuer = builder.issuer;
        this.http = builder.http;
        Executor executor = builder.executor == null ? builder.http.executor() : builder.executor;
        this.document = new CachedDocument<>(
                this::fetch, builder.clock, executor, new CacheLife(builder.staleFor), http.waiting());
    }

    /** Starts the source of an issuer's metadata; nothing is fetched before it is needed. */
    public static Builder builder(Issuer issuer, OutboundHttp http) {
        return new Builder(issuer, http);
    }

    /** Whose metadata this is. */
    public Issuer issuer() {
        return issuer;
    }

    /**
     * The metadata, fetched now if there is none at hand.
     *
     * @throws OutboundException if it cannot be fetched
     * @throws MetadataException if what was fetched is not this issuer's metadata
     */
    public AuthorizationServerMetadata metadata() {
        return document.get().content();
    }

    /** Whether there is metadata whose life has not ended; never waits. */
    boolean isFresh() {
        return document.ifFresh() != null;
    }

    private Found<AuthorizationServerMetadata> fetch() {
        FetchedDocument fetched = fetchDocument();
        JsonObject json;
        try {
            json = JsonObject.parse(fetched.body());
        } catch (JsonException e) {
            throw new OutboundException(Reason.DOCUMENT_REFUSED, "the metadata of " + issuer + " is no JSON object", e);
        }
        return new Found<>(AuthorizationServerMetadata.parse(json, issuer), fetched.maximumAge());
    }

    private FetchedDocument fetchDocument() {
        URI oauth = MetadataPaths.oauthUri(issuer);
        try {
            return http.get(oauth, FetchLimits.METADATA);
        } catch (OutboundException e) {
            if (e.status().orElse(0) != NOT_FOUND) {
                throw e;
            }
            return http.get(MetadataPaths.openIdUri(issuer), FetchLimits.METADATA);
        }
    }

    @Override
    public String toString() {
        return "MetadataSource[" + issuer + "]";
    }

    /** Says whose metadata it is. */
    public static final class Builder {
        private final Issuer issuer;
        private final OutboundHttp http;
        private Clock clock = Clock.systemUTC();
        private Duration staleFor = Duration.ZERO;
        private @Nullable Executor executor;

        private Builder(Issuer issuer, OutboundHttp http) {
            this.issuer = Objects.requireNonNull(issuer, "issuer");
            this.http = Objects.requireNonNull(http, "http");
        }

        /** By which the life of the metadata is measured; the system's by default. */
        public Builder clock(Clock clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /** Where metadata is fetched before it is needed; the fetcher's own by default. */
        public Builder executor(Executor executor) {
            this.executor = Objects.requireNonNull(executor, "executor");
            return this;
        }

        /**
         * Lets metadata whose life has ended be used that much longer, up to 24 hours, while it cannot be fetched. By
         * default it is not used any more.
         */
        public Builder allowStaleFor(Duration duration) {
            staleFor = Objects.requireNonNull(duration, "duration");
            return this;
        }

        /**
         * The source.
         *
         * @throws IllegalArgumentException naming everything that is wrong, such as an issuer that the fetcher does not
         *     call
         */
        public MetadataSource build() {
            List<String> faults = new ArrayList<>();
            if (!http.permits(MetadataPaths.oauthUri(issuer))) {
                faults.add("the issuer is neither https nor at an allowed host");
            }
            CacheLife.fault(staleFor).ifPresent(faults::add);
            if (!faults.isEmpty()) {
                throw new IllegalArgumentException("metadata source: " + String.join("; ", faults));
            }
            return new MetadataSource(this);
        }
    }
}
