package dev.signet.authorizationserver.grant;

import dev.signet.authorizationserver.store.Presented;
import dev.signet.authorizationserver.store.StoredGrant;
import java.time.Instant;
import java.util.Optional;

/**
 * Tokens are issued for a code or a refresh token.
 *
 * @param grant what it stands for
 * @param presented the code or refresh token
 * @param refreshTokenUntil when the refresh token expires that is issued with them; empty if none is
 */
public record GrantUse(StoredGrant grant, Presented presented, Optional<Instant> refreshTokenUntil) {}
