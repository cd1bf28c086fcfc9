package dev.signet.client.discovery;

import dev.signet.client.discovery.DiscoveryOutcome.Discarded;
import dev.signet.client.discovery.DiscoveryOutcome.Found;
import dev.signet.client.discovery.DiscoveryOutcome.Unreachable;
import dev.signet.core.Issuer;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.http.ReceivedChallenge;
import dev.signet.core.metadata.AuthorizationServerMetadata;
import dev.signet.core.metadata.MetadataException;
import dev.signet.core.metadata.MetadataPaths;
import dev.signet.core.metadata.ProtectedResourceMetadata;
import dev.signet.jwt.json.JsonException;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.outbound.FetchLimits;
import dev.signet.outbound.KeySource;
import dev.signet.outbound.KeysUnavailableException;
import dev.signet.outbound.MetadataSource;
import dev.signet.outbound.OutboundException;
import dev.signet.outbound.OutboundHttp;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the authorization server of a protected resource (RFC 9728). Thread-safe.
 *
 * <pre>{@code
 * ResourceDiscovery discovery = ResourceDiscovery.builder(Set.of(Issuer.of("https://as.example.com"))::contains)
 *         .outbound(OutboundHttp.builder().build())
 *         .build();
 * if (discovery.answer(requested, response.headers().allValues("WWW-Authenticate")) instanceof DiscoveryOutcome.Found found) {
 *     TokenOutcome outcome = clientOf(found.issuer()).request(found.clientCredentials());
 * }
 * }</pre>
 *
 * <p>Whatever the resource says, only authorization servers that are expected are called. Nothing is remembered: a new
 * challenge is answered by what the resource says now (RFC 9728 §5.2).
 */
public final class ResourceDiscovery {

    /** What some servers take for a step back, or for the end of a segment, written so that {@link URI} does not. */
    private static final Pattern STEP = Pattern.compile("/(\\.|%2[eE]){1,2}([/;]|$)|%2[fF]|%5[cC]");

    private final Predicate<Issuer> expected;
    private final OutboundHttp http;
    private final Clock clock;
    private final boolean prefixAllowed;
    private final boolean listingRequired;
    private final Optional<SignedMetadata> signed;

    private ResourceDiscovery(Builder builder, OutboundHttp http) {
        this.expected = builder.expected;
        this.http = http;
        this.clock = builder.clock;
        this.prefixAllowed = builder.prefixAllowed;
        this.listingRequired = builder.listingRequired;
        this.signed = Optional.ofNullable(builder.signed);
    }

    /**
     * Starts a discovery.
     *
     * @param expected the authorization servers that may be used (RFC 9728 §7.7)
     */
    public static Builder builder(Predicate<Issuer> expected) {
        return new Builder(expected);
    }

    /** For a resource whose identifier is known: the document where RFC 9728 §3.1 puts it. */
    public DiscoveryOutcome discover(ResourceIndicator resource) {
        if (!ProtectedResourceMetadata.canDescribe(resource.value())) {
            return new Discarded("the resource is no https URL");
        }
        return outcome(() -> {
            JsonObject document = fetch(MetadataPaths.protectedResourceUri(resource));
            return use(ProtectedResourceMetadata.parse(document, resource));
        });
    }

    /**
     * For a resource that refused a request: the document that its challenge points to. It has to be at the origin that was
     * asked, and about the very URL (RFC 9728 §3.3).
     *
     * @param requested the URL that was requested, as it was sent
     * @param authenticate the values of the {@code WWW-Authenticate} header of the answer
     */
    public DiscoveryOutcome answer(URI requested, List<String> authenticate) {
        if (!ProtectedResourceMetadata.canDescribe(requested.toString())) {
            return new Discarded("what was requested is no https URL without fragment");
        }
        Set<String> locations = Set.copyOf(ReceivedChallenge.parse(authenticate).stream()
                .flatMap(challenge -> challenge.find("resource_metadata").stream())
                .toList());
        if (locations.size() != 1) {
            return new Discarded(
                    locations.isEmpty()
                            ? "no challenge has resource_metadata"
                            : "the challenges contradict each other");
        }
        URI location;
        try {
            location = URI.create(locations.iterator().next());
        } catch (IllegalArgumentException e) {
            return new Discarded("resource_metadata is no URL");
        }
        if (!origin(location).equals(origin(requested))) {
            return new Discarded("resource_metadata is at another origin than was asked");
        }
        return outcome(() -> {
            JsonObject document = fetch(location);
            return use(ProtectedResourceMetadata.parse(document, resourceOf(requested, location, document)));
        });
    }

    private ResourceIndicator resourceOf(URI requested, URI location, JsonObject document) {
        ResourceIndicator asked = new ResourceIndicator(requested.toString());
        if (!prefixAllowed) {
            return asked;
        }
        String said = document.requireString("resource");
        if (ProtectedResourceMetadata.canDescribe(said)) {
            URI uri = URI.create(said);
            ResourceIndicator prefix = new ResourceIndicator(said);
            if (origin(uri).equals(origin(requested))
                    && isSegmentPrefix(uri, requested)
                    && MetadataPaths.protectedResourceUri(prefix).equals(location)) {
                return prefix;
            }
        }
        return asked;
    }

    private static boolean isSegmentPrefix(URI prefix, URI requested) {
        if (prefix.getRawQuery() != null) {
            return false;
        }
        String path = prefix.getRawPath().replaceFirst("/$", "");
        String asked = requested.getRawPath();
        // A path that walks back could leave what it seems to be below of.
        return !STEP.matcher(asked).find()
                && requested.normalize().equals(requested)
                && (asked.equals(path) || asked.startsWith(path + "/"));
    }

    private static String origin(URI uri) {
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }

    private JsonObject fetch(URI location) {
        JsonObject document =
                JsonObject.parse(http.get(location, FetchLimits.METADATA).body());
        return signed.isPresent() ? signed.get().applyTo(document, clock.instant()) : document;
    }

    private DiscoveryOutcome use(ProtectedResourceMetadata resource) {
        Optional<Issuer> issuer =
                resource.authorizationServers().stream().filter(expected).findFirst();
        if (issuer.isEmpty()) {
            return new Discarded("none of the authorization servers of the resource is expected");
        }
        if (!http.permits(MetadataPaths.oauthUri(issuer.get()))) {
            return new Discarded("the authorization server is not one that outgoing connections are allowed to");
        }
        AuthorizationServerMetadata server =
                MetadataSource.builder(issuer.get(), http).clock(clock).build().metadata();
        List<String> listed = server.protectedResources();
        boolean contradicted =
                !listed.isEmpty() && !listed.contains(resource.resource().value());
        return contradicted && listingRequired
                ? new Discarded("the authorization server does not list the resource")
                : new Found(resource, server, contradicted);
    }

    private static DiscoveryOutcome outcome(Supplier<DiscoveryOutcome> steps) {
        try {
            return steps.get();
        } catch (OutboundException e) {
            return new Unreachable(e.detail());
        } catch (KeysUnavailableException e) {
            return new Unreachable("the keys of the signer of the metadata can't be had");
        } catch (JsonException | MetadataException e) {
            return new Discarded(Optional.ofNullable(e.getMessage()).orElse("the metadata has no valid form"));
        }
    }

    /** Collects what a discovery needs. {@link #build()} reports all that is wrong with it at once. */
    public static final class Builder {

        private final Predicate<Issuer> expected;
        private @Nullable OutboundHttp outbound;
        private Clock clock = Clock.systemUTC();
        private boolean prefixAllowed;
        private boolean listingRequired;
        private @Nullable SignedMetadata signed;
        private final List<String> faults = new ArrayList<>();

        private Builder(Predicate<Issuer> expected) {
            this.expected = expected;
        }

        /** What makes the connections; must be given. Plain http and internal addresses need its leave. */
        public Builder outbound(OutboundHttp http) {
            this.outbound = http;
            return this;
        }

        /** The clock: unless set, the system's. */
        public Builder clock(Clock used) {
            this.clock = used;
            return this;
        }

        /**
         * Takes metadata of a resource whose identifier is not the requested URL, but its beginning: at the same origin, up
         * to the end of a path segment, and from where that identifier puts it. Off unless set: RFC 9728 §3.3 wants the very
         * URL.
         */
        public Builder allowResourcePrefix(boolean allowed) {
            this.prefixAllowed = allowed;
            return this;
        }

        /** Discards a resource that is not on the list its authorization server publishes (RFC 9728 §4). */
        public Builder requireListing(boolean required) {
            this.listingRequired = required;
            return this;
        }

        /**
         * Lets {@code signed_metadata} of that signer go before what the document says (RFC 9728 §2.2). A document with
         * another's or a bad signature is discarded then, and so is one without: who can change it could take the member
         * out. Unless a signer is given {@code signed_metadata} is ignored.
         *
         * @param signer its {@code iss}
         * @param algorithms those agreed with the signer; at least one
         */
        public Builder signedBy(String signer, KeySource keys, Set<JwsAlgorithm> algorithms) {
            if (algorithms.isEmpty() || algorithms.stream().anyMatch(JwsAlgorithm::isMac)) {
                faults.add("the algorithms of the signer must be one or more signatures");
            }
            if (signed != null) {
                faults.add("signedBy is given twice");
            }
            this.signed = new SignedMetadata(signer, keys, Set.copyOf(algorithms));
            return this;
        }

        /**
         * The discovery.
         *
         * @throws IllegalArgumentException naming everything that is missing or wrong
         */
        public ResourceDiscovery build() {
            List<String> found = new ArrayList<>(faults);
            if (outbound == null) {
                found.add("outbound is missing");
            }
            if (!found.isEmpty() || outbound == null) {
                throw new IllegalArgumentException("resource discovery: " + String.join("; ", found));
            }
            return new ResourceDiscovery(this, outbound);
        }
    }
}
