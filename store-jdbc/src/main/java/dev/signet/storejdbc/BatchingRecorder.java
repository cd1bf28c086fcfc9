package dev.signet.storejdbc;

import dev.signet.authorizationserver.store.ReplayKey;
import dev.signet.authorizationserver.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Records the uses of requests that come at the same time in one transaction, on a thread of its own. It is for the file of
 * one process, to which every commit writes tens of kilobytes, whether it holds one row or many. Nobody waits for others to
 * come: what came while one transaction was written makes up the next.
 */
final class BatchingRecorder implements UseRecorder {

    private static final int MOST = 256;
    private static final long PATIENCE_MILLIS = 10_000;

    private final Database database;
    private final BlockingQueue<Request> waiting = new LinkedBlockingQueue<>();
    private final Thread writer;
    private volatile boolean closed;

    private BatchingRecorder(Database database) {
        this.database = database;
        this.writer = new Thread(this::write, "signet-store-writer");
        writer.setDaemon(true);
    }

    static BatchingRecorder start(Database database) {
        BatchingRecorder recorder = new BatchingRecorder(database);
        recorder.writer.start();
        return recorder;
    }

    @Override
    public Optional<ReplayKey> record(List<UsedJwts.Row> rows, long now) {
        Request request = new Request(rows, now, new CompletableFuture<>());
        waiting.add(request);
        if (closed) {
            refuseWaiting();
        }
        try {
            return request.outcome().join();
        } catch (CompletionException failed) {
            // An exception of its own for each request: they leave on different threads.
            throw new StoreException("the store could not " + UsedJwts.WHAT, failed);
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
