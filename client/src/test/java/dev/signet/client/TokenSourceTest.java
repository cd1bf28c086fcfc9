package dev.signet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import dev.signet.client.Failure.NotSent;
import dev.signet.client.Failure.Refused;
import dev.signet.client.Failure.Unreachable;
import dev.signet.core.ClientId;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.clientauth.ClientAuthentication;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.SigningKey;
import dev.signet.outbound.OutboundHttp;
import dev.signet.testkit.Requirement;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenSourceTest {

    private static final SigningKey KEY =
            SigningKey.generate(JwsAlgorithm.ES256, CryptoProvider.jdk(), new SecureRandom());
    private static final TokenRequest REQUEST = TokenRequest.clientCredentials().withScope(Scope.of("a"));
    private static final String REFUSAL = "{\"error\":\"invalid_scope\"}";
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    /** Chance as it turns out: the longest or the shortest pause there is. */
    private static final class Chance extends SecureRandom {
        private static final long serialVersionUID = 1L;
        private boolean longest = true;

        @Override
        public int nextInt(int bound) {
            return longest ? bound - 1 : 0;
        }
    }

    private final LocalAuthorizationServer server = new LocalAuthorizationServer();
    private final TestClock clock = new TestClock();
    private final Chance chance = new Chance();
    private final TokenSource tokens = source(REQUEST);

    @AfterEach
    void stop() {
        server.close();
    }

    private OAuthClient.Builder client() {
        return OAuthClient.builder(server.issuer(), ClientAuthentication.privateKeyJwt(new ClientId("reporter"), KEY))
                .outbound(server.outbound())
                .clock(clock)
                .random(chance);
    }

    private TokenSource source(TokenRequest request) {
        return TokenSource.of(client().build(), request);
    }

    private static String value(TokenSource source) {
        return source.token().value().orElseThrow().value();
    }

    @Nested
    class Keeping {

        @Test
        void asks_nobody_before_a_token_is_wanted() {
            assertThat(server.asked()).isEmpty();
            assertThat(server.paths()).isEmpty();
        }

        @Test
        void gives_the_same_token_until_shortly_before_it_expires() {
            assertThat(value(tokens)).isEqualTo("token-1");
            clock.advance(Duration.ofSeconds(569));
            assertThat(value(tokens)).isEqualTo("token-1");
            clock.advance(Duration.ofSeconds(1));
            assertThat(value(tokens)).isEqualTo("token-2");
            assertThat(server.asked()).hasSize(2);
        }

        @Test
        void renews_a_short_token_in_the_last_tenth_of_its_life() {
            server.nextExpiresIn(20);
            assertThat(value(tokens)).isEqualTo("token-1");
            clock.advance(Duration.ofMillis(17_999));
            assertThat(value(tokens)).isEqualTo("token-1");
            clock.advance(Duration.ofMillis(1));
            assertThat(value(tokens)).isEqualTo("token-2");
        }

        @Test
        void keeps_a_token_of_unknown_lifetime_for_a_minute() {
            server.next(200, "{\"access_token\":\"x\",\"token_type\":\"Bearer\"}");
            assertThat(value(tokens)).isEqualTo("x");
            clock.advance(Duration.ofSeconds(50));
            assertThat(value(tokens)).isEqualTo("x");
            clock.advance(Duration.ofSeconds(10));
            assertThat(value(tokens)).isEqualTo("token-1");
        }

        @Test
        void never_keeps_a_token_that_lives_for_no_time() {
            server.nextExpiresIn(0);
            server.nextExpiresIn(0);

            assertThat(value(tokens)).isEqualTo("token-1");
            assertThat(value(tokens)).isEqualTo("token-2");
        }

        @Test
        @Requirement("8707-2.2-03")
        void keeps_the_token_of_one_resource_from_those_of_others() {
            ResourceIndicator orders = new ResourceIndicator("https://api.example.com/orders");
            ResourceIndicator stock = new ResourceIndicator("https://api.example.com/stock");
            TokenSource ofOrders = source(REQUEST.withResource(orders));
            TokenSource ofStock = source(REQUEST.withResource(stock));

            assertThat(value(ofOrders)).isEqualTo("token-1").isEqualTo(value(ofOrders));
            assertThat(value(ofStock)).isEqualTo("token-2").isEqualTo(value(ofStock));
            assertThat(server.asked()).hasSize(2);
            assertThat(server.asked().get(0).parameter("resource")).isEqualTo(orders.value());
            assertThat(ofStock.token().value().orElseThrow().resource()).contains(stock);
        }

        @Test
        @Requirement("7521-4.1-08")
        void asks_for_another_assertion_when_the_token_has_expired() {
            int[] number = {0};
            TokenSource exchanged = source(TokenRequest.jwtBearer(audience -> "a.b." + ++number[0]));
            server.next(
                    200,
                    "{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"expires_in\":600,\"refresh_token\":\"r\"}");
            value(exchanged);
            clock.advance(Duration.ofSeconds(600));
            value(exchanged);

            assertThat(server.asked().stream().map(asked -> asked.parameter("assertion")))
                    .containsExactly("a.b.1", "a.b.2");
            assertThat(server.asked().stream().map(asked -> asked.parameter("refresh_token")))
                    .containsOnly("");
        }

        @Test
        void lets_go_of_a_token_that_was_refused_and_of_no_other() {
            IssuedToken first = tokens.token().value().orElseThrow();
            tokens.invalidate(first);
            assertThat(value(tokens)).isEqualTo("token-2");
            tokens.invalidate(first);
            assertThat(value(tokens)).isEqualTo("token-2");
        }
    }

    @Nested
    class One_request_at_a_time {

        @Test
        void serves_a_thousand_callers_who_wait_and_who_do_not() throws Exception {
            CountDownLatch answer = new CountDownLatch(1);
            server.next(exchange -> heldBack(exchange, answer, "one"));
            List<CompletableFuture<Outcome<IssuedToken>>> futures = new ArrayList<>();
            for (int number = 0; number < 500; number++) {
                futures.add(tokens.tokenAsync());
            }
            List<Outcome<IssuedToken>> outcomes = inParallel(500, tokens::token, answer::countDown);

            assertThat(outcomes)
                    .allSatisfy(outcome ->
                            assertThat(outcome.value().orElseThrow().value()).isEqualTo("one"));
            assertThat(futures)
                    .allSatisfy(future -> assertThat(future)
                            .succeedsWithin(TEN_SECONDS)
                            .satisfies(outcome -> assertThat(
                                            outcome.value().orElseThrow().value())
                                    .isEqualTo("one")));
            assertThat(server.asked()).hasSize(1);
        }

        @Test
        void gives_one_failure_to_all() throws Exception {
            server.next(400, REFUSAL);

            List<Outcome<IssuedToken>> outcomes = inParallel(64, tokens::token, () -> {});

            assertThat(outcomes)
                    .allSatisfy(outcome -> assertThat(outcome.failure()).containsInstanceOf(Refused.class));
            assertThat(server.asked()).hasSize(1);
        }

        @Test
        void gives_the_token_there_is_to_others_meanwhile() throws Exception {
            assertThat(value(tokens)).isEqualTo("token-1");
            clock.advance(Duration.ofSeconds(580));
            CountDownLatch answer = new CountDownLatch(1);
            server.next(exchange -> heldBack(exchange, answer, "new"));
            CompletableFuture<Outcome<IssuedToken>> renewing = tokens.tokenAsync();

            assertThat(value(tokens)).isEqualTo("token-1");
            assertThat(tokens.tokenAsync()).isDone();
            assertThat(renewing).isNotDone();
            answer.countDown();
            assertThat(renewing).succeedsWithin(TEN_SECONDS);
            assertThat(value(tokens)).isEqualTo("new");
        }

        @Test
        void waits_for_no_thread_that_is_not_to_be_had() {
            List<Runnable> never = new ArrayList<>();
            TokenSource stuck = TokenSource.of(client().executor(never::add).build(), REQUEST);
            CompletableFuture<Outcome<IssuedToken>> queued = stuck.tokenAsync();

            assertThat(value(stuck)).isEqualTo("token-1");
            assertThat(queued).isCompleted();
            never.forEach(Runnable::run);
            assertThat(server.asked()).hasSize(1);
        }

        @Test
        void needs_one_thread_for_all_who_do_not_wait() {
            List<Runnable> queue = new ArrayList<>();
            Executor one = task -> {
                if (!queue.isEmpty()) {
                    throw new RejectedExecutionException("full");
                }
                queue.add(task);
            };
            TokenSource narrow = TokenSource.of(client().executor(one).build(), REQUEST);
            CompletableFuture<Outcome<IssuedToken>> first = narrow.tokenAsync();
            CompletableFuture<Outcome<IssuedToken>> second = narrow.tokenAsync();
            assertThat(first).isNotDone();
            assertThat(second).isNotDone();
            queue.forEach(Runnable::run);

            assertThat(first)
                    .isCompletedWithValueMatching(outcome -> outcome.value().isPresent());
            assertThat(second)
                    .isCompletedWithValueMatching(outcome -> outcome.value().isPresent());
        }

        @Test
        void says_that_there_is_no_thread() {
            Executor full = task -> {
                throw new RejectedExecutionException("full");
            };
            TokenSource overloaded = TokenSource.of(client().executor(full).build(), REQUEST);

            assertThat(overloaded.tokenAsync())
                    .isCompletedWithValueMatching(outcome -> outcome.failure()
                            .filter(Unreachable.class::isInstance)
                            .isPresent());
            assertThat(server.asked()).isEmpty();
        }

        @Test
        void is_nothing_that_one_caller_can_spoil() {
            CountDownLatch answer = new CountDownLatch(1);
            server.next(exchange -> heldBack(exchange, answer, "one"));
            CompletableFuture<Outcome<IssuedToken>> impatient = tokens.tokenAsync();
            CompletableFuture<Outcome<IssuedToken>> patient = tokens.tokenAsync();
            impatient.cancel(true);
            answer.countDown();

            assertThat(patient)
                    .succeedsWithin(TEN_SECONDS)
                    .satisfies(outcome -> assertThat(outcome.value()).isPresent());
        }

        @Test
        void leaves_a_thread_that_is_interrupted() throws Exception {
            CountDownLatch answer = new CountDownLatch(1);
            server.next(exchange -> heldBack(exchange, answer, "one"));
            CompletableFuture<Outcome<IssuedToken>> first = tokens.tokenAsync();
            while (server.asked().isEmpty()) {
                Thread.onSpinWait();
            }
            Thread.currentThread().interrupt();
            Outcome<IssuedToken> outcome = tokens.token();
            boolean isStillInterrupted = Thread.interrupted();
            answer.countDown();

            assertThat(isStillInterrupted).isTrue();
            assertThat(outcome.failure()).containsInstanceOf(Unreachable.class);
            assertThat(first.get(10, TimeUnit.SECONDS).value()).isPresent();
        }

        @Test
        void is_not_spoiled_for_others_by_a_thread_that_is_interrupted() {
            CountDownLatch answer = new CountDownLatch(1);
            OutboundHttp slow = OutboundHttp.builder()
                    .allowHosts(Set.of(server.issuer().uri().getAuthority()))
                    .resolver(name -> held(answer, name))
                    .build();
            TokenSource source = TokenSource.of(client().outbound(slow).build(), REQUEST);
            Thread.currentThread().interrupt();
            Outcome<IssuedToken> outcome = source.token();
            boolean isStillInterrupted = Thread.interrupted();
            answer.countDown();

            assertThat(isStillInterrupted).isTrue();
            assertThat(outcome.failure()).containsInstanceOf(Unreachable.class);
            assertThat(value(source)).isEqualTo("token-1");
        }

        private static InetAddress[] held(CountDownLatch answer, String name) throws UnknownHostException {
            try {
                answer.await();
            } catch (InterruptedException e) {
                throw new UnknownHostException(name);
            }
            return InetAddress.getAllByName(name);
        }
    }

    @Nested
    class After_a_failure {

        @ParameterizedTest
        @CsvSource({"400,true", "503,true", "503,false", "429,false"})
        void leaves_the_server_alone_twice_as_long_each_time(int status, boolean longest) {
            chance.longest = longest;
            int asked = 0;
            for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 64, 64}) {
                Duration pause = longest ? Duration.ofSeconds(seconds) : Duration.ofMillis(seconds * 500L);
                server.next(status, REFUSAL);
                assertThat(tokens.token().failure()).isPresent();
                asked++;
                clock.advance(pause.minusMillis(1));
                assertThat(tokens.token().failure()).isPresent();
                assertThat(server.asked()).hasSize(asked);
                clock.advance(Duration.ofMillis(1));
            }
            assertThat(tokens.token().value()).isPresent();
        }

        @Test
        void begins_with_a_short_pause_again_after_a_success() {
            server.next(503, "{}");
            server.next(503, "{}");
            tokens.token();
            clock.advance(Duration.ofSeconds(1));
            tokens.token();
            clock.advance(Duration.ofSeconds(2));
            assertThat(value(tokens)).isEqualTo("token-1");
            clock.advance(Duration.ofSeconds(600));
            server.next(503, "{}");
            tokens.token();
            clock.advance(Duration.ofSeconds(1));
            assertThat(value(tokens)).isEqualTo("token-2");
        }

        @ParameterizedTest
        @ValueSource(strings = {"20", "Sun, 01 Mar 2026 12:00:20 GMT"})
        void comes_back_when_the_server_says_and_no_sooner(String retryAfter) {
            chance.longest = false;
            server.next(exchange -> later(exchange, retryAfter));

            assertThat(tokens.token().failure())
                    .hasValueSatisfying(failure ->
                            assertThat(((Unreachable) failure).retryAfter()).contains(Duration.ofSeconds(20)));
            clock.advance(Duration.ofMillis(19_999));
            assertThat(tokens.token().failure()).isPresent();
            assertThat(server.asked()).hasSize(1);
            clock.advance(Duration.ofMillis(1));
            assertThat(value(tokens)).isEqualTo("token-1");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "0", "-5", "soon", "1.5", "99999999999", "Sun, 01 Mar 2020 12:00:20 GMT"})
        void is_not_led_astray_by_what_says_nothing(String retryAfter) {
            server.next(exchange -> later(exchange, retryAfter));
            tokens.token();
            clock.advance(Duration.ofMillis(999));
            tokens.token();
            assertThat(server.asked()).hasSize(1);
            clock.advance(Duration.ofMillis(1));
            assertThat(value(tokens)).isEqualTo("token-1");
        }

        @ParameterizedTest
        @ValueSource(strings = {"999999999", "Sun, 01 Mar 2099 12:00:00 GMT"})
        void waits_five_minutes_at_most(String retryAfter) {
            chance.longest = false;
            server.next(exchange -> later(exchange, retryAfter));
            tokens.token();
            clock.advance(TokenSource.LONGEST_PAUSE.minusMillis(1));
            assertThat(tokens.token().failure()).isPresent();
            clock.advance(Duration.ofMillis(1));
            assertThat(value(tokens)).isEqualTo("token-1");
        }

        @Test
        void gives_the_old_token_as_long_as_it_lasts() {
            assertThat(value(tokens)).isEqualTo("token-1");
            clock.advance(Duration.ofSeconds(590));
            server.next(503, "{}");
            assertThat(value(tokens)).isEqualTo("token-1");
            assertThat(value(tokens)).isEqualTo("token-1");
            assertThat(server.asked()).hasSize(2);

            clock.advance(Duration.ofSeconds(10));
            server.next(503, "{}");
            assertThat(tokens.token().failure()).containsInstanceOf(Unreachable.class);
        }

        @Test
        void asks_its_source_for_another_assertion() {
            boolean[] broken = {true};
            TokenSource exchanged = source(TokenRequest.jwtBearer(audience -> {
                if (broken[0]) {
                    throw new IllegalStateException("none");
                }
                return "a.b.c";
            }));

            assertThat(exchanged.token().failure()).containsInstanceOf(NotSent.class);
            broken[0] = false;
            assertThat(exchanged.token().failure()).containsInstanceOf(NotSent.class);
            clock.advance(Duration.ofSeconds(1));
            assertThat(exchanged.token().value()).isPresent();
        }

        @Test
        void of_a_keeper_of_refresh_tokens_costs_one_request_and_no_token() {
            boolean[] full = {true};
            List<String> kept = new ArrayList<>();
            RefreshToken granted = RefreshToken.of("r1", replacement -> {
                if (full[0]) {
                    throw new IllegalStateException("the disk is full of s3cret");
                }
                kept.add(replacement);
            });
            TokenSource refreshed = source(TokenRequest.refresh(granted));
            server.next(200, "{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"refresh_token\":\"r2\"}");

            assertNotKept(refreshed.token());
            assertNotKept(refreshed.token());
            clock.advance(Duration.ofSeconds(1));
            assertNotKept(refreshed.token());
            assertThat(server.asked()).hasSize(1);

            full[0] = false;
            clock.advance(Duration.ofSeconds(2));
            assertThat(refreshed.token().value()).isPresent();
            assertThat(kept).containsExactly("r2");
            assertThat(server.last().parameter("refresh_token")).isEqualTo("r2");
        }

        private void assertNotKept(Outcome<IssuedToken> outcome) {
            assertThat(outcome.failure()).hasValueSatisfying(failure -> {
                assertThat(failure).isInstanceOf(Failure.NotKept.class);
                assertThat(failure + failure.detail() + failure.advice())
                        .contains("IllegalStateException")
                        .doesNotContain("s3cret");
            });
            assertThatExceptionOfType(FailureException.class)
                    .isThrownBy(outcome::require)
                    .havingCause()
                    .withMessageContaining("full");
        }
    }

    private static void later(HttpExchange exchange, String retryAfter) throws IOException {
        exchange.getResponseHeaders().set("Retry-After", retryAfter);
        exchange.getResponseHeaders().set("Content-Type", "text/html");
        byte[] page = "<h1>Later</h1>".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(503, page.length);
        exchange.getResponseBody().write(page);
        exchange.close();
    }

    private static void heldBack(HttpExchange exchange, CountDownLatch answer, String token) throws IOException {
        try {
            answer.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        LocalAuthorizationServer.send(
                exchange, 200, "{\"access_token\":\"" + token + "\",\"token_type\":\"Bearer\",\"expires_in\":600}");
    }

    private static <T> List<T> inParallel(int count, Callable<T> task, Runnable onceAllHaveBegun) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        CountDownLatch ready = new CountDownLatch(count);
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int number = 0; number < count; number++) {
                futures.add(threads.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return task.call();
                }));
            }
            ready.await();
            onceAllHaveBegun.run();
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
