package dev.signet.storejdbc;

import dev.signet.authorizationserver.store.ReplayKey;
import dev.signet.authorizationserver.store.StoreException;
import java.util.List;
import java.util.Optional;

/** Records the uses of a request together or not at all; a race is decided by the database. Thread-safe. */
@FunctionalInterface
interface UseRecorder extends AutoCloseable {

    /**
     * Records uses for good.
     *
     * @param now in seconds since 1970
     * @return the key that was used before; empty if all are recorded
     * @throws StoreException if that is not certain
     */
    Optional<ReplayKey> record(List<UsedJwts.Row> rows, long now);

    @Override
    default void close() {}

    /** For a database that many nodes share: one use is one statement, several are one transaction. */
    static UseRecorder direct(Database database) {
        return (rows, now) -> {
            if (rows.size() == 1) {
                return database.once(UsedJwts.WHAT, connection -> UsedJwts.record(connection, rows, now));
            }
            return UsedJwts.recordWith(database, UsedJwts.WHAT, rows, now, nothingElse -> {});
        };
    }
}
