package dev.signet.authorizationserver.endpoint;

import dev.signet.core.error.ErrorCode;
import dev.signet.core.error.OAuthError;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.http.Challenge;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.http.ProtocolResponse;
import java.time.Duration;

/** What a refusal looks like over HTTP (RFC 6749 §5.2): the status of its code, except where HTTP has a better one. */
public final class ErrorResponses {

    static final OAuthError UNAVAILABLE =
            OAuthError.of(ErrorCode.TEMPORARILY_UNAVAILABLE, "The server cannot answer now, try again later");
    static final OAuthError FAILED = OAuthError.of(ErrorCode.SERVER_ERROR, "The server failed");

    private static final String BEARER = "Bearer";
    private static final String RETRY_AFTER = "Retry-After";
    private static final Duration UNAVAILABLE_FOR = Duration.ofSeconds(5);

    private final Endpoints endpoints;
    private final String realm;
    private final Challenge challenge;
    private final boolean basicEnabled;
    private final Duration timePerFailure;

    /**
     * Makes responses.
     *
     * @param realm what challenges call this server
     * @param basicEnabled whether clients may authenticate by HTTP Basic
     * @param timePerFailure after which time a client that failed too often may try again
     */
    public ErrorResponses(Endpoints endpoints, String realm, boolean basicEnabled, Duration timePerFailure) {
        this.realm = realm;
        this.endpoints = endpoints;
        this.challenge = Challenge.builder("Basic").realm(realm).build();
        this.basicEnabled = basicEnabled;
        this.timePerFailure = timePerFailure;
    }

    /** The response to a request that was refused. */
    public ProtocolResponse refused(ProtocolRequest request, OAuthException refusal) {
        if (refusal.reason() == RefusalReason.REGISTRATION_TOKEN_MISSING) {
            // RFC 6750 §3.1: who shows no token is told nothing but that one is needed
            return ProtocolResponse.builder(401)
                    .challenge(Challenge.builder(BEARER).realm(realm).build())
                    .noStore()
                    .build();
        }
        ProtocolResponse.Builder response = ProtocolResponse.error(refusal.error()).toBuilder();
        switch (refusal.reason()) {
            case ENDPOINT_UNKNOWN -> response.status(404);
            case METHOD_NOT_ALLOWED ->
                response.status(405).header("Allow", String.join(", ", endpoints.methods(request.path())));
            case BODY_TOO_LARGE -> response.status(413);
            case RATE_LIMITED -> response.status(429).header(RETRY_AFTER, seconds(timePerFailure));
            default -> {}
        }
        if (refusal.error().code() == ErrorCode.INVALID_TOKEN) {
            response.challenge(Challenge.builder(BEARER)
                    .realm(realm)
                    .error(refusal.error())
                    .build());
        }
        boolean usedHeader = request.header("authorization").isPresent();
        if (refusal.error().code() == ErrorCode.INVALID_CLIENT && usedHeader && basicEnabled) {
            response.challenge(challenge);
        }
        return response.build();
    }

    /** The response while something the server needs is out of reach; the request may be sent again. */
    public ProtocolResponse unavailable() {
        return ProtocolResponse.error(UNAVAILABLE).toBuilder()
                .header(RETRY_AFTER, seconds(UNAVAILABLE_FOR))
                .build();
    }

    /** The response to a failure nobody outside is told about. */
    public ProtocolResponse failed() {
        return ProtocolResponse.error(FAILED);
    }

    /** Rounded up: an attempt just after it succeeds. */
    private static String seconds(Duration duration) {
        return Long.toString(duration.plusNanos(999_999_999).toSeconds());
    }
}
