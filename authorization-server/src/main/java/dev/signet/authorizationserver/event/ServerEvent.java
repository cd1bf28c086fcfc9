package dev.signet.authorizationserver.event;

import dev.signet.core.ClientId;
import dev.signet.core.JwtId;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.error.ErrorCode;
import dev.signet.core.error.RefusalReason;
import dev.signet.jwt.key.KeyUse;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Something that happened in the server. Texts may come from a sender: whoever writes them somewhere must escape them.
 *
 * <p>Events of one request share a correlation id, which is random and made by the server; the answer carries it as {@code
 * X-Correlation-Id}.
 */
public sealed interface ServerEvent {

    /** When it happened. */
    Instant at();

    /**
     * A resource owner granted a client something, and the client was sent a code for it.
     *
     * @param subject who granted it
     * @param grantId names the grant in later events
     */
    record AuthorizationApproved(
            Instant at,
            String correlationId,
            ClientId clientId,
            String subject,
            Set<ResourceIndicator> resources,
            Scope scope,
            JwtId grantId)
            implements ServerEvent {

        /** Copies the resources. */
        public AuthorizationApproved {
            resources = Set.copyOf(resources);
        }
    }

    /**
     * A client pushed an authorization request.
     *
     * @param expiresAt until when a user agent may come with it
     */
    record RequestPushed(Instant at, String correlationId, ClientId clientId, Instant expiresAt)
            implements ServerEvent {}

    /** A resource owner did not grant a client anything of what it asked for, and the client was told. */
    record AuthorizationDenied(Instant at, String correlationId, ClientId clientId) implements ServerEvent {}

    /**
     * An access token was issued.
     *
     * @param subject whom it speaks for, as this server knows it; a pairwise {@code sub} is another
     * @param jwtId its {@code jti}
     * @param keyId the key it is signed with; empty if it is opaque
     */
    record TokenIssued(
            Instant at,
            String correlationId,
            String grantType,
            ClientId clientId,
            String subject,
            ResourceIndicator resource,
            Scope scope,
            JwtId jwtId,
            Instant expiresAt,
            Optional<String> keyId)
            implements ServerEvent {}

    /**
     * A configured claim is not in an access token because the attribute it comes from has a value it can't have: another JSON
     * type, an entry without a value, or too long. The attribute is not told.
     *
     * @param jwtId the {@code jti} of the token
     * @param claim the name of the claim
     */
    record ClaimLeftOut(
            Instant at, String correlationId, ClientId clientId, ResourceIndicator resource, JwtId jwtId, String claim)
            implements ServerEvent {}

    /**
     * An access token is longer than expected. It is sent with each request, and many servers refuse headers of more than eight
     * thousand octets.
     *
     * @param jwtId its {@code jti}
     * @param length its length in octets
     */
    record LargeTokenIssued(
            Instant at, String correlationId, ClientId clientId, ResourceIndicator resource, JwtId jwtId, int length)
            implements ServerEvent {}

    /**
     * A client registered itself.
     *
     * @param initialAccessToken the name of what let it; empty if everybody may
     */
    record ClientRegistered(Instant at, String correlationId, ClientId clientId, Optional<String> initialAccessToken)
            implements ServerEvent {}

    /** A client that had registered itself replaced its registration. */
    record RegistrationChanged(Instant at, String correlationId, ClientId clientId) implements ServerEvent {}

    /** A client that had registered itself removed its registration, and is gone. */
    record RegistrationRemoved(Instant at, String correlationId, ClientId clientId) implements ServerEvent {}

    /**
     * An access token was revoked by the client it was issued to.
     *
     * @param jwtId its {@code jti}
     * @param expiresAt until when that is remembered
     */
    record TokenRevoked(Instant at, String correlationId, ClientId clientId, JwtId jwtId, Instant expiresAt)
            implements ServerEvent {}

    /**
     * A client revoked what a resource owner had granted it, by its refresh token.
     *
     * @param grantId what the server knows the grant by
     * @param accessTokens how many access tokens were revoked with it
     */
    record GrantRevoked(Instant at, String correlationId, ClientId clientId, JwtId grantId, int accessTokens)
            implements ServerEvent {}

    /**
     * A code or refresh token came again that was used up: the sender repeats itself, or it was stolen. Followed by {@link
     * RequestRefused}, whose detail names the grant if that was revoked.
     *
     * @param claimedClient the client that presented it
     * @param reason {@code code-reused} or {@code refresh-token-reused} if the grant was revoked, {@code code-reuse-unproven} if not
     */
    record GrantReused(Instant at, String correlationId, Optional<ClientId> claimedClient, RefusalReason reason)
            implements ServerEvent {}

    /**
     * A client wanted something revoked that is no live token of this server; it was answered as if it had been.
     *
     * @param reason what it is instead
     */
    record NothingRevoked(Instant at, String correlationId, ClientId clientId, RefusalReason reason)
            implements ServerEvent {}

    /**
     * A client asked about a token and was told whether it is active.
     *
     * @param clientId who asked
     * @param jwtId the {@code jti} of the token, if it is one of this server's that has not expired
     * @param reason why it is not active, which was not said; empty if it is
     */
    record IntrospectionAnswered(
            Instant at, String correlationId, ClientId clientId, Optional<JwtId> jwtId, Optional<RefusalReason> reason)
            implements ServerEvent {}

    /**
     * A request was refused. Nothing of it was stored.
     *
     * @param path where it was sent to
     * @param claimedClient who the sender said it is; not proven
     * @param code what was answered
     * @param reason why, as a stable identifier
     * @param detail what was found, for the operator
     */
    record RequestRefused(
            Instant at,
            String correlationId,
            String path,
            Optional<ClientId> claimedClient,
            ErrorCode code,
            RefusalReason reason,
            String detail)
            implements ServerEvent {}

    /**
     * A valid assertion came a second time: the sender repeats itself, or it was stolen. Followed by {@link RequestRefused}.
     *
     * @param claimedClient the client that presented it
     * @param code what was answered: {@code invalid_client} for the assertion that authenticates the client, {@code
     *     invalid_grant} for the one that is exchanged
     */
    record ReplayRefused(Instant at, String correlationId, Optional<ClientId> claimedClient, ErrorCode code)
            implements ServerEvent {}

    /**
     * A request failed for a reason that lies with the server. Nothing was issued.
     *
     * @param cause what failed; its text is not for the sender
     */
    record RequestFailed(Instant at, String correlationId, String path, RefusalReason reason, Throwable cause)
            implements ServerEvent {}

    /**
     * A request passed only because a leniency is switched on.
     *
     * @param use the switch, and for whom it is on
     */
    record LeniencyUsed(Instant at, String correlationId, LeniencyUse use) implements ServerEvent {}

    /**
     * A key of the server was made, and is or will be published.
     *
     * @param use what it is for
     * @param algorithm its {@code alg}
     * @param publishedAt from when it is in the JWK Set
     * @param activeFrom from when it takes the place of the one before it
     */
    record ServerKeyPublished(
            Instant at, KeyUse use, String keyId, String algorithm, Instant publishedAt, Instant activeFrom)
            implements ServerEvent {}

    /**
     * A key of the server was removed: every token it signed has expired, or nobody encrypts to it any more.
     *
     * @param use what it was for
     * @param algorithm its {@code alg}
     */
    record ServerKeyRetired(Instant at, KeyUse use, String keyId, String algorithm) implements ServerEvent {}

    /**
     * The keys of one use could not be read again; the server goes on with those it knows.
     *
     * @param cause what failed
     */
    record ServerKeysNotReloaded(Instant at, KeyUse use, Throwable cause) implements ServerEvent {}

    /**
     * What other nodes revoked could not be read. From a second after the last time it could, nobody is told about tokens any
     * more.
     *
     * @param cause what failed
     */
    record RevocationsNotRead(Instant at, Throwable cause) implements ServerEvent {}
}
