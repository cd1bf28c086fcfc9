package dev.signet.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.authorizationserver.event.ServerEvent;
import dev.signet.authorizationserver.store.StoreException;
import dev.signet.core.error.ErrorCode;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.jwt.VerifiedJwt;
import dev.signet.testkit.Requirement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class EventsTest {

    private final Fixture fixture = Fixture.standard();

    @Nested
    @DisplayName("What is reported")
    class Reported {

        @Test
        void says_what_was_issued() {
            VerifiedJwt token = fixture.validExchange().send().token();
            assertThat(fixture.events.all())
                    .singleElement()
                    .isInstanceOfSatisfying(ServerEvent.TokenIssued.class, event -> {
                        assertThat(event.at()).isEqualTo(Fixture.NOW);
                        assertThat(event.clientId().value()).isEqualTo(Fixture.REPORTER);
                        assertThat(event.subject()).isEqualTo("repo:acme/shop");
                        assertThat(event.resource().value()).isEqualTo(Fixture.ORDERS);
                        assertThat(event.scope().toString()).isEqualTo("orders.read");
                        assertThat(event.jwtId().value())
                                .isEqualTo(token.claims().requireString("jti"));
                        assertThat(event.keyId()).isEqualTo(token.keyId()).isPresent();
                        assertThat(event.expiresAt())
                                .isEqualTo(Instant.ofEpochSecond(
                                        token.claims().findLong("exp").orElseThrow()));
                    });
        }

        @Test
        void says_the_expiry_of_the_token_to_the_second() {
            fixture.clock.advance(Duration.ofMillis(999));
            VerifiedJwt token = fixture.validCall().send().token();
            assertThat(fixture.events.all())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            ServerEvent.TokenIssued.class,
                            event -> assertThat(event.expiresAt())
                                    .isEqualTo(Instant.ofEpochSecond(
                                            token.claims().findLong("exp").orElseThrow())));
        }

        @Test
        @Requirement("7523-3-01")
        void says_why_a_request_was_refused_and_who_the_sender_claimed_to_be() {
            fixture.clientCredentials()
                    .assertion(fixture.clientAssertion().claim("aud", "urn:other"))
                    .send()
                    .isInvalidClient();
            assertThat(fixture.events.all())
                    .singleElement()
                    .isInstanceOfSatisfying(ServerEvent.RequestRefused.class, event -> {
                        assertThat(event.path()).isEqualTo("/token");
                        assertThat(event.claimedClient().orElseThrow().value()).isEqualTo(Fixture.REPORTER);
                        assertThat(event.code()).isEqualTo(ErrorCode.INVALID_CLIENT);
                        assertThat(event.reason()).isEqualTo(RefusalReason.JWT_AUDIENCE);
                        assertThat(event.detail()).isNotEmpty();
                    });
        }

        @Test
        void gives_each_request_a_correlation_id_of_its_own() {
            fixture.clientCredentials().send().isInvalidClient();
            fixture.clientCredentials().send().isInvalidClient();
            List<String> ids = fixture.events.of(ServerEvent.RequestRefused.class).stream()
                    .map(ServerEvent.RequestRefused::correlationId)
                    .toList();
            assertThat(ids).hasSize(2).doesNotHaveDuplicates();
        }
    }

    @Nested
    @DisplayName("What ties an answer to the log")
    class Correlated {

        private String id(TestAnswer answer) {
            assertThat(answer.response().headers().stream()
                            .filter(header -> header.name().equals("X-Correlation-Id")))
                    .hasSize(1);
            return answer.header("X-Correlation-Id");
        }

        @Test
        void is_the_id_of_the_events_in_a_success() {
            String id = id(fixture.validExchange().send().isIssued());
            assertThat(fixture.events.of(ServerEvent.TokenIssued.class))
                    .singleElement()
                    .satisfies(event -> assertThat(event.correlationId()).isEqualTo(id));
        }

        @Test
        void is_the_id_of_the_events_in_a_refusal_wherever_it_is_made() {
            List<TestAnswer> refused = List.of(
                    fixture.clientCredentials().send(),
                    fixture.get("/nowhere"),
                    fixture.get("/token"),
                    fixture.send(ProtocolRequest.builder("POST", "/token")
                            .bodyTooLarge()
                            .build()));
            assertThat(refused).extracting(TestAnswer::status).containsExactly(401, 404, 405, 413);
            assertThat(fixture.events.of(ServerEvent.RequestRefused.class))
                    .extracting(ServerEvent.RequestRefused::correlationId)
                    .containsExactlyElementsOf(refused.stream().map(this::id).toList());
        }

        @Test
        void is_the_id_of_the_events_in_a_failure_of_ours() {
            Fixture failing = Fixture.with(builder -> builder.replayGuard(uses -> {
                throw new StoreException("down");
            }));
            String id = id(failing.validCall().send());
            assertThat(failing.events.of(ServerEvent.RequestFailed.class))
                    .singleElement()
                    .satisfies(event -> assertThat(event.correlationId()).isEqualTo(id));
        }

        @Test
        void is_never_the_senders() {
            String id = id(fixture.clientCredentials()
                    .header("X-Correlation-Id", "mine")
                    .send());
            assertThat(id).isNotEqualTo("mine").hasSizeGreaterThan(20);
        }

        @Test
        void is_not_in_what_caches_may_keep() {
            for (String path : List.of("/jwks", "/.well-known/oauth-authorization-server")) {
                TestAnswer document = fixture.get(path);
                assertThat(document.status()).isEqualTo(200);
                assertThat(document.header("Cache-Control")).startsWith("public");
                assertThat(document.response().header("X-Correlation-Id")).isEmpty();
                assertThat(document.response())
                        .as("the same answer to all")
                        .isSameAs(fixture.get(path).response());
            }
        }
    }

    @Nested
    @DisplayName("RFC 7521 §8.3: what is not")
    class Unreported {

        @Test
        @Requirement({"7521-8.3-01", "9700-4.9-01"})
        void never_holds_a_secret_a_token_or_an_assertion() {
            TestAssertion client = fixture.clientAssertion();
            TestAssertion grant = fixture.grantAssertion();
            String token =
                    fixture.exchange(grant).assertion(client).send().json().requireString("access_token");
            fixture.exchange(grant).assertion(client).send();
            fixture.exchange(grant.claim("sub", "eve")).send();
            fixture.clientCredentials()
                    .basic(Fixture.BATCH, Fixture.SECRET + "wrong")
                    .send();
            fixture.clientCredentials().basic(Fixture.BATCH, Fixture.SECRET).send();
            String reported = fixture.events.all().toString();
            assertThat(reported)
                    .doesNotContain(
                            Fixture.SECRET,
                            token,
                            client.compact().split("\\.")[1],
                            grant.compact().split("\\.")[1]);
            assertThat(fixture.events.all()).hasSize(5 + 1);
        }

        @Test
        void tells_of_a_path_neither_its_end_nor_what_may_be_secret() {
            String token = fixture.validCall().send().json().requireString("access_token");
            String opaque = "0123456789_abcdefghijklmnopqrstuvwxyz-ABCDE";
            assertThat(refusedPath("/token%3Faccess_token=" + token)).isEqualTo("/token%3Faccess_token=….….…");
            assertThat(refusedPath("/revoke/" + opaque)).isEqualTo("/revoke/…");
            assertThat(refusedPath("/" + opaque.substring(0, 32))).isEqualTo("/…");
            assertThat(refusedPath("/.well-known/oauth-authorization-server/other"))
                    .isEqualTo("/.well-known/oauth-authorization-server/other");
            assertThat(refusedPath("/part".repeat(20)))
                    .isEqualTo("/part".repeat(20).substring(0, 64) + "…");
        }

        private String refusedPath(String path) {
            fixture.server.handle(ProtocolRequest.builder("GET", path).build());
            List<ServerEvent.RequestRefused> refused = fixture.events.of(ServerEvent.RequestRefused.class);
            return refused.get(refused.size() - 1).path();
        }
    }
}
