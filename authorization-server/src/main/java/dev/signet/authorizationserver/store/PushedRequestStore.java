package dev.signet.authorizationserver.store;

import java.util.List;
import java.util.Optional;

/**
 * Keeps the authorization requests that clients push, for as long as people take to answer them (RFC 9126 §2.2, §4). That one was
 * answered is recorded in the {@link ReplayGuard} of the same store, under its reference. Replace it to share it between nodes.
 * Thread-safe.
 */
public interface PushedRequestStore {

    /**
     * Keeps a request, together with recording the uses of the push: both or neither.
     *
     * @param uses as for {@link ReplayGuard#consume}, in the same store; may be none
     * @return the key that was used before; empty if there is none and all is kept
     * @throws StoreException if it is not certain that all is kept; the client then gets no URI
     */
    Optional<ReplayKey> put(StoredPushedRequest request, List<SingleUse> uses);

    /**
     * The request with that reference; empty if there is none, or it was answered. After it may be forgotten either answer may be given.
     *
     * @throws StoreException if it can't be looked up
     */
    Optional<StoredPushedRequest> find(ReplayKey reference);
}
