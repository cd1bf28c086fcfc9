package dev.signet.authorizationserver.requestobject;

import dev.signet.authorizationserver.internal.RandomTexts;
import dev.signet.authorizationserver.internal.ReplayCheck;
import dev.signet.authorizationserver.store.PushedRequestStore;
import dev.signet.authorizationserver.store.ReplayKey;
import dev.signet.authorizationserver.store.SingleUse;
import dev.signet.authorizationserver.store.StoredPushedRequest;
import dev.signet.core.ClientId;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.http.FormParameters;
import dev.signet.core.requestobject.RequestObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The authorization requests that clients pushed, each under a URI that only its client can use (RFC 9126 §2.2). Thread-safe. */
public final class PushedRequests {

    private final PushedRequestStore store;
    private final RandomTexts texts;
    private final Duration lifetime;

    /**
     * Keeps them there.
     *
     * @param texts the random parts of their URIs
     * @param lifetime how long an interaction may begin with one
     */
    public PushedRequests(PushedRequestStore store, RandomTexts texts, Duration lifetime) {
        this.store = store;
        this.texts = texts;
        this.lifetime = lifetime;
    }

    /** How long an interaction may begin with one: whole seconds. */
    public Duration lifetime() {
        return lifetime;
    }

    /**
     * Keeps a request that was found in order.
     *
     * @param parameters those that count
     * @param ofClient what authenticated the client, to be used up with it
     * @return its URI
     * @throws OAuthException {@code invalid_client} if the client authenticated with something used before
     * @throws dev.signet.authorizationserver.store.StoreException if it is not certain that it is kept
     */
    public String put(
            ClientId clientId, FormParameters parameters, ReadRequest read, List<SingleUse> ofClient, Instant now) {
        String value = texts.next();
        Instant expiresAt = now.truncatedTo(ChronoUnit.SECONDS).plus(lifetime);
        StoredPushedRequest request = new StoredPushedRequest(
                reference(clientId, value),
                parameters,
                read.isSigned(),
                read.uses().stream().findFirst(),
                expiresAt,
                expiresAt.plus(Interactions.LONGEST));
        ReplayCheck.requireFirst(store.put(request, ofClient), ofClient);
        return RequestObject.PUSHED_URN + value;
    }

    private static ReplayKey reference(ClientId clientId, String value) {
        return new ReplayKey(ReplayKey.PUSHED_REQUEST, clientId.value(), value);
    }

    /**
     * The request that a client pushed.
     *
     * @param judgedAt when the interaction about it began
     * @param resent what brings the user agent back to it
     * @throws OAuthException {@code invalid_request_uri} if there is none that can be answered
     */
    ReadRequest require(ClientId clientId, String uri, Instant judgedAt, Supplier<FormParameters> resent) {
        String value = uri.substring(RequestObject.PUSHED_URN.length());
        Optional<StoredPushedRequest> found =
                RandomTexts.isOne(value) ? store.find(reference(clientId, value)) : Optional.empty();
        StoredPushedRequest request = found.orElseThrow(() -> unknown(
                RefusalReason.REQUEST_URI_UNKNOWN,
                "the client pushed no request with that URI that is still to be answered"));
        if (!judgedAt.isBefore(request.expiresAt())) {
            throw unknown(RefusalReason.REQUEST_URI_UNKNOWN, "the pushed request has expired");
        }
        List<SingleUse> uses = Stream.concat(
                        Stream.of(new SingleUse(request.reference(), request.keptUntil())),
                        request.requestObject().stream())
                .toList();
        return new ReadRequest(
                request.parameters(),
                resent,
                request.isSigned(),
                true,
                uses,
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    static OAuthException unknown(RefusalReason reason, String detail) {
        return OAuthException.invalidRequestUri(
                "There is no such pushed request of this client, or it has expired or was answered", reason, detail);
    }
}
