package dev.signet.client;

import dev.signet.core.metadata.AuthorizationServerMetadata;
import dev.signet.outbound.FetchLimits;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Where a client asks, always in the same way: by a form with the client's credentials (RFC 7521 §4.2, RFC 9126 §2).
 *
 * @param name the metadata's name for it
 * @param address finds it in the metadata
 * @param success the one status of an answer that is no refusal
 * @param limits what is taken as an answer
 */
record Endpoint(
        String name, Function<AuthorizationServerMetadata, Optional<URI>> address, int success, FetchLimits limits) {

    static final Endpoint TOKEN =
            new Endpoint("token_endpoint", AuthorizationServerMetadata::tokenEndpoint, 200, FetchLimits.TOKEN_RESPONSE);

    static final Endpoint INTROSPECTION = new Endpoint(
            "introspection_endpoint",
            AuthorizationServerMetadata::introspectionEndpoint,
            200,
            FetchLimits.TOKEN_RESPONSE);

    /** The body of a success says nothing (RFC 7009 §2.2), and servers say it in plain text and HTML as well. */
    static final Endpoint REVOCATION = new Endpoint(
            "revocation_endpoint",
            AuthorizationServerMetadata::revocationEndpoint,
            200,
            new FetchLimits(
                    FetchLimits.TOKEN_RESPONSE.maxBytes(),
                    Set.of("application/json", "text/plain", "text/html"),
                    FetchLimits.TOKEN_RESPONSE.timeout()));

    static final Endpoint PUSHED_REQUEST = new Endpoint(
            "pushed_authorization_request_endpoint",
            AuthorizationServerMetadata::pushedAuthorizationRequestEndpoint,
            201,
            FetchLimits.TOKEN_RESPONSE);
}
