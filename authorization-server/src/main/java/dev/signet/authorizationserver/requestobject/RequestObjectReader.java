package dev.signet.authorizationserver.requestobject;

import dev.signet.authorizationserver.event.LeniencyUse;
import dev.signet.authorizationserver.internal.SignedJwtReader;
import dev.signet.authorizationserver.registry.ClientKeys;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.registry.RequestObjectSettings;
import dev.signet.authorizationserver.requestobject.Interactions.Begun;
import dev.signet.authorizationserver.requestobject.RequestObjectFetcher.Hosted;
import dev.signet.core.Issuer;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.http.FormParameters;
import dev.signet.core.http.ParameterName;
import dev.signet.core.requestobject.RequestObject;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.outbound.OutboundException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Finds out what counts of an authorization request, by whichever way it comes: the same for the authorization endpoint and for what is
 * pushed (RFC 9101 §5, §6, RFC 9126 §3, §4). Thread-safe.
 *
 * <p>This knows the ways, and {@link RequestObjectCheck} the request objects themselves.
 */
public final class RequestObjectReader {

    /** Signed well or badly, or not at all: what is wrong with it is told as of one by value. */
    private static final Pattern LIKE_A_JWT = Pattern.compile("[A-Za-z0-9_-]+(?:[.][A-Za-z0-9_-]*){2,4}");

    private final RequestPolicy policy;
    private final RequestObjectCheck check;
    private final Optional<PushedRequests> pushed;
    private final Interactions interactions;

    private RequestObjectReader(Builder builder) {
        this.policy = builder.policy;
        this.check = new RequestObjectCheck(
                builder.issuer, builder.policy, builder.jwts, builder.keys, builder.algorithms, builder.skew);
        this.pushed = builder.pushed;
        this.interactions = builder.interactions;
    }

    /**
     * Starts a reader.
     *
     * @param issuer whom requests are for
     * @param jwts reads those that are encrypted as well
     * @param keys what they are checked with
     * @param interactions tells when an interaction began
     */
    public static Builder builder(Issuer issuer, SignedJwtReader jwts, ClientKeys keys, Interactions interactions) {
        return new Builder(issuer, jwts, keys, interactions);
    }

    /** In which ways it takes requests. */
    public RequestPolicy policy() {
        return policy;
    }

    /** How a client sends a request: nothing of it is read. */
    public SentRequest sent(RegisteredClient client, FormParameters parameters, Instant now) {
        Optional<String> claimed = parameters.all(Interactions.FIELD).stream().findFirst();
        Optional<Begun> begun = claimed.isPresent()
                ? content(client, parameters).flatMap(content -> interactions.find(claimed.get(), content, now))
                : Optional.empty();
        return new SentRequest(SentRequest.transport(parameters, begun), parameters, begun);
    }

    /** What an interaction is about; empty if about parameters, which need no time. */
    private static Optional<String> content(RegisteredClient client, FormParameters sent) {
        return sent.single(ParameterName.REQUEST)
                .or(() -> sent.single(ParameterName.REQUEST_URI))
                .map(request -> client.clientId().value() + " " + request);
    }

    /**
     * What counts of it.
     *
     * @throws OAuthException {@code invalid_request_object} or {@code invalid_request_uri} if it can't be known
     * @throws dev.signet.outbound.KeysUnavailableException if the keys of the client can't be had
     * @throws dev.signet.authorizationserver.store.StoreException if a pushed request can't be looked up
     */
    public ReadRequest read(RegisteredClient client, SentRequest sent, Instant now) {
        FormParameters parameters = sent.parameters();
        return switch (sent.transport()) {
            case PLAIN -> ReadRequest.plain(parameters);
            case BY_VALUE -> object(client, sent, new Source(parameters.require(ParameterName.REQUEST)), now);
            case BY_REFERENCE -> object(client, sent, source(client, sent), now);
            case PUSHED -> pushed(client, sent, now);
        };
    }

    private ReadRequest pushed(RegisteredClient client, SentRequest sent, Instant now) {
        String uri = sent.parameters().require(ParameterName.REQUEST_URI);
        Supplier<FormParameters> resent =
                () -> resent(client, Map.entry(ParameterName.REQUEST_URI, uri), sent, new Begun(now, Optional.empty()));
        return pushed.orElseThrow(() -> PushedRequests.unknown(
                        RefusalReason.REQUEST_URI_UNKNOWN, "nothing can be pushed to this server"))
                .require(client.clientId(), uri, sent.judgedAt(now), resent);
    }

    /** Where a request object comes from, and by what leniency. */
    private record Source(String jwt, Optional<URI> fetchedFrom, boolean isOlderType) {

        Source(String jwt) {
            this(jwt, Optional.empty(), false);
        }
    }

    private Source source(RegisteredClient client, SentRequest sent) {
        Optional<URI> fetchedBefore = sent.begun().flatMap(Begun::fetchedFrom);
        if (fetchedBefore.isPresent()) {
            return new Source(sent.parameters().require(ParameterName.REQUEST), fetchedBefore, false);
        }
        String requestUri = sent.parameters().require(ParameterName.REQUEST_URI);
        RequestObjectSettings settings = client.requestObjects();
        if (!settings.permits(requestUri)) {
            throw OAuthException.invalidRequestUri(
                    "request_uri is not one of those the client is registered with",
                    RefusalReason.REQUEST_URI_UNREGISTERED,
                    "request_uri is none of the client's");
        }
        Set<String> types = settings.allowsApplicationJwt()
                ? Set.of(RequestObject.MEDIA_TYPE, "application/jwt")
                : Set.of(RequestObject.MEDIA_TYPE);
        URI uri = URI.create(requestUri.split("#", 2)[0]);
        try {
            Hosted hosted = policy.fetcher().orElseThrow().fetch(uri, types);
            requireJwt(hosted.text());
            return new Source(
                    hosted.text(), Optional.of(uri), !hosted.mediaType().equals(RequestObject.MEDIA_TYPE));
        } catch (OutboundException unavailable) {
            throw unavailable(unavailable.detail());
        }
    }

    private static void requireJwt(String text) {
        if (!LIKE_A_JWT.matcher(text).matches()) {
            throw unavailable("what is at request_uri is no JWT");
        }
    }

    private static OAuthException unavailable(String detail) {
        return OAuthException.invalidRequestUri(
                "The request object can't be had from request_uri", RefusalReason.REQUEST_URI_UNAVAILABLE, detail);
    }

    private ReadRequest object(RegisteredClient client, SentRequest sent, Source source, Instant now) {
        List<LeniencyUse> leniencies = new ArrayList<>();
        if (source.isOlderType()) {
            leniencies.add(new LeniencyUse(
                    "allowRequestObjectAsApplicationJwt", client.clientId().value()));
        }
        Begun begun = new Begun(sent.judgedAt(now), source.fetchedFrom());
        RequestObjectCheck.Checked checked =
                check.check(client, source.jwt(), sent.parameters(), begun.at(), leniencies);
        return new ReadRequest(
                checked.parameters(),
                () -> resent(client, Map.entry(ParameterName.REQUEST, source.jwt()), sent, begun),
                true,
                false,
                checked.uses(),
                leniencies,
                checked.fault(),
                source.fetchedFrom().flatMap(policy::vetter));
    }

    /** The interaction goes on by the field that it began with. */
    private FormParameters resent(
            RegisteredClient client, Map.Entry<String, String> request, SentRequest sent, Begun begun) {
        String clientId = client.clientId().value();
        String field = sent.begun().isPresent()
                ? sent.parameters().all(Interactions.FIELD).get(0)
                : interactions.field(clientId + " " + request.getValue(), begun);
        FormParameters needed = FormParameters.of(Map.of(
                ParameterName.CLIENT_ID,
                List.of(clientId),
                request.getKey(),
                List.of(request.getValue()),
                Interactions.FIELD,
                List.of(field)));
        return client.requestObjects().isMerged()
                ? sent.parameters()
                        .without(needed.names())
                        .without(RequestObjectCheck.NOT_MERGED)
                        .and(needed)
                : needed;
    }

    /** Collects what a reader goes by; whoever builds it has found it in order. */
    public static final class Builder {

        private final Issuer issuer;
        private final SignedJwtReader jwts;
        private final ClientKeys keys;
        private final Interactions interactions;
        private RequestPolicy policy = RequestPolicy.standard();
        private Set<JwsAlgorithm> algorithms = Set.of();
        private Optional<PushedRequests> pushed = Optional.empty();
        private Duration skew = Duration.ofSeconds(30);

        private Builder(Issuer issuer, SignedJwtReader jwts, ClientKeys keys, Interactions interactions) {
            this.issuer = issuer;
            this.jwts = jwts;
            this.keys = keys;
            this.interactions = interactions;
        }

        /** In which ways requests are taken; the standard ones unless given. */
        public Builder policy(RequestPolicy ways) {
            this.policy = ways;
            return this;
        }

        /** By which algorithms they may be signed by clients that have not registered one; none unless given. */
        public Builder algorithms(Set<JwsAlgorithm> accepted) {
            this.algorithms = Set.copyOf(accepted);
            return this;
        }

        /** What was pushed; nothing unless given. */
        public Builder pushed(PushedRequests requests) {
            this.pushed = Optional.of(requests);
            return this;
        }

        /** How far clocks may differ; 30 seconds unless given. */
        public Builder skew(Duration largest) {
            this.skew = largest;
            return this;
        }

        /** The reader. */
        public RequestObjectReader build() {
            return new RequestObjectReader(this);
        }
    }
}
