package dev.signet.authorizationserver.endpoint;

import dev.signet.authorizationserver.accesstoken.SigningKeys;
import dev.signet.core.http.ProtocolResponse;
import dev.signet.jwt.json.JsonObject;

/** A public document that may be kept for a while, but not for longer than a change may take to be seen. */
final class CachedDocument {

    private static final String CACHE_CONTROL = "public, max-age=" + SigningKeys.CACHED_FOR.toSeconds();

    private CachedDocument() {}

    static ProtocolResponse of(JsonObject document) {
        return ProtocolResponse.builder(200)
                .json(document)
                .header("Cache-Control", CACHE_CONTROL)
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }
}
