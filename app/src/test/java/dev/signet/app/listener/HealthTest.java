package dev.signet.app.listener;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.http.ProtocolResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HealthTest {

    private final AtomicBoolean ready = new AtomicBoolean(true);
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();
    private final Health health = Health.before(
            request -> ProtocolResponse.builder(418).build(),
            () -> {
                asked.incrementAndGet();
                return ready.get();
            },
            nanos::get);

    private ProtocolResponse get(String path) {
        return health.handle(ProtocolRequest.builder("GET", path).build());
    }

    private static String body(ProtocolResponse response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    @Test
    void live_says_so_whatever_the_store_does() {
        ready.set(false);
        assertThat(get("/health/live").status()).isEqualTo(200);
        assertThat(body(get("/health/live"))).isEqualTo("{\"status\":\"live\"}");
        assertThat(asked).hasValue(0);
    }

    @Test
    void ready_follows_the_store() {
        assertThat(get("/health/ready").status()).isEqualTo(200);
        assertThat(body(get("/health/ready"))).isEqualTo("{\"status\":\"ready\"}");
        ready.set(false);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos() + 1);
        assertThat(get("/health/ready").status()).isEqualTo(503);
        assertThat(body(get("/health/ready"))).isEqualTo("{\"status\":\"not ready\"}");
    }

    @Test
    void asking_often_does_not_load_the_store() {
        for (int i = 0; i < 100; i++) {
            get("/health/ready");
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void other_methods_are_refused_and_other_addresses_left_alone() {
        assertThat(health.handle(ProtocolRequest.builder("POST", "/health/live").build())
                        .status())
                .isEqualTo(405);
        assertThat(get("/health/other").status()).isEqualTo(418);
        assertThat(get("/health").status()).isEqualTo(418);
        assertThat(get("/token").status()).isEqualTo(418);
    }
}
