package dev.signet.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.authorizationserver.event.ServerEvent;
import dev.signet.core.error.ErrorCode;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.testkit.Requirement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ReplayTest {

    private static final int THREADS = 64;

    private final Fixture fixture = Fixture.standard();

    @Nested
    @DisplayName("RFC 7523 §3 item 7: once only")
    class Once {

        @Test
        @Requirement({"7523-3-16", "7523-6-01", "OIDC-9-04", "D-04", "7521-8.2-01"})
        void refuses_a_client_assertion_the_second_time() {
            String assertion = fixture.clientAssertion().compact();
            fixture.clientCredentials().assertion(assertion).send().isIssued();
            fixture.clientCredentials().assertion(assertion).send().isInvalidClient();
            assertThat(fixture.events.refusal().reason()).isEqualTo(RefusalReason.ASSERTION_REPLAYED);
            assertThat(fixture.events.of(ServerEvent.ReplayRefused.class))
                    .singleElement()
                    .satisfies(event -> {
                        assertThat(event.code()).isEqualTo(ErrorCode.INVALID_CLIENT);
                        assertThat(event.claimedClient().orElseThrow().value()).isEqualTo(Fixture.REPORTER);
                    });
        }

        @Test
        @Requirement({"7523-3-16", "D-04", "7521-8.2-01"})
        void refuses_a_grant_assertion_the_second_time() {
            TestAssertion assertion = fixture.grantAssertion();
            fixture.exchange(assertion).send().isIssued();
            fixture.exchange(assertion).send().isInvalidGrant();
            assertThat(fixture.events.refusal().reason()).isEqualTo(RefusalReason.ASSERTION_REPLAYED);
        }

        @Test
        @Requirement("7523-3-16")
        void counts_the_same_jti_of_another_issuer_as_another() {
            fixture.and(Fixture.keyClient("second", TestKeys.CLIENT));
            fixture.clientCredentials()
                    .assertion(fixture.clientAssertion().claim("jti", "same"))
                    .send()
                    .isIssued();
            fixture.clientCredentials()
                    .assertion(fixture.clientAssertion("second").claim("jti", "same"))
                    .send()
                    .isIssued();
            fixture.exchange(fixture.grantAssertion().claim("jti", "same"))
                    .send()
                    .isIssued();
            fixture.clientCredentials()
                    .assertion(fixture.clientAssertion().claim("jti", "same"))
                    .send()
                    .isInvalidClient();
        }

        @Test
        @Requirement("7523-3-16")
        void refuses_an_assertion_as_long_as_it_would_be_accepted_otherwise() {
            TestAssertion assertion = fixture.clientAssertion();
            fixture.clientCredentials().assertion(assertion).send().isIssued();
            fixture.clock.advance(Duration.ofSeconds(60 + 29));
            fixture.clientCredentials().assertion(assertion).send().isInvalidClient();
            assertThat(fixture.events.refusal().reason()).isEqualTo(RefusalReason.ASSERTION_REPLAYED);
            fixture.clock.advance(Duration.ofSeconds(1));
            fixture.clientCredentials().assertion(assertion).send().isInvalidClient();
            assertThat(fixture.events.refusal().reason()).isEqualTo(RefusalReason.JWT_EXPIRED);
        }
    }

    @Nested
    @DisplayName("RFC 7523 §3 item 7: last of all")
    class Last {

        @Test
        @Requirement({"7523-3-17", "7523-3-01"})
        void leaves_the_jti_of_an_assertion_that_failed_another_check() {
            TestAssertion assertion = fixture.clientAssertion();
            fixture.clientCredentials()
                    .assertion(assertion.claim("aud", "https://other.example"))
                    .send()
                    .isInvalidClient();
            fixture.clientCredentials().assertion(assertion).send().isIssued();
        }

        @Test
        @Requirement({"7523-3-17", "7523-3-01"})
        void leaves_both_jti_of_a_request_that_is_refused_for_anything_else() {
            TestAssertion client = fixture.clientAssertion();
            TestAssertion grant = fixture.grantAssertion();
            fixture.exchange(grant)
                    .assertion(client)
                    .with("scope", "orders.admin")
                    .send()
                    .isRefused(400, "invalid_scope");
            fixture.exchange(grant)
                    .assertion(client)
                    .with("resource", "urn:other")
                    .send()
                    .isRefused(400, "invalid_target");
            fixture.exchange(grant.claim("aud", "urn:other"))
                    .assertion(client)
                    .send()
                    .isInvalidGrant();
            fixture.exchange(grant)
                    .assertion(client.claim("aud", "urn:other"))
                    .send()
                    .isInvalidClient();
            fixture.exchange(grant).assertion(client).send().isIssued();
        }

        @Test
        @Requirement("7523-3-17")
        void leaves_the_one_jti_if_the_other_was_used() {
            TestAssertion used = fixture.grantAssertion();
            fixture.exchange(used).send().isIssued();
            TestAssertion client = fixture.clientAssertion();
            fixture.exchange(used).assertion(client).send().isInvalidGrant();
            TestAssertion grant = fixture.grantAssertion();
            fixture.exchange(grant).assertion(client).send().isIssued();
            fixture.exchange(grant).assertion(client).send().isRefused(401, "invalid_client");
        }
    }

    @Nested
    @DisplayName("RFC 7523 §3 item 7: at the same time")
    class Parallel {

        private long issued(ProtocolRequest request) throws Exception {
            ExecutorService threads = Executors.newFixedThreadPool(THREADS);
            try {
                CyclicBarrier start = new CyclicBarrier(THREADS);
                List<Future<Integer>> statuses = new ArrayList<>();
                for (int thread = 0; thread < THREADS; thread++) {
                    statuses.add(threads.submit(() -> {
                        start.await(30, TimeUnit.SECONDS);
                        return fixture.server.handle(request).status();
                    }));
                }
                long issued = 0;
                for (Future<Integer> status : statuses) {
                    issued += status.get(30, TimeUnit.SECONDS) == 200 ? 1 : 0;
                }
                return issued;
            } finally {
                threads.shutdownNow();
            }
        }

        @Test
        @Requirement({"7523-3-17", "D-04"})
        void gives_exactly_one_token_for_a_client_assertion() throws Exception {
            assertThat(issued(fixture.validCall().toRequest())).isEqualTo(1);
        }

        @Test
        @Requirement({"7523-3-17", "D-04"})
        void gives_exactly_one_token_for_two_assertions_in_one_request() throws Exception {
            assertThat(issued(fixture.validExchange().toRequest())).isEqualTo(1);
        }

        @Test
        @Requirement({"7523-3-17", "D-04"})
        void gives_exactly_one_token_for_a_grant_assertion_by_a_client_with_a_secret() throws Exception {
            assertThat(issued(fixture.exchange(fixture.grantAssertion().compact())
                            .basic(Fixture.BATCH, Fixture.SECRET)
                            .toRequest()))
                    .isEqualTo(1);
        }
    }
}
