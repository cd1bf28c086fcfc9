package dev.signet.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.signet.outbound.CachedDocument.Copy;
import dev.signet.outbound.CachedDocument.Found;
import dev.signet.outbound.OutboundException.Reason;
import dev.signet.testkit.Requirement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads that want the same document at the same time. */
@Timeout(60)
@Requirement("D-42")
class SingleFlightTest {
    private static final int THREADS = 40;

    private final TestClock clock = new TestClock();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger fetches = new AtomicInteger();
    private final Semaphore waiting = new Semaphore(THREADS);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private <T> List<Future<T>> inEachThread(int count, Callable<T> task) {
        List<Future<T>> results = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            results.add(threads.submit(task));
        }
        return results;
    }

    private CachedDocument<String> document(CountDownLatch gate) {
        return new CachedDocument<>(
                () -> {
                    int number = fetches.incrementAndGet();
                    try {
                        gate.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return new Found<>("document " + number, Optional.empty());
                },
                clock,
                threads,
                new CacheLife(Duration.ZERO),
                waiting);
    }

    @Test
    void share_one_fetch() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        CachedDocument<String> document = document(gate);
        List<Future<String>> results =
                inEachThread(THREADS, () -> document.get().content());
        gate.countDown();
        for (Future<String> result : results) {
            assertThat(result.get()).isEqualTo("document 1");
        }
        assertThat(fetches).hasValue(1);
    }

    @Test
    void share_one_failure() {
        CachedDocument<String> document = new CachedDocument<>(
                () -> {
                    fetches.incrementAndGet();
                    throw new OutboundException(Reason.STATUS, "no");
                },
                clock,
                threads,
                new CacheLife(Duration.ZERO),
                waiting);
        for (Future<String> result : inEachThread(THREADS, () -> document.get().content())) {
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(result::get)
                    .withCauseInstanceOf(OutboundException.class);
        }
        assertThat(fetches).hasValue(1);
    }

    @Test
    void are_not_kept_waiting_by_one_that_was_interrupted() {
        CachedDocument<String> document = new CachedDocument<>(
                () -> {
                    if (fetches.incrementAndGet() == 1) {
                        throw new OutboundException(Reason.INTERRUPTED, "interrupted");
                    }
                    return new Found<>("document", Optional.empty());
                },
                clock,
                threads,
                new CacheLife(Duration.ZERO),
                waiting);
        assertThatExceptionOfType(OutboundException.class)
                .isThrownBy(document::get)
                .satisfies(interrupted -> assertThat(interrupted.reason()).isEqualTo(Reason.INTERRUPTED));
        assertThat(document.get().content()).isEqualTo("document");
    }

    @Test
    void wait_in_bounded_number_however_many_documents_there_are() throws Exception {
        int surplus = 10;
        CountDownLatch gate = new CountDownLatch(1);
        List<CachedDocument<String>> documents = List.of(document(gate), document(gate));
        CompletionService<String> results = new ExecutorCompletionService<>(threads);
        // So many fetch or wait, and the surplus is sent away at once.
        int served = waiting.availablePermits();
        for (int number = 0; number < served + surplus; number++) {
            CachedDocument<String> document = documents.get(number % documents.size());
            results.submit(() -> document.get().content());
        }
        for (int number = 0; number < surplus; number++) {
            Future<String> sentAway = results.take();
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(sentAway::get)
                    .havingCause()
                    .isInstanceOfSatisfying(
                            OutboundException.class,
                            overloaded -> assertThat(overloaded.reason()).isEqualTo(Reason.OVERLOADED));
        }
        gate.countDown();
        for (int number = 0; number < served; number++) {
            assertThat(results.take().get()).startsWith("document ");
        }
        assertThat(fetches).hasValue(documents.size());
    }

    @Test
    void that_saw_an_older_copy_take_the_newer_one() {
        CachedDocument<String> document = document(new CountDownLatch(0));
        Copy<String> older = document.get();
        Copy<String> newer = document.newerThan(older, () -> true);
        assertThat(newer.content()).isEqualTo("document 2");
        assertThat(document.newerThan(older, () -> true)).isSameAs(newer);
        assertThat(document.newerThan(newer, () -> false)).isSameAs(newer);
        assertThat(fetches).hasValue(2);
        assertThat(document.newerThan(newer, () -> true).content()).isEqualTo("document 3");
    }

    @Test
    void are_not_held_up_by_a_refresh_under_way() {
        CountDownLatch first = new CountDownLatch(0);
        CountDownLatch never = new CountDownLatch(1);
        CachedDocument<String> document = new CachedDocument<>(
                () -> {
                    try {
                        (fetches.incrementAndGet() == 1 ? first : never).await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return new Found<>("document", Optional.empty());
                },
                clock,
                threads,
                new CacheLife(Duration.ZERO),
                waiting);
        document.get();
        clock.advance(Duration.ofMinutes(14));
        for (int number = 0; number < 1000; number++) {
            assertThat(document.get().content()).isEqualTo("document");
        }
    }

    @Test
    void that_bring_a_new_key_share_one_fetch() throws Exception {
        try (LocalServer server = LocalServer.http()) {
            OutboundHttp http =
                    OutboundHttp.builder().allowHosts(Set.of("127.0.0.1")).build();
            RemoteJwkSet keys =
                    RemoteJwkSet.builder(server.uri("/jwks"), http).clock(clock).build();
            server.answering(Answers.json(Keys.published(Keys.FIRST)));
            keys.verify(Keys.signedWith(Keys.FIRST), Keys.ES256);
            server.answering(Answers.json(Keys.published(Keys.FIRST, Keys.SECOND)));
            List<Future<Boolean>> results = inEachThread(
                    THREADS,
                    () -> keys.verify(Keys.signedWith(Keys.SECOND), Keys.ES256)
                            .key()
                            .isPresent());
            for (Future<Boolean> result : results) {
                assertThat(result.get()).isTrue();
            }
            assertThat(server.requests()).hasSize(2);
        }
    }
}
