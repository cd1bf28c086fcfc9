package dev.signet.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class BesideRequestsTest {

    @Test
    void what_has_begun_ends_before_it_is_closed() throws Exception {
        BesideRequests beside = new BesideRequests();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        beside.execute(() -> {
            begun.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                return;
            }
            ended.set(true);
        });
        begun.await();
        new Thread(released::countDown).start();

        beside.close();

        assertThat(ended).isTrue();
        assertThatThrownBy(() -> beside.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void what_nobody_waits_for_any_longer_is_not_interrupted() throws Exception {
        BesideRequests beside = new BesideRequests();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        CompletableFuture<Boolean> wasInterrupted = new CompletableFuture<>();
        beside.execute(() -> {
            begun.countDown();
            try {
                released.await();
                wasInterrupted.complete(false);
            } catch (InterruptedException e) {
                wasInterrupted.complete(true);
            }
        });
        begun.await();
        Thread.currentThread().interrupt();

        beside.close();

        assertThat(Thread.interrupted()).isTrue();
        released.countDown();
        assertThat(wasInterrupted.get(10, TimeUnit.SECONDS)).isFalse();
    }
}
