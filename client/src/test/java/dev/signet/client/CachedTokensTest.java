package dev.signet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.signet.client.TokenOutcome.Issued;
import dev.signet.client.TokenOutcome.Refused;
import dev.signet.client.TokenOutcome.Unreachable;
import dev.signet.core.ClientId;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.clientauth.ClientAuthentication;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.SigningKey;
import dev.signet.testkit.Requirement;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CachedTokensTest {

    private static final SigningKey KEY =
            SigningKey.generate(JwsAlgorithm.ES256, CryptoProvider.jdk(), new SecureRandom());
    private static final TokenRequest REQUEST = TokenRequest.clientCredentials().withScope(Scope.of("a"));
    private static final String REFUSAL = "{\"error\":\"invalid_scope\"}";

    private final LocalAuthorizationServer server = new LocalAuthorizationServer();
    private final TestClock clock = new TestClock();
    private final CachedTokens tokens = CachedTokens.of(TokenClient.builder(server.issuer())
            .outbound(server.outbound())
            .authentication(ClientAuthentication.privateKeyJwt(new ClientId("reporter"), KEY))
            .clock(clock)
            .build());

    @AfterEach
    void stop() {
        server.close();
    }

    private String value(TokenRequest request) {
        return tokens.token(request).token().orElseThrow().value();
    }

    @Test
    void gives_the_same_token_until_shortly_before_it_expires() {
        assertThat(value(REQUEST)).isEqualTo("token-1");
        clock.advance(Duration.ofSeconds(569));
        assertThat(value(REQUEST)).isEqualTo("token-1");
        clock.advance(Duration.ofSeconds(1));
        assertThat(value(REQUEST)).isEqualTo("token-2");
        assertThat(server.asked()).hasSize(2);
    }

    @Test
    void renews_a_short_token_in_the_last_tenth_of_its_life() {
        server.nextExpiresIn(20);
        assertThat(value(REQUEST)).isEqualTo("token-1");
        clock.advance(Duration.ofMillis(17_999));
        assertThat(value(REQUEST)).isEqualTo("token-1");
        clock.advance(Duration.ofMillis(1));
        assertThat(value(REQUEST)).isEqualTo("token-2");
    }

    @Test
    void keeps_a_token_of_unknown_lifetime_for_a_minute() {
        server.next(200, "{\"access_token\":\"x\",\"token_type\":\"Bearer\"}");
        assertThat(value(REQUEST)).isEqualTo("x");
        clock.advance(Duration.ofSeconds(50));
        assertThat(value(REQUEST)).isEqualTo("x");
        clock.advance(Duration.ofSeconds(10));
        assertThat(value(REQUEST)).isEqualTo("token-1");
    }

    @Test
    void never_keeps_a_token_that_lives_for_no_time() {
        server.nextExpiresIn(0);
        server.nextExpiresIn(0);

        assertThat(value(REQUEST)).isEqualTo("token-1");
        assertThat(value(REQUEST)).isEqualTo("token-2");
    }

    @Test
    @Requirement("8707-2.2-03")
    void keeps_one_token_for_each_grant_scope_and_resource() {
        AssertionSource source = audience -> "a.b.c";
        List<TokenRequest> requests = List.of(
                REQUEST,
                REQUEST.withScope(Scope.of("a", "b")),
                REQUEST.withResource(new ResourceIndicator("https://api.example.com/orders")),
                REQUEST.withResource(new ResourceIndicator("https://api.example.com/stock")),
                TokenRequest.jwtBearer(source).withScope(Scope.of("a")),
                TokenRequest.jwtBearer(audience -> "a.b.d").withScope(Scope.of("a")));

        List<String> first = requests.stream().map(this::value).toList();
        List<String> second = requests.stream().map(this::value).toList();

        assertThat(first).doesNotHaveDuplicates().isEqualTo(second);
        assertThat(server.asked()).hasSize(6);
        assertThat(value(TokenRequest.jwtBearer(source).withScope(Scope.of("a"))))
                .isEqualTo(first.get(4));
        assertThat(tokens.token(requests.get(2)).token().orElseThrow().resource())
                .contains(new ResourceIndicator("https://api.example.com/orders"));
    }

    @Test
    void asks_once_for_64_threads() throws Exception {
        server.next(exchange -> {
            LocalAuthorizationServer.send(
                    exchange, 200, "{\"access_token\":\"one\",\"token_type\":\"Bearer\",\"expires_in\":600}");
        });

        List<TokenOutcome> outcomes = inParallel(64, () -> tokens.token(REQUEST));

        assertThat(outcomes)
                .allSatisfy(outcome ->
                        assertThat(outcome.token().orElseThrow().value()).isEqualTo("one"));
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void gives_one_failure_to_64_threads() throws Exception {
        server.next(400, REFUSAL);

        List<TokenOutcome> outcomes = inParallel(64, () -> tokens.token(REQUEST));

        assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Refused.class));
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void gives_the_token_it_has_to_others_while_one_thread_renews_it() throws Exception {
        assertThat(value(REQUEST)).isEqualTo("token-1");
        clock.advance(Duration.ofSeconds(580));
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        server.next(exchange -> {
            arrived.countDown();
            try {
                answer.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            LocalAuthorizationServer.send(
                    exchange, 200, "{\"access_token\":\"new\",\"token_type\":\"Bearer\",\"expires_in\":600}");
        });
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<String> renewing = thread.submit(() -> value(REQUEST));
            arrived.await();
            assertThat(value(REQUEST)).isEqualTo("token-1");
            answer.countDown();
            assertThat(renewing.get()).isEqualTo("new");
            assertThat(value(REQUEST)).isEqualTo("new");
        } finally {
            answer.countDown();
            thread.shutdownNow();
        }
    }

    @Test
    void leaves_the_server_alone_for_a_moment_after_a_failure_and_longer_after_more() {
        int asked = 0;
        for (int pause : new int[] {1, 2, 4, 8, 16, 16}) {
            server.next(400, REFUSAL);
            assertThat(tokens.token(REQUEST)).isInstanceOf(Refused.class);
            clock.advance(Duration.ofSeconds(pause).minusMillis(1));
            assertThat(tokens.token(REQUEST)).isInstanceOf(Refused.class);
            assertThat(server.asked()).hasSize(++asked);
            clock.advance(Duration.ofMillis(1));
        }
        assertThat(tokens.token(REQUEST)).isInstanceOf(Issued.class);
    }

    @Test
    void fails_for_one_request_without_failing_for_others() {
        server.next(400, REFUSAL);

        assertThat(tokens.token(REQUEST)).isInstanceOf(Refused.class);
        assertThat(tokens.token(TokenRequest.clientCredentials())).isInstanceOf(Issued.class);
    }

    @Test
    void gives_the_old_token_until_it_expires_if_it_cannot_be_renewed() {
        assertThat(value(REQUEST)).isEqualTo("token-1");
        clock.advance(Duration.ofSeconds(590));
        server.next(503, "{}");
        assertThat(value(REQUEST)).isEqualTo("token-1");
        assertThat(value(REQUEST)).isEqualTo("token-1");
        assertThat(server.asked()).hasSize(2);

        clock.advance(Duration.ofSeconds(10));
        server.next(503, "{}");
        assertThat(tokens.token(REQUEST)).isInstanceOf(Unreachable.class);
    }

    @Test
    void lets_go_of_a_token_that_was_refused() {
        IssuedToken first = tokens.token(REQUEST).token().orElseThrow();
        tokens.forget(REQUEST, first);
        IssuedToken second = tokens.token(REQUEST).token().orElseThrow();
        tokens.forget(REQUEST, first);

        assertThat(second.value()).isEqualTo("token-2");
        assertThat(value(REQUEST)).isEqualTo("token-2");
    }

    @Test
    void asks_again_after_a_source_had_no_assertion() {
        boolean[] broken = {true};
        TokenRequest request = TokenRequest.jwtBearer(audience -> {
            if (broken[0]) {
                throw new IllegalStateException("none");
            }
            return "a.b.c";
        });

        assertThatIllegalStateException()
                .isThrownBy(() -> tokens.token(request))
                .withMessage("none");
        broken[0] = false;
        assertThat(tokens.token(request)).isInstanceOf(Issued.class);
    }

    @Test
    void keeps_a_bounded_number_of_tokens() {
        value(REQUEST);
        for (int number = 0; number < CachedTokens.MAXIMUM_TOKENS; number++) {
            tokens.forget(
                    REQUEST.withScope(Scope.of("s" + number)),
                    new IssuedToken("x", java.util.Optional.empty(), Scope.empty(), java.util.Optional.empty()));
        }

        assertThat(value(REQUEST)).isEqualTo("token-2");
    }

    private static <T> List<T> inParallel(int count, Callable<T> task) throws Exception {
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
