package dev.signet.resourceserver;

import static dev.signet.resourceserver.Fixture.KEY;
import static dev.signet.resourceserver.Fixture.OTHER_KEY;
import static dev.signet.resourceserver.Fixture.accepted;
import static dev.signet.resourceserver.Fixture.assertInvalidToken;
import static dev.signet.resourceserver.Fixture.claims;
import static dev.signet.resourceserver.Fixture.keys;
import static dev.signet.resourceserver.Fixture.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.core.error.RefusalReason;
import dev.signet.core.http.ProtocolResponse;
import dev.signet.jwt.key.SigningKey;
import dev.signet.resourceserver.AccessTokenOutcome.Unavailable;
import dev.signet.testkit.Requirement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** RFC 9068 §4: the keys are those that the authorization server's metadata leads to. */
class KeyDiscoveryTest {

    private final LocalAuthorizationServer server = new LocalAuthorizationServer();
    private final TestClock clock = new TestClock();
    private final AccessTokenValidator validator = AccessTokenValidator.builder()
            .issuer(server.issuer())
            .audience(Fixture.AUDIENCE)
            .outbound(server.outbound())
            .clock(clock)
            .build();

    @AfterEach
    void stop() {
        server.close();
    }

    private String tokenBy(SigningKey key, String id) {
        return token(
                key,
                "at+jwt",
                claims().put("iss", server.issuer())
                        .put("jti", id)
                        .put("iat", clock.instant().getEpochSecond())
                        .put("exp", clock.instant().getEpochSecond() + 600));
    }

    private static void assertUnavailable(AccessTokenOutcome outcome) {
        assertThat(outcome).isInstanceOf(Unavailable.class);
        assertThat(((Unavailable) outcome).reason()).isEqualTo(RefusalReason.KEYS_UNAVAILABLE);
        ProtocolResponse response = outcome.response();
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.header("Retry-After")).isPresent();
        assertThat(response.header("WWW-Authenticate")).isEmpty();
        assertThat(outcome.requireScope("orders.read")).isSameAs(outcome);
    }

    @Test
    void finds_the_keys_by_the_issuer_alone() {
        server.publish(keys(KEY, OTHER_KEY));

        accepted(validator.validateToken(tokenBy(KEY, "1")));
        accepted(validator.validateToken(tokenBy(OTHER_KEY, "2")));
        assertThat(server.keyFetches()).isEqualTo(1);
    }

    @Test
    @Requirement("9068-4-18")
    void asks_once_for_newer_keys_and_then_refuses() {
        server.publish(keys(KEY));
        accepted(validator.validateToken(tokenBy(KEY, "1")));

        for (int attempt = 0; attempt < 20; attempt++) {
            assertInvalidToken(
                    validator.validateToken(tokenBy(OTHER_KEY, "o" + attempt)), RefusalReason.JWT_KEY_UNKNOWN);
        }
        assertThat(server.keyFetches()).isEqualTo(2);
        accepted(validator.validateToken(tokenBy(KEY, "2")));
    }

    @Test
    @Requirement("9068-4-18")
    void takes_a_key_that_was_added_since() {
        server.publish(keys(KEY));
        accepted(validator.validateToken(tokenBy(KEY, "1")));

        server.publish(keys(KEY, OTHER_KEY));
        accepted(validator.validateToken(tokenBy(OTHER_KEY, "2")));
    }

    @Test
    @Requirement("9068-4-13")
    void asks_nobody_about_a_token_of_another_issuer() {
        assertInvalidToken(validator.validateToken(token(OTHER_KEY, "at+jwt", claims())), RefusalReason.JWT_ISSUER);
        assertThat(server.keyFetches()).isZero();
    }

    @Test
    @Requirement("8414-3.3-01")
    void uses_no_keys_of_metadata_that_names_another_issuer() {
        server.publish(keys(KEY));
        server.announce(server.issuer() + "/");

        assertUnavailable(validator.validateToken(tokenBy(KEY, "1")));
        assertThat(server.keyFetches()).isZero();
    }

    @Test
    void says_that_it_cannot_say_while_the_server_is_down() {
        server.publish(keys(KEY));
        server.goDown();
        assertUnavailable(validator.validateToken(tokenBy(KEY, "1")));

        server.comeBack();
        clock.advance(Duration.ofMinutes(1));
        accepted(validator.validateToken(tokenBy(KEY, "1")));
    }

    @Test
    void refuses_what_is_no_token_even_while_the_server_is_down() {
        server.goDown();

        assertInvalidToken(validator.validateToken("garbage"), RefusalReason.JWT_MALFORMED);
        assertThat(server.keyFetches()).isZero();
    }

    @Test
    @Requirement("D-42")
    void does_not_live_on_what_it_remembers_when_the_life_of_the_keys_has_ended() {
        server.publish(keys(KEY));
        String token = token(
                KEY,
                "at+jwt",
                claims().put("iss", server.issuer()).put("exp", clock.instant().getEpochSecond() + 200_000));
        accepted(validator.validateToken(token));
        accepted(validator.validateToken(token));

        server.goDown();
        clock.advance(Duration.ofHours(25));
        assertUnavailable(validator.validateToken(token));
    }
}
