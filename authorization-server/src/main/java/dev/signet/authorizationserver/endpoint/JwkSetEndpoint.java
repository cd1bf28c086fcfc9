package dev.signet.authorizationserver.endpoint;

import dev.signet.authorizationserver.accesstoken.SigningKeys;
import dev.signet.authorizationserver.encryption.DecryptionKeys;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.http.ProtocolResponse;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.VerificationKey;
import java.util.List;
import java.util.stream.Stream;

/** Publishes the public keys (RFC 7517 §5, RFC 8414 §2). */
public final class JwkSetEndpoint implements Endpoint {

    private final SigningKeys keys;
    private final DecryptionKeys decryptionKeys;
    private volatile Prepared prepared;

    private record Prepared(JwkSet keys, List<JsonObject> encryptionKeys, ProtocolResponse response) {}

    /**
     * Publishes these.
     *
     * @param decryptionKeys those that senders may encrypt to
     */
    public JwkSetEndpoint(SigningKeys keys, DecryptionKeys decryptionKeys) {
        this.keys = keys;
        this.decryptionKeys = decryptionKeys;
        this.prepared = prepare(keys.published(), decryptionKeys.published());
    }

    @Override
    public List<String> methods() {
        return List.of("GET", "HEAD");
    }

    @Override
    public ProtocolResponse handle(ProtocolRequest request, RequestEvents events) {
        JwkSet published = keys.published();
        List<JsonObject> encryptionKeys = decryptionKeys.published();
        Prepared current = prepared;
        if (!current.keys().equals(published) || !current.encryptionKeys().equals(encryptionKeys)) {
            current = prepare(published, encryptionKeys);
            prepared = current;
        }
        return current.response();
    }

    private static Prepared prepare(JwkSet published, List<JsonObject> encryptionKeys) {
        List<JsonObject> all = Stream.concat(
                        published.keys().stream().map(VerificationKey::toJwk), encryptionKeys.stream())
                .toList();
        JsonObject document = JsonObject.builder().put("keys", all).build();
        return new Prepared(published, encryptionKeys, CachedDocument.of(document));
    }
}
