package dev.signet.client;

import java.time.Instant;

/**
 * What stands for an authorization request that was pushed (RFC 9126 §2.2).
 *
 * @param requestUri the {@code request_uri} to send the user agent to the authorization endpoint with, once
 * @param expiresAt when it ends, counted from before it was pushed
 */
public record PushedRequest(String requestUri, Instant expiresAt) {

    /** Without the URI: who has it can begin the request. */
    @Override
    public String toString() {
        return "PushedRequest until " + expiresAt;
    }
}
