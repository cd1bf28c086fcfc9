package dev.signet.authorizationserver.requestobject;

import dev.signet.authorizationserver.clientauth.ClientKeys;
import dev.signet.authorizationserver.event.LeniencyUse;
import dev.signet.authorizationserver.internal.AssertionReader;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.registry.RequestObjectSettings;
import dev.signet.authorizationserver.requestobject.Interactions.Begun;
import dev.signet.authorizationserver.requestobject.RequestObjectFetcher.Hosted;
import dev.signet.authorizationserver.store.ReplayKey;
import dev.signet.authorizationserver.store.SingleUse;
import dev.signet.core.Issuer;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.http.FormParameters;
import dev.signet.core.http.ParameterName;
import dev.signet.core.requestobject.RequestObject;
import dev.signet.jwt.EncryptedJwt;
import dev.signet.jwt.JwtRejected;
import dev.signet.jwt.Reason;
import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.VerifiedJwt;
import dev.signet.jwt.claims.CheckedClaims;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.DecryptionKey;
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
 * <p>Cheap checks come first, then decryption and signature, then what makes it a request object of this client. What is wrong with the
 * other claims is noted and not thrown: by then it is known whom to tell.
 */
public final class RequestObjectReader {

    /** What is about the sending, or authenticates whoever pushes. */
    private static final Set<String> NOT_MERGED = Set.of(
            ParameterName.REQUEST,
            ParameterName.REQUEST_URI,
            ParameterName.CLIENT_SECRET,
            ParameterName.CLIENT_ASSERTION,
            ParameterName.CLIENT_ASSERTION_TYPE,
            Interactions.FIELD);

    /** Signed well or badly, or not at all: what is wrong with it is told as of one by value. */
    private static final Pattern LIKE_A_JWT = Pattern.compile("[A-Za-z0-9_-]+(?:[.][A-Za-z0-9_-]*){2,4}");

    private final Issuer issuer;
    private final RequestPolicy policy;
    private final AssertionReader jwts;
    private final ClientKeys keys;
    private final Set<JwsAlgorithm> algorithms;
    private final Optional<PushedRequests> pushed;
    private final Interactions interactions;
    private final Duration skew;

    private RequestObjectReader(Builder builder) {
        this.issuer = builder.issuer;
        this.policy = builder.policy;
        this.jwts = builder.jwts;
        this.keys = builder.keys;
        this.algorithms = builder.algorithms;
        this.pushed = builder.pushed;
        this.interactions = builder.interactions;
        this.skew = builder.skew;
    }

    /**
     * Starts a reader.
     *
     * @param issuer whom requests are for
     * @param jwts reads those that are encrypted as well
     * @param keys what they are checked with
     * @param interactions tells when an interaction began
     */
    public static Builder builder(Issuer issuer, AssertionReader jwts, ClientKeys keys, Interactions interactions) {
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
            leniencies.add(use("allowRequestObjectAsApplicationJwt", client));
        }
        RequestObject.Rules rules = rules(client.requestObjects(), client);
        try {
            VerifiedJwt jwt = verified(client, source.jwt(), leniencies);
            rules.requireType(jwt);
            FormParameters parameters = parameters(client, jwt.claims(), sent, leniencies);
            Begun begun = new Begun(sent.judgedAt(now), source.fetchedFrom());
            Judged judged = judge(client, rules, jwt, begun.at(), leniencies);
            return new ReadRequest(
                    parameters,
                    () -> resent(client, Map.entry(ParameterName.REQUEST, source.jwt()), sent, begun),
                    true,
                    false,
                    judged.uses(),
                    leniencies,
                    judged.fault(),
                    source.fetchedFrom().map(uri -> policy.vetters().get(uri.getHost())));
        } catch (JwtRejected rejected) {
            throw OAuthException.invalidRequestObject(rejected);
        }
    }

    private RequestObject.Rules rules(RequestObjectSettings settings, RegisteredClient client) {
        return RequestObject.rules(
                client.clientId(),
                issuer,
                new RequestObject.Options(
                        settings.isTypeRequired() || policy.isTypeRequired(),
                        settings.isJwtIdRequired() || policy.isJwtIdRequired(),
                        settings.areClaimsOptional(),
                        skew));
    }

    /** Signed by the client, by an algorithm that it registered, whatever the header points to. */
    private VerifiedJwt verified(RegisteredClient client, String text, List<LeniencyUse> leniencies) {
        RequestObjectSettings settings = client.requestObjects();
        UnverifiedJwt jwt = settings.encryption().isPresent()
                ? jwts.read(
                        text,
                        Set.of(settings.encryption().get().algorithm()),
                        Set.of(settings.encryption().get().encryption()))
                : jwts.read(text, DecryptionKey.ALGORITHMS, EncryptedJwt.ENCRYPTIONS);
        Set<JwsAlgorithm> allowed = settings.signingAlgorithm()
                .map(registered -> algorithms.contains(registered) ? Set.of(registered) : Set.<JwsAlgorithm>of())
                .orElse(algorithms);
        if (allowed.isEmpty()) {
            throw new JwtRejected(Reason.ALGORITHM_NOT_ALLOWED, "the algorithm the client registered is not enabled");
        }
        try {
            return keys.verify(client, jwt, allowed);
        } catch (JwtRejected rejected) {
            if (!client.tryAllKeys() || rejected.reason() != Reason.KEY_AMBIGUOUS) {
                throw rejected;
            }
            leniencies.add(use("tryAllKeys", client));
            return keys.verify(client, jwt.tryingAllKeys(), allowed);
        }
    }

    private static LeniencyUse use(String name, RegisteredClient client) {
        return new LeniencyUse(name, client.clientId().value());
    }

    private static FormParameters parameters(
            RegisteredClient client, JsonObject claims, SentRequest sent, List<LeniencyUse> leniencies) {
        boolean merges = client.requestObjects().isMerged();
        if (claims.has(ParameterName.REQUEST) || claims.has(ParameterName.REQUEST_URI)) {
            throw OAuthException.invalidRequestObject(
                    RefusalReason.REQUEST_OBJECT_TWICE, "the request object has a request or request_uri in it");
        }
        String clientId = client.clientId().value();
        // A client assertion has the client for its subject: it must not do for a request (RFC 9101 §10.8).
        if (claims.find("sub").filter(clientId::equals).isPresent()) {
            throw OAuthException.invalidRequestObject(
                    RefusalReason.REQUEST_OBJECT_CLIENT, "the request object has the client as sub");
        }
        FormParameters inside = RequestParameters.of(claims, merges);
        FormParameters all = merges ? merged(client, inside, sent.parameters(), leniencies) : inside;
        if (!all.single(ParameterName.CLIENT_ID).equals(Optional.of(clientId))) {
            throw OAuthException.invalidRequestObject(
                    RefusalReason.REQUEST_OBJECT_CLIENT, "client_id is not in the request object, or is another one");
        }
        return all;
    }

    /** OpenID Connect Core 1.0 §6.1: what is inside wins, and what OAuth needs outside is the same inside. */
    private static FormParameters merged(
            RegisteredClient client, FormParameters inside, FormParameters outside, List<LeniencyUse> leniencies) {
        Optional<String> type = outside.single(ParameterName.RESPONSE_TYPE);
        if (type.isPresent()
                && inside.single(ParameterName.RESPONSE_TYPE)
                        .filter(other -> !other.equals(type.get()))
                        .isPresent()) {
            throw OAuthException.invalidRequestObject(
                    RefusalReason.REQUEST_OBJECT_PARAMETER, "response_type is another one outside the request object");
        }
        FormParameters gaps = outside.without(inside.names()).without(NOT_MERGED);
        if (gaps.names().isEmpty()) {
            return inside;
        }
        leniencies.add(use("oidcRequestMerge", client));
        return inside.and(gaps);
    }

    private record Judged(List<SingleUse> uses, Optional<OAuthException> fault) {}

    private Judged judge(
            RegisteredClient client,
            RequestObject.Rules rules,
            VerifiedJwt jwt,
            Instant judgedAt,
            List<LeniencyUse> leniencies) {
        try {
            CheckedClaims claims = rules.check(jwt, judgedAt);
            if (client.requestObjects().areClaimsOptional()
                    && !Set.of("iss", "aud", "exp").stream().allMatch(jwt.claims()::has)) {
                leniencies.add(use("requestObjectClaimsOptional", client));
            }
            return new Judged(uses(client, claims), Optional.empty());
        } catch (JwtRejected rejected) {
            return new Judged(List.of(), Optional.of(OAuthException.invalidRequestObject(rejected)));
        }
    }

    /** Remembered until it is refused for its age anyway, however long people take. */
    private List<SingleUse> uses(RegisteredClient client, CheckedClaims claims) {
        return claims.jwtId()
                .map(id -> new SingleUse(
                        new ReplayKey(
                                ReplayKey.REQUEST_OBJECT, client.clientId().value(), id),
                        claims.expiresAt().plus(skew).plus(Interactions.LONGEST)))
                .map(List::of)
                .orElse(List.of());
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
                ? sent.parameters().without(needed.names()).without(NOT_MERGED).and(needed)
                : needed;
    }

    /** Collects what a reader goes by; whoever builds it has found it in order. */
    public static final class Builder {

        private final Issuer issuer;
        private final AssertionReader jwts;
        private final ClientKeys keys;
        private final Interactions interactions;
        private RequestPolicy policy = RequestPolicy.standard();
        private Set<JwsAlgorithm> algorithms = Set.of();
        private Optional<PushedRequests> pushed = Optional.empty();
        private Duration skew = Duration.ofSeconds(30);

        private Builder(Issuer issuer, AssertionReader jwts, ClientKeys keys, Interactions interactions) {
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
