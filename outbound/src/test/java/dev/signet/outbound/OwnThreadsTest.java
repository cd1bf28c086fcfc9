package dev.signet.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.testkit.Requirement;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The threads that a fetcher has unless it is given others. */
@Timeout(60)
@Requirement("D-42")
class OwnThreadsTest {
    private static final int MOST = 64;
    private static final FetchLimits LIMITS = FetchLimits.JWK_SET;

    private final LocalServer server = LocalServer.http().answering(Answers.json("{}"));
    private final ExecutorService callers = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        callers.shutdownNow();
        server.close();
    }

    private OutboundHttp http(Resolver resolver) {
        return OutboundHttp.builder()
                .allowHosts(Set.of("localhost:" + server.port()))
                .resolver(resolver)
                .build();
    }

    private FetchedDocument fetch(OutboundHttp http) {
        return http.get(URI.create("http://localhost:" + server.port() + "/"), LIMITS);
    }

    private static InetAddress[] local() {
        return new InetAddress[] {InetAddress.getLoopbackAddress()};
    }

    @Test
    void have_more_look_ups_wait_than_they_do_at_once() throws Exception {
        CountDownLatch lookingUp = new CountDownLatch(MOST);
        CountDownLatch gate = new CountDownLatch(1);
        OutboundHttp http = http(name -> {
            lookingUp.countDown();
            awaitQuietly(gate);
            return local();
        });
        List<Future<FetchedDocument>> fetched = new ArrayList<>();
        for (int number = 0; number < MOST; number++) {
            fetched.add(callers.submit(() -> fetch(http)));
        }
        lookingUp.await();
        CompletableFuture<FetchedDocument> oneMore = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            try {
                oneMore.complete(fetch(http));
            } catch (RuntimeException e) {
                oneMore.completeExceptionally(e);
            }
        });
        caller.start();
        while (caller.getState() != Thread.State.TIMED_WAITING && !oneMore.isDone()) {
            Thread.onSpinWait();
        }
        gate.countDown();
        assertThat(oneMore.get().body()).asString().isEqualTo("{}");
        for (Future<FetchedDocument> each : fetched) {
            assertThat(each.get().body()).asString().isEqualTo("{}");
        }
    }

    @Test
    void look_names_up_for_as_many_refreshes_as_they_do_at_once() throws Exception {
        OutboundHttp http = http(name -> local());
        CountDownLatch refreshing = new CountDownLatch(MOST);
        List<CompletableFuture<FetchedDocument>> fetched = new ArrayList<>();
        for (int number = 0; number < MOST; number++) {
            fetched.add(CompletableFuture.supplyAsync(
                    () -> {
                        refreshing.countDown();
                        awaitQuietly(refreshing);
                        return fetch(http);
                    },
                    http.executor()));
        }
        for (CompletableFuture<FetchedDocument> each : fetched) {
            assertThat(each.get().body()).asString().isEqualTo("{}");
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
