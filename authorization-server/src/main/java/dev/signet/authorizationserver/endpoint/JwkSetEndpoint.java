package dev.signet.authorizationserver.endpoint;

import dev.signet.authorizationserver.accesstoken.SigningKeys;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.http.ProtocolResponse;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.DecryptionKey;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.VerificationKey;
import java.util.List;
import java.util.stream.Stream;

/** Publishes the public keys (RFC 7517 §5, RFC 8414 §2). */
public final class JwkSetEndpoint implements Endpoint {

    private final SigningKeys keys;
    private final List<JsonObject> encryptionKeys;
    private volatile Prepared prepared;

    private record Prepared(JwkSet keys, ProtocolResponse response) {}

    /**
     * Publishes these.
     *
     * @param decryptionKeys those that assertions may be encrypted to
     */
    public JwkSetEndpoint(SigningKeys keys, List<DecryptionKey> decryptionKeys) {
        this.keys = keys;
        this.encryptionKeys = decryptionKeys.stream().map(DecryptionKey::toJwk).toList();
        this.prepared = prepare(keys.published());
    }

    @Override
    public List<String> methods() {
        return List.of("GET", "HEAD");
    }

    @Override
    public ProtocolResponse handle(ProtocolRequest request, RequestEvents events) {
        JwkSet published = keys.published();
        Prepared current = prepared;
        if (!current.keys().equals(published)) {
            current = prepare(published);
            prepared = current;
        }
        return current.response();
    }

    private Prepared prepare(JwkSet published) {
        List<JsonObject> all = Stream.concat(
                        published.keys().stream().map(VerificationKey::toJwk), encryptionKeys.stream())
                .toList();
        JsonObject document = JsonObject.builder().put("keys", all).build();
        return new Prepared(published, CachedDocument.of(document));
    }
}
