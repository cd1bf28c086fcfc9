package dev.signet.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.jwt.json.JsonObject;
import dev.signet.testkit.Requirement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("RFC 9068 §2.2: exp, and RFC 6749 §5.1: expires_in")
class TokenLifetimeTest {

    private final Fixture fixture = Fixture.standard()
            .and(Fixture.keyClient("brief", TestKeys.CLIENT).accessTokenLifetime(Duration.ofSeconds(60)))
            .and(Fixture.keyClient("long", TestKeys.CLIENT).accessTokenLifetime(Duration.ofHours(1)));

    /** What the token lives, which is what the answer says. */
    private static long lifetime(TestAnswer answer) {
        JsonObject claims = answer.token().claims();
        long lifetime =
                claims.findLong("exp").orElseThrow() - claims.findLong("iat").orElseThrow();
        assertThat(answer.json().findLong("expires_in")).hasValue(lifetime);
        return lifetime;
    }

    private TestCall call(String client) {
        return fixture.clientCredentials().assertion(fixture.clientAssertion(client));
    }

    private TestCall exchange(String client, Duration assertionLives) {
        return fixture.exchange(fixture.grantAssertion()
                        .claim(
                                "exp",
                                fixture.clock.instant().plus(assertionLives).getEpochSecond())
                        .compact())
                .assertion(fixture.clientAssertion(client));
    }

    @Nested
    class Is {

        @Test
        @Requirement("9068-2.2-02")
        void that_of_the_resource() {
            assertThat(lifetime(call(Fixture.REPORTER).send())).isEqualTo(600);
            assertThat(lifetime(call(Fixture.REPORTER)
                            .with("resource", Fixture.STOCK)
                            .send()))
                    .isEqualTo(300);
        }

        @Test
        @Requirement("9068-2.2-02")
        void that_of_the_client_where_it_is_shorter() {
            assertThat(lifetime(call("brief").send())).isEqualTo(60);
            assertThat(lifetime(call("brief").with("resource", Fixture.STOCK).send()))
                    .isEqualTo(60);
            assertThat(lifetime(exchange("brief", Duration.ofMinutes(30)).send()))
                    .isEqualTo(60);
        }

        @Test
        @Requirement("9068-2.2-02")
        void never_longer_than_that_of_the_resource() {
            assertThat(lifetime(call("long").send())).isEqualTo(600);
            assertThat(lifetime(call("long").with("resource", Fixture.STOCK).send()))
                    .isEqualTo(300);
        }

        @Test
        @Requirement("9068-2.2-02")
        void never_longer_than_what_is_left_of_the_assertion() {
            assertThat(lifetime(exchange("long", Duration.ofSeconds(90)).send()))
                    .isEqualTo(90);
            assertThat(lifetime(exchange("long", Duration.ofSeconds(5)).send())).isEqualTo(60);
        }

        @Test
        @Requirement("9068-2.2-02")
        void said_right_at_any_fraction_of_a_second() {
            for (int millis : List.of(1, 499, 500, 999)) {
                fixture.clock.advance(Duration.ofMillis(millis));
                assertThat(lifetime(call("brief").send())).isEqualTo(60);
                assertThat(lifetime(exchange(Fixture.REPORTER, Duration.ofSeconds(100))
                                .send()))
                        .isBetween(99L, 100L);
            }
        }
    }
}
