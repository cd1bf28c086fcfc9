package dev.signet.storejdbc;

import dev.signet.authorizationserver.store.ReplayKey;
import dev.signet.authorizationserver.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Records the uses of requests that come at the same time in one transaction, on a thread of its own. It is for the file of
 * one process, to which every commit writes tens of kilobytes, whether it holds one row or many. Nobody waits for others to
 * come: what came while one transaction was written makes up the next.
 */
final class BatchingRecorder implements UseRecorder {

    private static final int MOST = 256;
    private static final long PATIENCE_MILLIS = 10_000;

    private final Database database;
    private final Duration patience;
    private final BlockingQueue<Request> waiting = new LinkedBlockingQueue<>();
    private final Thread writer;
    private volatile boolean closed;

    private BatchingRecorder(Database database, Duration patience) {
        this.database = database;
        this.patience = patience;
        this.writer = new Thread(this::write, "signet-store-writer");
        writer.setDaemon(true);
    }

    /** @param patience how long a request waits for its outcome */
    static BatchingRecorder start(Database database, Duration patience) {
        BatchingRecorder recorder = new BatchingRecorder(database, patience);
        recorder.writer.start();
        return recorder;
    }

    /**
     * {@inheritDoc}
     *
     * <p>What nobody waits for any more may still be recorded. That is safe: nobody was let in, and the JWT is used up.
     */
    @Override
    public Optional<ReplayKey> record(List<UsedJwts.Row> rows, long now) {
        Request request = new Request(rows, now, new CompletableFuture<>());
        waiting.add(request);
        if (closed) {
            refuseWaiting();
        }
        try {
            return request.outcome().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            // An exception of its own for each request: they leave on different threads.
            throw new StoreException("the store could not " + UsedJwts.WHAT, failed);
        } catch (TimeoutException late) {
            waiting.remove(request);
            throw new StoreException("the store took too long to " + UsedJwts.WHAT, late);
        } catch (InterruptedException interrupted) {
            waiting.remove(request);
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while the store was to " + UsedJwts.WHAT, interrupted);
        }
    }

    private void write() {
        List<Request> batch = new ArrayList<>();
        while (!closed) {
            batch.clear();
            try {
                batch.add(waiting.take());
            } catch (InterruptedException nobodyElseDoes) {
                continue;
            }
            waiting.drainTo(batch, MOST - 1);
            decide(batch);
        }
        refuseWaiting();
    }

    private void decide(List<Request> batch) {
        try {
            List<Optional<ReplayKey>> outcomes = database.atomically(UsedJwts.WHAT, connection -> {
                // Another instance in this process would hold rows in another order, and each would wait for the other.
                KeyCheck.lock(connection);
                List<Optional<ReplayKey>> decided = new ArrayList<>();
                for (Request request : batch) {
                    decided.add(record(connection, request));
                }
                return decided;
            });
            for (int index = 0; index < batch.size(); index++) {
                batch.get(index).outcome().complete(outcomes.get(index));
            }
        } catch (RuntimeException | Error failed) {
            batch.forEach(request -> request.outcome().completeExceptionally(failed));
        }
    }

    /** A refused request leaves nothing, though the transaction goes on. */
    private static Optional<ReplayKey> record(Connection connection, Request request) throws SQLException {
        if (request.rows().size() == 1) {
            return UsedJwts.record(connection, request.rows(), request.now());
        }
        Savepoint before = connection.setSavepoint();
        Optional<ReplayKey> used = UsedJwts.record(connection, request.rows(), request.now());
        if (used.isPresent()) {
            connection.rollback(before);
        } else {
            connection.releaseSavepoint(before);
        }
        return used;
    }

    private void refuseWaiting() {
        for (Request request = waiting.poll(); request != null; request = waiting.poll()) {
            request.outcome().completeExceptionally(new IllegalStateException("the store is closed"));
        }
    }

    /** Lets the transaction at work finish, and refuses what waits. */
    @Override
    public void close() {
        closed = true;
        // Wakes the writer; nobody asks for the outcome.
        waiting.add(new Request(List.of(), 0, new CompletableFuture<>()));
        try {
            writer.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record Request(List<UsedJwts.Row> rows, long now, CompletableFuture<Optional<ReplayKey>> outcome) {}
}
