package dev.signet.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.authorizationserver.event.ServerEvent;
import dev.signet.authorizationserver.store.StoreException;
import dev.signet.core.error.RefusalReason;
import dev.signet.outbound.KeysUnavailableException;
import dev.signet.testkit.Requirement;
import java.net.URI;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FailureTest {

    private static final String SECRET_TEXT = "jdbc:postgresql://db/signet?password=hunter2";

    private static void isUnavailable(Fixture fixture, TestAnswer answer, RefusalReason reason) {
        answer.isRefused(503, "temporarily_unavailable");
        assertThat(answer.header("Retry-After")).isEqualTo("5");
        assertThat(new String(answer.response().body())).doesNotContain("hunter2", "postgresql");
        assertThat(fixture.events.of(ServerEvent.RequestFailed.class))
                .last()
                .satisfies(event -> assertThat(event.reason()).isEqualTo(reason));
        assertThat(fixture.events.of(ServerEvent.TokenIssued.class)).isEmpty();
    }

    @Nested
    @DisplayName("RFC 6749 §5.2 and HTTP: a store that is down")
    class Store {

        @Test
        @Requirement("D-04")
        void issues_nothing_if_it_is_not_certain_that_a_use_is_recorded() {
            Fixture down = Fixture.with(builder -> builder.replayGuard(uses -> {
                throw new StoreException(SECRET_TEXT);
            }));
            isUnavailable(down, down.validCall().send(), RefusalReason.STORE_UNAVAILABLE);
            isUnavailable(down, down.validExchange().send(), RefusalReason.STORE_UNAVAILABLE);
            down.clientCredentials().basic(Fixture.BATCH, Fixture.SECRET).send().isIssued();
        }

        @Test
        void says_so_if_clients_cannot_be_looked_up() {
            Fixture down = Fixture.with(builder -> builder.clients(id -> {
                throw new StoreException(SECRET_TEXT, new IllegalStateException(SECRET_TEXT));
            }));
            isUnavailable(down, down.validCall().send(), RefusalReason.STORE_UNAVAILABLE);
            isUnavailable(
                    down,
                    down.clientCredentials()
                            .basic(Fixture.BATCH, Fixture.SECRET)
                            .send(),
                    RefusalReason.STORE_UNAVAILABLE);
        }
    }

    @Nested
    @DisplayName("Keys that cannot be fetched")
    class Keys {

        @Test
        void does_not_call_an_assertion_wrong_that_could_not_be_judged() {
            Fixture down = Fixture.withIssuer(issuer -> issuer.keys((jwt, allowed) -> {
                throw new KeysUnavailableException("timed out", new IllegalStateException());
            }));
            isUnavailable(down, down.validExchange().send(), RefusalReason.KEYS_UNAVAILABLE);
        }

        @Test
        void says_so_if_there_are_no_outgoing_connections() {
            Fixture closed = Fixture.standard()
                    .and(Fixture.client("remote", dev.signet.core.assertion.ClientAuthenticationMethod.PRIVATE_KEY_JWT)
                            .jwksUri(URI.create("https://client.example.com/jwks")));
            isUnavailable(
                    closed,
                    closed.clientCredentials()
                            .assertion(closed.clientAssertion("remote"))
                            .send(),
                    RefusalReason.KEYS_UNAVAILABLE);
        }
    }

    @Nested
    @DisplayName("RFC 6749 §4.1.2.1: server_error")
    class Unforeseen {

        @Test
        void tells_nobody_outside_what_failed() {
            Fixture broken = Fixture.with(builder -> builder.clients(id -> {
                throw new IllegalStateException(SECRET_TEXT);
            }));
            TestAnswer answer = broken.validCall().send().isRefused(500, "server_error");
            assertThat(answer.json().toJson())
                    .isEqualTo("{\"error\":\"server_error\",\"error_description\":\"The server failed\"}");
            assertThat(broken.events.of(ServerEvent.RequestFailed.class))
                    .singleElement()
                    .satisfies(event -> {
                        assertThat(event.reason()).isEqualTo(RefusalReason.INTERNAL);
                        assertThat(event.cause()).hasMessage(SECRET_TEXT);
                        assertThat(event.correlationId()).isNotEmpty();
                    });
        }

        @Test
        void answers_as_before_if_the_listener_fails() {
            Fixture deaf = Fixture.with(builder -> builder.listener(event -> {
                throw new IllegalStateException("no");
            }));
            deaf.validCall().send().isIssued();
            deaf.clientCredentials().send().isInvalidClient();
        }
    }
}
