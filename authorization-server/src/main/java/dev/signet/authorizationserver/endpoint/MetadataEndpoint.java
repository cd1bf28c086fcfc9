package dev.signet.authorizationserver.endpoint;

import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.http.ProtocolResponse;
import dev.signet.core.metadata.AuthorizationServerMetadata;
import java.util.List;

/** Publishes the one metadata document (RFC 8414 §3, OpenID Connect Discovery 1.0 §4). */
public final class MetadataEndpoint implements Endpoint {

    private final ProtocolResponse response;

    /** Publishes that. */
    public MetadataEndpoint(AuthorizationServerMetadata metadata) {
        this.response = CachedDocument.of(metadata.toJson());
    }

    @Override
    public List<String> methods() {
        return List.of("GET", "HEAD");
    }

    @Override
    public ProtocolResponse handle(ProtocolRequest request, RequestEvents events) {
        return response;
    }
}
