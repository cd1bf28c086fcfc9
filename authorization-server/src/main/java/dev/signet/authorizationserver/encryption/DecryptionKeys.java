package dev.signet.authorizationserver.encryption;

import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.DecryptionKey;
import java.util.List;

/** The keys that senders encrypt to. Thread-safe. */
public final class DecryptionKeys {

    private final List<DecryptionKey> keys;
    private final List<JsonObject> published;

    private DecryptionKeys(List<DecryptionKey> keys) {
        this.keys = List.copyOf(keys);
        this.published = keys.stream().map(DecryptionKey::toJwk).toList();
    }

    /** Always these; none, and nothing may be encrypted. */
    public static DecryptionKeys of(List<DecryptionKey> keys) {
        return new DecryptionKeys(keys);
    }

    /** The keys to try; empty if nothing may be encrypted. */
    public List<DecryptionKey> keys() {
        return keys;
    }

    /** The public JWKs of those that are offered. */
    public List<JsonObject> published() {
        return published;
    }

    /** The key management algorithms that are offered. */
    public List<String> algorithms() {
        return keys.stream().map(DecryptionKey::algorithm).distinct().toList();
    }
}
