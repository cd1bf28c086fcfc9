package dev.signet.authorizationserver.accesstoken;

import dev.signet.authorizationserver.event.ServerEvent;
import dev.signet.authorizationserver.event.ServerListener;
import dev.signet.authorizationserver.store.JwtIdDigest;
import dev.signet.authorizationserver.store.ReplayKey;
import dev.signet.authorizationserver.store.RevocationChanges;
import dev.signet.authorizationserver.store.RevokedToken;
import dev.signet.authorizationserver.store.RevokedTokens;
import dev.signet.authorizationserver.store.SingleUse;
import dev.signet.authorizationserver.store.StoreException;
import dev.signet.core.JwtId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Which access tokens are revoked, as this node knows it (RFC 7009 §2, RFC 7662 §2.2). It holds the digests of what the store has
 * and reads what came since, one reader at a time, beside the requests as long as these come. No answer is given from knowledge
 * older than {@link #LONGEST_UNREAD}: then the request reads first, and fails if it can't. Thread-safe.
 *
 * <p>If there are more live revocations than are held, what is not found here is asked of the store until those that found no
 * room have expired.
 */
public final class RevocationList {

    /** How long a node may not know what another revoked. */
    public static final Duration LONGEST_UNREAD = Duration.ofSeconds(1);

    /** How long the store is left alone after it was read. */
    static final Duration READ_AFTER = Duration.ofMillis(500);

    /** After a longer time the store may have been set back and gone on from there, so that the mark is good no more. */
    private static final Duration MARK_GOOD_FOR = Duration.ofMinutes(1);

    private static final int MOST_READINGS = 4;
    private static final int AT_ONCE = 5_000;
    private static final int SMALLEST_TABLE = 1_024;

    /** Requests that are judged by an earlier time than that of a clearing must still find what they look for. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    /** How long a full table waits before it looks again for what has expired. */
    private static final Duration CLEARED_AFTER = Duration.ofSeconds(10);

    private final RevokedTokens store;
    private final int most;
    private final Clock clock;
    private final Executor executor;
    private final ServerListener listener;
    private final CompletableFuture<Boolean> nobodyReads = CompletableFuture.completedFuture(true);
    private final AtomicReference<CompletableFuture<Boolean>> reading = new AtomicReference<>(nobodyReads);
    private final AtomicBoolean beside = new AtomicBoolean();
    private final Object adding = new Object();
    private volatile DigestTable table;
    private volatile Instant readAt = Instant.EPOCH;
    private volatile Instant triedAt = Instant.EPOCH;
    private volatile Instant incompleteUntil = Instant.EPOCH;
    private Instant clearedAt = Instant.EPOCH;
    private long mark = RevokedTokens.START;

    /**
     * A list that has not been read yet.
     *
     * @param most how many digests are held in memory
     * @param executor where the store is read, beside the requests
     */
    public RevocationList(RevokedTokens store, int most, Clock clock, Executor executor, ServerListener listener) {
        this.store = store;
        this.most = most;
        this.table = new DigestTable(Math.min(SMALLEST_TABLE, most));
        this.clock = clock;
        this.executor = executor;
        this.listener = listener;
    }

    /** Begins to read, so that the first request need not wait for it. */
    public void prepare() {
        readBeside(clock.instant());
    }

    /**
     * Revokes a token here and in the store, together with the uses of the request.
     *
     * @return the key that was used before, and then nothing is revoked; empty if it is
     * @throws StoreException if that is not certain
     */
    public Optional<ReplayKey> revoke(IssuedAccessToken token, List<SingleUse> uses) {
        RevokedToken revoked = RevokedToken.of(token.jwtId(), token.expiresAt());
        Optional<ReplayKey> replayed = store.revoke(revoked, uses);
        if (replayed.isEmpty()) {
            add(List.of(revoked));
        }
        return replayed;
    }

    /** Takes note of tokens that were revoked in the store just now, with the grant they came of. */
    public void add(List<RevokedToken> tokens) {
        synchronized (adding) {
            Instant forgettable = clock.instant().minus(MARGIN);
            for (RevokedToken token : tokens) {
                if (token.expiresAt().isAfter(forgettable)) {
                    add(token, forgettable);
                }
            }
        }
    }

    /**
     * Whether a token is revoked.
     *
     * @throws StoreException if that can't be said
     */
    public boolean isRevoked(JwtId jwtId) {
        Instant now = requireRead();
        JwtIdDigest digest = JwtIdDigest.of(jwtId);
        return table.contains(digest) || (now.isBefore(incompleteUntil) && store.isRevoked(digest));
    }

    /** A reading counts from when it began: one that takes longer than the bound is followed by another, but not for ever. */
    private Instant requireRead() {
        Instant now = clock.instant();
        for (int readings = 0; !isWithin(LONGEST_UNREAD, readAt, now); readings++) {
            if (readings == MOST_READINGS) {
                throw new StoreException("the revoked tokens could not be read within a second");
            }
            CompletableFuture<Boolean> own = new CompletableFuture<>();
            CompletableFuture<Boolean> others = reading.compareAndExchange(nobodyReads, own);
            if (others != nobodyReads) {
                join(others);
            } else if (isWithin(LONGEST_UNREAD, readAt, now)) {
                // Somebody read between the question and the turn to read.
                reading.set(nobodyReads);
                own.complete(true);
            } else {
                read(own);
            }
            now = clock.instant();
        }
        if (!isWithin(READ_AFTER, readAt, now) && !isWithin(READ_AFTER, triedAt, now)) {
            readBeside(now);
        }
        return now;
    }

    /** Times that lie far ahead were noted by a clock that has been set back since. */
    private static boolean isWithin(Duration span, Instant noted, Instant now) {
        return now.minus(span).isBefore(noted) && !noted.isAfter(now.plus(LONGEST_UNREAD));
    }

    private static void join(CompletableFuture<Boolean> others) {
        try {
            others.join();
        } catch (CompletionException failed) {
            // An exception of its own for each request: they leave on different threads.
            throw new StoreException("the revoked tokens could not be read", failed);
        }
    }

    private void readBeside(Instant now) {
        if (!beside.compareAndSet(false, true)) {
            return;
        }
        triedAt = now;
        try {
            executor.execute(() -> {
                CompletableFuture<Boolean> own = new CompletableFuture<>();
                try {
                    if (reading.compareAndSet(nobodyReads, own)) {
                        read(own);
                    }
                } catch (RuntimeException failed) {
                    listener.onEvent(new ServerEvent.RevocationsNotRead(now, failed));
                } finally {
                    beside.set(false);
                }
            });
        } catch (RejectedExecutionException shuttingDown) {
            beside.set(false);
            listener.onEvent(new ServerEvent.RevocationsNotRead(now, shuttingDown));
        }
    }

    private void read(CompletableFuture<Boolean> own) {
        try {
            Instant begun = clock.instant();
            if (!isWithin(MARK_GOOD_FOR, readAt, begun)) {
                mark = RevokedTokens.START;
            }
            readChanges();
            readAt = begun;
            reading.set(nobodyReads);
            own.complete(true);
        } catch (RuntimeException | Error failed) {
            // What answers next may be a copy of the store that lacks the last of it.
            mark = RevokedTokens.START;
            reading.set(nobodyReads);
            own.completeExceptionally(failed);
            throw failed;
        }
    }

    /** Only one thread is here at a time; the next one sees what it wrote through {@link #reading}. */
    private void readChanges() {
        boolean more;
        do {
            RevocationChanges changes = store.changesSince(mark, AT_ONCE);
            add(changes.revoked());
            // A store that was set back may have given marks that are known here to other revocations.
            boolean setBack = changes.mark() < mark;
            mark = setBack ? RevokedTokens.START : changes.mark();
            more = changes.more() || setBack;
        } while (more);
    }

    private void add(RevokedToken token, Instant forgettable) {
        if (table.isFull()) {
            makeRoom(forgettable);
        }
        if (!table.isFull()) {
            table.add(token);
        } else if (!table.contains(token.digest())
                && token.expiresAt().plus(MARGIN).isAfter(incompleteUntil)) {
            incompleteUntil = token.expiresAt().plus(MARGIN);
        }
    }

    /** Leaves behind what has expired, in a table that is larger by what is needed and allowed. */
    private void makeRoom(Instant forgettable) {
        DigestTable current = table;
        boolean atMost = current.size() >= most;
        if (atMost && isWithin(CLEARED_AFTER, clearedAt, forgettable)) {
            return;
        }
        clearedAt = forgettable;
        int live = current.countLive(forgettable);
        if (live >= most) {
            return;
        }
        DigestTable next = new DigestTable((int) Math.min(most, Math.max(SMALLEST_TABLE, live * 2L)));
        next.addLive(current, forgettable);
        table = next;
    }
}
