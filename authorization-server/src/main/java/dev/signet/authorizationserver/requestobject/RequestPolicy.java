package dev.signet.authorizationserver.requestobject;

import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * In which ways a server takes authorization requests; what clients are registered with narrows that. Immutable.
 *
 * <pre>{@code
 * RequestPolicy signedAndPushed = RequestPolicy.builder().requireSigned(true).requirePushed(true).build();
 * }</pre>
 *
 * @param takesRequestObjects {@code request_parameter_supported}: whether {@code request} is taken
 * @param fetcher gets request objects that clients host, {@code request_uri_parameter_supported}; empty, and none is fetched
 * @param isSignedRequired {@code require_signed_request_object}: whether requests that are not signed are refused of every client
 * @param isPushedRequired {@code require_pushed_authorization_requests}: whether requests that were not pushed are refused of every client
 * @param isTypeRequired whether every request object must carry the explicit type
 * @param isJwtIdRequired whether every request object must have a {@code jti}
 * @param pushedLifetime how long after the push an interaction may begin (RFC 9126 §2.2)
 * @param vetters what those are called who vet requests that they host, by the host of the {@code request_uri} (RFC 9101 §11.1)
 */
public record RequestPolicy(
        boolean takesRequestObjects,
        Optional<RequestObjectFetcher> fetcher,
        boolean isSignedRequired,
        boolean isPushedRequired,
        boolean isTypeRequired,
        boolean isJwtIdRequired,
        Duration pushedLifetime,
        Map<String, String> vetters) {

    /** How long pushed requests can be begun with unless set. */
    public static final Duration PUSHED_LIFETIME = Duration.ofSeconds(90);

    private static final Duration SHORTEST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofSeconds(599);
    private static final RequestPolicy STANDARD = builder().build();

    /** Copies the map; the letter case of hosts does not matter. */
    public RequestPolicy {
        vetters = vetters.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        vetter -> vetter.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
    }

    /** What whoever vets the requests at a URI is called; empty if that is nobody. */
    Optional<String> vetter(URI uri) {
        return Optional.ofNullable(vetters.get(uri.getHost().toLowerCase(Locale.ROOT)));
    }

    /** Takes plain and signed requests by value, and pushed ones; fetches nothing and demands nothing. */
    public static RequestPolicy standard() {
        return STANDARD;
    }

    /** Starts a policy. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects a policy. {@link #build()} reports all that is wrong with it at once. */
    public static final class Builder {

        private boolean requestObjects = true;
        private Optional<RequestObjectFetcher> fetcher = Optional.empty();
        private boolean signedRequired;
        private boolean pushedRequired;
        private boolean typeRequired;
        private boolean jwtIdRequired;
        private Duration pushedLifetime = PUSHED_LIFETIME;
        private Map<String, String> vetters = Map.of();

        private Builder() {}

        /** Whether request objects are taken by value, at the authorization endpoint or pushed; they are unless this says otherwise. */
        public Builder takeRequestObjects(boolean taken) {
            this.requestObjects = taken;
            return this;
        }

        /** Takes request objects by reference, from the {@code request_uris} of clients. */
        public Builder fetchWith(RequestObjectFetcher used) {
            this.fetcher = Optional.of(used);
            return this;
        }

        /** Refuses requests that are not signed, of every client. */
        public Builder requireSigned(boolean required) {
            this.signedRequired = required;
            return this;
        }

        /** Refuses requests that were not pushed, of every client. */
        public Builder requirePushed(boolean required) {
            this.pushedRequired = required;
            return this;
        }

        /** Demands the explicit type of every request object. */
        public Builder requireType(boolean required) {
            this.typeRequired = required;
            return this;
        }

        /** Demands a {@code jti} of every request object, so that each is answered once. */
        public Builder requireJwtId(boolean required) {
            this.jwtIdRequired = required;
            return this;
        }

        /** How long pushed requests can be begun with: whole seconds, 5 to 599; 90 unless given. */
        public Builder pushedLifetime(Duration lifetime) {
            this.pushedLifetime = lifetime;
            return this;
        }

        /** Who vets the requests at some hosts, for people to be told; nobody unless given. */
        public Builder vetters(Map<String, String> namesByHost) {
            this.vetters = new HashMap<>(namesByHost);
            return this;
        }

        /**
         * The policy.
         *
         * @throws IllegalArgumentException naming every fault
         */
        public RequestPolicy build() {
            List<String> faults = new ArrayList<>();
            if (pushedLifetime.compareTo(SHORTEST) < 0
                    || pushedLifetime.compareTo(LONGEST) > 0
                    || !pushedLifetime.equals(pushedLifetime.truncatedTo(ChronoUnit.SECONDS))) {
                faults.add("pushedLifetime must be 5 to 599 whole seconds");
            }
            if (signedRequired && !requestObjects && fetcher.isEmpty()) {
                faults.add("requireSigned is on, though request objects are not taken");
            }
            if (!vetters.isEmpty() && fetcher.isEmpty()) {
                faults.add("vetters are given, though request objects are not fetched");
            }
            if (vetters.entrySet().stream()
                    .anyMatch(vetter ->
                            vetter.getKey().isBlank() || vetter.getValue().isBlank())) {
                faults.add("vetters have one without host or name");
            }
            if (vetters.keySet().stream()
                            .map(host -> host.toLowerCase(Locale.ROOT))
                            .distinct()
                            .count()
                    < vetters.size()) {
                faults.add("vetters have one host twice");
            }
            if (!faults.isEmpty()) {
                throw new IllegalArgumentException("request policy: " + String.join("; ", faults));
            }
            return new RequestPolicy(
                    requestObjects,
                    fetcher,
                    signedRequired,
                    pushedRequired,
                    typeRequired,
                    jwtIdRequired,
                    pushedLifetime,
                    vetters);
        }
    }
}
