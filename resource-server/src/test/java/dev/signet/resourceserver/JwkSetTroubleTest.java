package dev.signet.resourceserver;

import static dev.signet.resourceserver.Fixture.AUDIENCE;
import static dev.signet.resourceserver.Fixture.KEY;
import static dev.signet.resourceserver.Fixture.OTHER_KEY;
import static dev.signet.resourceserver.Fixture.accepted;
import static dev.signet.resourceserver.Fixture.assertInvalidToken;
import static dev.signet.resourceserver.Fixture.claims;
import static dev.signet.resourceserver.Fixture.keys;
import static dev.signet.resourceserver.Fixture.newKey;
import static dev.signet.resourceserver.Fixture.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signet.core.error.RefusalReason;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.SigningKey;
import dev.signet.resourceserver.AccessTokenOutcome.Refused;
import dev.signet.resourceserver.AccessTokenOutcome.Unavailable;
import dev.signet.resourceserver.AccessTokenOutcome.Valid;
import dev.signet.testkit.Requirement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** RFC 9068 §4: trouble with the keys of one issuer, over HTTP, and what becomes of the tokens meanwhile. */
class JwkSetTroubleTest {

    private final LocalAuthorizationServer server = new LocalAuthorizationServer();
    private final TestClock clock = new TestClock();
    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    private final AccessTokenValidator validator = AccessTokenValidator.builder()
            .issuer(server.issuer())
            .audience(AUDIENCE)
            .outbound(server.outbound())
            .clock(clock)
            .build();

    @BeforeEach
    void start() {
        server.publish(keys(KEY));
    }

    @AfterEach
    void stop() {
        server.release();
        threads.shutdownNow();
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

    private AccessTokenOutcome validate(SigningKey key, String id) {
        return validator.validateToken(tokenBy(key, id));
    }

    @Test
    @Requirement({"9068-4-18", "D-42"})
    void tokens_of_known_keys_pass_while_the_endpoint_is_down() {
        accepted(validate(KEY, "1"));
        server.goDown();

        accepted(validate(KEY, "2"));
        assertInvalidToken(validate(OTHER_KEY, "3"), RefusalReason.JWT_KEY_UNKNOWN);
        clock.advance(Duration.ofMinutes(4));
        accepted(validate(KEY, "4"));

        server.publish(keys(KEY, OTHER_KEY));
        server.comeBack();
        clock.advance(Duration.ofSeconds(31));
        await().untilAsserted(() -> accepted(validate(KEY, "5")));
        // What was looked for in vain is looked for again after five minutes at the latest.
        clock.advance(Duration.ofMinutes(5));
        await().untilAsserted(() -> accepted(validate(OTHER_KEY, "6")));
    }

    @Test
    @Requirement({"9068-4-18", "D-42"})
    void tokens_of_known_keys_pass_while_the_endpoint_is_slow() throws Exception {
        accepted(validate(KEY, "1"));
        server.hold();
        Future<AccessTokenOutcome> waiting = threads.submit(() -> validate(OTHER_KEY, "2"));
        await().until(() -> server.keyFetches() == 2);

        for (int number = 0; number < 100; number++) {
            accepted(validate(KEY, "k" + number));
        }
        assertThat(waiting).isNotDone();

        server.publish(keys(KEY, OTHER_KEY));
        server.release();
        accepted(waiting.get());
        assertThat(server.keyFetches()).isEqualTo(2);
    }

    @Test
    @Requirement("9068-4-18")
    void a_flood_of_unknown_keys_by_many_at_once_leads_to_one_fetch() throws Exception {
        accepted(validate(KEY, "1"));
        List<Future<AccessTokenOutcome>> flood = new ArrayList<>();
        for (int number = 0; number < 200; number++) {
            SigningKey unknown = newKey(JwsAlgorithm.ES256, "unknown-" + number);
            flood.add(threads.submit(() -> validate(unknown, "u")));
            String good = "g" + number;
            flood.add(threads.submit(() -> validate(KEY, good)));
        }

        int passed = 0;
        for (Future<AccessTokenOutcome> each : flood) {
            AccessTokenOutcome outcome = each.get();
            assertThat(outcome).isNotInstanceOf(Unavailable.class);
            passed += outcome instanceof Valid ? 1 : 0;
        }
        assertThat(passed).isEqualTo(200);
        assertThat(server.keyFetches()).isEqualTo(2);

        for (int round = 0; round < 10; round++) {
            clock.advance(Duration.ofSeconds(31));
            for (int number = 0; number < 20; number++) {
                validate(newKey(JwsAlgorithm.ES256, "round-" + round + "-" + number), "u");
            }
        }
        assertThat(server.keyFetches()).isLessThanOrEqualTo(13);
    }

    @Test
    @Requirement({"9068-4-13", "9068-4-18"})
    void a_rotation_is_followed_in_either_direction() {
        String old = tokenBy(KEY, "old");
        accepted(validator.validateToken(old));
        accepted(validator.validateToken(old));

        server.publish(keys(KEY, OTHER_KEY));
        accepted(validate(OTHER_KEY, "new"));
        accepted(validator.validateToken(old));

        server.publish(keys(OTHER_KEY));
        clock.advance(Duration.ofSeconds(31));
        assertThat(validate(newKey(JwsAlgorithm.ES256), "makes it look")).isInstanceOf(Refused.class);
        assertInvalidToken(validator.validateToken(old), RefusalReason.JWT_KEY_UNKNOWN);
        accepted(validate(OTHER_KEY, "newer"));
    }

    @Test
    @Requirement({"9068-4-13", "9068-4-18"})
    void another_key_under_the_same_name_is_taken_and_the_old_one_given_up() {
        SigningKey replaced = newKey(JwsAlgorithm.ES256, KEY.keyId());
        String old = tokenBy(KEY, "old");
        accepted(validator.validateToken(old));

        server.publish(keys(replaced));
        accepted(validate(replaced, "new"));
        assertInvalidToken(validator.validateToken(old), RefusalReason.JWT_BAD_SIGNATURE);
        assertThat(server.keyFetches()).isEqualTo(2);
    }

    @Test
    @Requirement({"9068-4-18", "9068-4-19"})
    void of_one_issuer_is_none_of_the_others() {
        try (LocalAuthorizationServer other = new LocalAuthorizationServer()) {
            other.publish(keys(OTHER_KEY));
            AccessTokenValidator both = AccessTokenValidator.builder()
                    .issuer(server.issuer())
                    .audience(AUDIENCE)
                    .trust(TrustedIssuer.builder(other.issuer())
                            .audience(AUDIENCE)
                            .build())
                    .outbound(LocalAuthorizationServer.outbound(server, other))
                    .clock(clock)
                    .build();
            server.goDown();

            assertThat(both.validateToken(tokenBy(KEY, "1"))).isInstanceOf(Unavailable.class);
            accepted(both.validateToken(token(OTHER_KEY, "at+jwt", claims().put("iss", other.issuer()))));
            assertThat(other.keyFetches()).isEqualTo(1);
        }
    }
}
