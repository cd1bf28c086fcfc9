package dev.signet.authorizationserver.endpoint;

import dev.signet.authorizationserver.accesstoken.IntrospectionAnswer;
import dev.signet.authorizationserver.accesstoken.IssuedAccessToken;
import dev.signet.authorizationserver.accesstoken.IssuedTokens;
import dev.signet.authorizationserver.clientauth.AuthenticatedClient;
import dev.signet.authorizationserver.clientauth.Caller;
import dev.signet.authorizationserver.event.LeniencyUse;
import dev.signet.authorizationserver.event.ServerEvent;
import dev.signet.authorizationserver.event.ServerListener;
import dev.signet.authorizationserver.grant.Approval;
import dev.signet.authorizationserver.internal.RandomIds;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.registry.SelfRegistration;
import dev.signet.authorizationserver.rule.ApprovableRequest;
import dev.signet.authorizationserver.rule.RedirectableRequest;
import dev.signet.authorizationserver.store.StoredGrant;
import dev.signet.core.ClientId;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.http.ProtocolResponse;
import dev.signet.jwt.JwtRejected;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reports what comes of one request, under one correlation id. It is written to along the way, but nothing that decides reads
 * it. For the thread of the request alone.
 */
public final class RequestEvents {

    /** The header that carries the correlation id. */
    public static final String HEADER = "X-Correlation-Id";

    /** Enough to know an endpoint by; what else is sent as a path may hold anything. */
    private static final int LONGEST_PATH = 64;

    /** No endpoint has a part as long as a token, or as a secret of a client, that somebody puts into a path. */
    private static final int SHORTEST_SECRET = 32;

    private static final Pattern SECRET = Pattern.compile("[^/=&.]{" + SHORTEST_SECRET + ",}");

    private static final Set<RefusalReason> REUSE =
            Set.of(RefusalReason.CODE_REUSED, RefusalReason.CODE_REUSE_UNPROVEN, RefusalReason.REFRESH_TOKEN_REUSED);

    private final ServerListener listener;
    private final Instant receivedAt;
    private final String path;
    private final String correlationId;
    private Optional<ClientId> claimedClient = Optional.empty();

    /**
     * Reports about a request.
     *
     * @param ids where the correlation id comes from
     */
    public RequestEvents(ServerListener listener, Instant receivedAt, String path, RandomIds ids) {
        this.listener = listener;
        this.receivedAt = receivedAt;
        this.path = shown(path);
        this.correlationId = ids.next().value();
    }

    private static String shown(String path) {
        if (path.length() < SHORTEST_SECRET) {
            return path;
        }
        String masked = SECRET.matcher(path).replaceAll("…");
        return masked.length() > LONGEST_PATH ? masked.substring(0, LONGEST_PATH) + "…" : masked;
    }

    /**
     * The answer with the correlation id, so that whoever gets it can say which lines of the log are about it. It is made
     * here and never taken from the request: a sender could put the lines of its request among those of another's. What may be
     * cached has none, since it answers many requests and nothing is reported about any of them.
     */
    public ProtocolResponse identified(ProtocolResponse response) {
        return response.isNoStore()
                ? response.toBuilder().header(HEADER, correlationId).build()
                : response;
    }

    /** What the lines of the log about this request are found by. */
    String correlationId() {
        return correlationId;
    }

    /** The time that everything about this request is judged by. */
    public Instant receivedAt() {
        return receivedAt;
    }

    /** Notes who the sender says it is. */
    void claimedClient(Optional<ClientId> claimed) {
        this.claimedClient = claimed;
    }

    /** Reports that tokens were issued, by what leniencies, and what they lack. */
    void issued(IssuedTokens tokens) {
        Approval approval = tokens.approval();
        used(approval.leniencies());
        listener.onEvent(new ServerEvent.TokenIssued(
                receivedAt,
                correlationId,
                approval.grantType(),
                approval.clientId(),
                approval.subject(),
                approval.resource().resource(),
                approval.scope(),
                tokens.jwtId(),
                tokens.expiresAt(),
                tokens.keyId()));
        for (String claim : tokens.leftOut()) {
            listener.onEvent(new ServerEvent.ClaimLeftOut(
                    receivedAt,
                    correlationId,
                    approval.clientId(),
                    approval.resource().resource(),
                    tokens.jwtId(),
                    claim));
        }
    }

    /** Reports that a client pushed a request, and by what leniencies. */
    void pushed(Caller caller, ApprovableRequest request, Instant expiresAt) {
        used(caller.leniencies());
        used(request.leniencies());
        listener.onEvent(new ServerEvent.RequestPushed(
                receivedAt, correlationId, request.client().clientId(), expiresAt));
    }

    /** Reports that a resource owner approved, and by what leniencies. */
    void approved(StoredGrant grant, ApprovableRequest request) {
        used(request.leniencies());
        listener.onEvent(new ServerEvent.AuthorizationApproved(
                receivedAt,
                correlationId,
                grant.clientId(),
                grant.subject(),
                grant.resources(),
                grant.scope(),
                grant.id()));
    }

    /** Reports that a resource owner did not approve, and by what leniencies the client is told. */
    void denied(RedirectableRequest request) {
        used(request.leniencies());
        listener.onEvent(new ServerEvent.AuthorizationDenied(
                receivedAt, correlationId, request.client().clientId()));
    }

    /** Reports that a client registered itself. */
    void registered(RegisteredClient client) {
        listener.onEvent(new ServerEvent.ClientRegistered(
                receivedAt,
                correlationId,
                client.clientId(),
                client.selfRegistration().flatMap(SelfRegistration::initialAccessToken)));
    }

    /** Reports that a client changed its registration. */
    void registrationChanged(RegisteredClient client) {
        listener.onEvent(new ServerEvent.RegistrationChanged(receivedAt, correlationId, client.clientId()));
    }

    /** Reports that a client removed its registration. */
    void registrationRemoved(ClientId clientId) {
        listener.onEvent(new ServerEvent.RegistrationRemoved(receivedAt, correlationId, clientId));
    }

    /** Reports that the access token is large. */
    void large(IssuedTokens tokens) {
        listener.onEvent(new ServerEvent.LargeTokenIssued(
                receivedAt,
                correlationId,
                tokens.approval().clientId(),
                tokens.approval().resource().resource(),
                tokens.jwtId(),
                tokens.length()));
    }

    /** Reports that a token was revoked, and by what leniencies. */
    void revoked(Caller caller, IssuedAccessToken token) {
        used(caller.leniencies());
        listener.onEvent(new ServerEvent.TokenRevoked(
                receivedAt, correlationId, token.clientId(), token.jwtId(), token.expiresAt()));
    }

    /** Reports that a grant was revoked, with that many access tokens, and by what leniencies. */
    void revoked(Caller caller, StoredGrant grant, int accessTokens) {
        used(caller.leniencies());
        listener.onEvent(
                new ServerEvent.GrantRevoked(receivedAt, correlationId, grant.clientId(), grant.id(), accessTokens));
    }

    /** Reports that there was nothing to revoke. */
    void nothingRevoked(Caller caller, JwtRejected found) {
        used(caller.leniencies());
        listener.onEvent(new ServerEvent.NothingRevoked(
                receivedAt, correlationId, caller.requireClient().clientId(), RefusalReason.of(found.reason())));
    }

    /** Reports what a client was told about a token. */
    void introspected(AuthenticatedClient client, IntrospectionAnswer answer) {
        used(client.leniencies());
        listener.onEvent(new ServerEvent.IntrospectionAnswered(
                receivedAt, correlationId, client.registration().clientId(), answer.jwtId(), answer.reason()));
    }

    /** Reports that these leniencies let the request pass. */
    void used(List<LeniencyUse> leniencies) {
        for (LeniencyUse use : leniencies) {
            listener.onEvent(new ServerEvent.LeniencyUsed(receivedAt, correlationId, use));
        }
    }

    /** Reports that the request was refused. */
    public void refused(OAuthException refusal) {
        if (refusal.reason() == RefusalReason.ASSERTION_REPLAYED) {
            listener.onEvent(new ServerEvent.ReplayRefused(
                    receivedAt, correlationId, claimedClient, refusal.error().code()));
        }
        if (REUSE.contains(refusal.reason())) {
            listener.onEvent(new ServerEvent.GrantReused(receivedAt, correlationId, claimedClient, refusal.reason()));
        }
        listener.onEvent(new ServerEvent.RequestRefused(
                receivedAt,
                correlationId,
                path,
                claimedClient,
                refusal.error().code(),
                refusal.reason(),
                refusal.detail()));
    }

    /** Reports that the server failed. */
    public void failed(RefusalReason reason, Throwable cause) {
        listener.onEvent(new ServerEvent.RequestFailed(receivedAt, correlationId, path, reason, cause));
    }
}
