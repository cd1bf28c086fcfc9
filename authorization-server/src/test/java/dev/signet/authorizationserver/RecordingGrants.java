package dev.signet.authorizationserver;

import dev.signet.authorizationserver.store.GrantStore;
import dev.signet.authorizationserver.store.StoredGrant;
import dev.signet.authorizationserver.store.TokenDigest;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what was granted. */
final class RecordingGrants implements GrantStore {

    /** A grant with what was put beside it. */
    record Put(StoredGrant grant, TokenDigest code, Instant codeExpiresAt) {}

    final List<Put> all = new CopyOnWriteArrayList<>();

    @Override
    public void put(StoredGrant grant, TokenDigest code, Instant codeExpiresAt) {
        all.add(new Put(grant, code, codeExpiresAt));
    }
}
