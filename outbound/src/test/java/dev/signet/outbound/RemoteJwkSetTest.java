package dev.signet.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.jwt.JwtRejected;
import dev.signet.jwt.Reason;
import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.SigningKey;
import dev.signet.outbound.LocalServer.Answer;
import dev.signet.testkit.Requirement;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RemoteJwkSetTest {
    private static final Duration LIFE = Duration.ofMinutes(15);
    private static final Duration TICK = Duration.ofMillis(1);
    private static final UnverifiedJwt FIRST = Keys.signedWith(Keys.FIRST);
    private static final UnverifiedJwt SECOND = Keys.signedWith(Keys.SECOND);

    private final LocalServer server = LocalServer.http();
    private final OutboundHttp http =
            OutboundHttp.builder().allowHosts(Set.of("127.0.0.1")).build();
    private final TestClock clock = new TestClock();
    /** What is to be done in the background; each test does it when it likes. */
    private final Deque<Runnable> background = new ArrayDeque<>();

    private final RemoteJwkSet keys = builder().build();

    private RemoteJwkSet.Builder builder() {
        return RemoteJwkSet.builder(server.uri("/jwks"), http).clock(clock).executor(background::add);
    }

    @BeforeEach
    void publish() {
        publish(Keys.FIRST);
    }

    private void publish(SigningKey... published) {
        server.answering(Answers.json(Keys.published(published)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private int fetches() {
        return server.requests().size();
    }

    private void assertTaken(UnverifiedJwt jwt) {
        assertThat(keys.verify(jwt, Keys.ES256).claims().findString("sub")).contains("s");
    }

    private void assertRejected(UnverifiedJwt jwt, Reason reason) {
        assertThatExceptionOfType(JwtRejected.class)
                .isThrownBy(() -> keys.verify(jwt, Keys.ES256))
                .satisfies(rejected -> assertThat(rejected.reason()).isEqualTo(reason));
    }

    private void assertUnavailable(RemoteJwkSet source) {
        assertThatExceptionOfType(KeysUnavailableException.class).isThrownBy(() -> source.verify(FIRST, Keys.ES256));
    }

    @Nested
    @Requirement({"7523-5-03", "9068-4-18", "D-42"})
    class Rfc_7523_5_key_rotation {

        @Test
        void keys_are_fetched_once_and_used_again() {
            assertTaken(FIRST);
            assertTaken(FIRST);
            assertThat(fetches()).isEqualTo(1);
        }

        @Test
        void a_new_key_is_found_by_one_fetch() {
            assertTaken(FIRST);
            publish(Keys.FIRST, Keys.SECOND);
            assertTaken(SECOND);
            assertTaken(FIRST);
            assertTaken(SECOND);
            assertThat(fetches()).isEqualTo(2);
        }

        @Test
        void a_key_taken_away_is_refused_as_soon_as_that_is_known() {
            assertTaken(FIRST);
            publish(Keys.SECOND);
            assertTaken(SECOND);
            assertRejected(FIRST, Reason.KEY_UNKNOWN);
        }

        @Test
        void an_unknown_key_is_looked_for_once_and_refused() {
            assertTaken(FIRST);
            assertRejected(SECOND, Reason.KEY_UNKNOWN);
            assertRejected(SECOND, Reason.KEY_UNKNOWN);
            assertThat(fetches()).isEqualTo(2);
        }

        @Test
        void a_hundred_unknown_keys_in_a_second_lead_to_one_fetch() {
            assertTaken(FIRST);
            for (UnverifiedJwt unknown : Keys.signedWithUnknown(100)) {
                assertRejected(unknown, Reason.KEY_UNKNOWN);
                clock.advance(Duration.ofMillis(10));
            }
            assertThat(fetches()).isEqualTo(2);
            assertTaken(FIRST);
        }

        @Test
        void the_next_fetch_for_an_unknown_key_is_30_seconds_later() {
            assertTaken(FIRST);
            assertRejected(Keys.signedWithUnknown("one"), Reason.KEY_UNKNOWN);
            publish(Keys.FIRST, Keys.SECOND);
            clock.advance(Duration.ofSeconds(30).minus(TICK));
            assertRejected(SECOND, Reason.KEY_UNKNOWN);
            clock.advance(TICK);
            assertTaken(SECOND);
            assertThat(fetches()).isEqualTo(3);
        }

        @Test
        void a_key_looked_for_in_vain_is_not_looked_for_again_for_5_minutes() {
            assertTaken(FIRST);
            assertRejected(SECOND, Reason.KEY_UNKNOWN);
            clock.advance(Duration.ofMinutes(5).minus(TICK));
            assertRejected(SECOND, Reason.KEY_UNKNOWN);
            assertThat(fetches()).isEqualTo(2);
            clock.advance(TICK);
            publish(Keys.SECOND);
            assertTaken(SECOND);
        }

        @Test
        void a_key_identifier_of_absurd_length_is_not_looked_for() {
            assertTaken(FIRST);
            assertRejected(Keys.signedWithUnknown("k".repeat(257)), Reason.KEY_UNKNOWN);
            assertThat(fetches()).isEqualTo(1);
        }

        @Test
        void another_key_under_the_old_name_is_found_by_one_fetch() {
            assertTaken(FIRST);
            publish(Keys.FIRST_IN_NAME);
            assertTaken(Keys.signedWith(Keys.FIRST_IN_NAME));
            assertRejected(FIRST, Reason.BAD_SIGNATURE);
            assertThat(fetches()).isEqualTo(2);
        }

        @Test
        void wrong_signatures_lead_to_one_fetch_in_5_minutes() {
            assertTaken(FIRST);
            UnverifiedJwt forged = Keys.signedWith(Keys.FIRST_IN_NAME);
            for (int count = 0; count < 100; count++) {
                assertRejected(forged, Reason.BAD_SIGNATURE);
            }
            assertThat(fetches()).isEqualTo(2);
            clock.advance(Duration.ofMinutes(5).minus(TICK));
            assertRejected(forged, Reason.BAD_SIGNATURE);
            assertThat(fetches()).isEqualTo(2);
            clock.advance(TICK);
            assertRejected(forged, Reason.BAD_SIGNATURE);
            assertThat(fetches()).isEqualTo(3);
        }

        @Test
        void wrong_signatures_do_not_keep_a_new_key_from_being_found() {
            assertTaken(FIRST);
            assertRejected(Keys.signedWith(Keys.FIRST_IN_NAME), Reason.BAD_SIGNATURE);
            publish(Keys.FIRST, Keys.SECOND);
            clock.advance(Duration.ofSeconds(30));
            assertTaken(SECOND);
        }

        @Test
        void an_algorithm_that_is_not_accepted_leads_to_no_fetch() {
            assertThatExceptionOfType(JwtRejected.class)
                    .isThrownBy(() -> keys.verify(SECOND, Set.of(JwsAlgorithm.RS256)))
                    .satisfies(rejected -> assertThat(rejected.reason()).isEqualTo(Reason.ALGORITHM_NOT_ALLOWED));
            assertThat(fetches()).isZero();
            assertTaken(FIRST);
            assertThat(fetches()).isEqualTo(1);
        }

        @Test
        void a_failed_fetch_for_an_unknown_key_leaves_the_keys_alone() {
            assertTaken(FIRST);
            server.answering(Answers.status("500 Oh"));
            assertRejected(SECOND, Reason.KEY_UNKNOWN);
            assertTaken(FIRST);
            publish(Keys.FIRST, Keys.SECOND);
            clock.advance(Duration.ofSeconds(30));
            assertTaken(SECOND);
        }
    }

    @Nested
    @Requirement("8725-3.10-02")
    class Rfc_8725_3_10_keys_in_headers {

        @Test
        void are_not_fetched() {
            try (LocalServer elsewhere = LocalServer.http().answering(Answers.json(Keys.published(Keys.SECOND)))) {
                String where = elsewhere.uri("/keys").toString();
                String header = "{\"alg\":\"ES256\",\"kid\":\"" + Keys.SECOND.keyId() + "\",\"jku\":\"" + where
                        + "\",\"x5u\":\"" + where + "\"}";
                String signed = base64(header.getBytes(StandardCharsets.UTF_8)) + "."
                        + base64("{\"sub\":\"s\"}".getBytes(StandardCharsets.UTF_8));
                byte[] signature = Keys.SECOND.sign(signed.getBytes(StandardCharsets.US_ASCII));
                UnverifiedJwt pointing = UnverifiedJwt.parse(signed + "." + base64(signature));
                assertRejected(pointing, Reason.KEY_UNKNOWN);
                assertThat(elsewhere.connections()).isZero();
                // With the key where it belongs, the same JWT is good.
                publish(Keys.SECOND);
                clock.advance(LIFE);
                assertTaken(pointing);
                assertThat(elsewhere.connections()).isZero();
            }
        }

        private static String base64(byte[] octets) {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
        }
    }

    @Nested
    @Requirement("D-42")
    class Life {

        @ParameterizedTest
        @CsvSource({
            "X-None: none, 900",
            "Cache-Control: max-age=600, 600",
            "Cache-Control: max-age=300, 300",
            "Cache-Control: max-age=299, 300",
            "Cache-Control: max-age=0, 300",
            "Cache-Control: no-store, 300",
            "Cache-Control: max-age=86400, 86400",
            "Cache-Control: max-age=86401, 86400",
            "Cache-Control: max-age=31536000, 86400"
        })
        void is_what_the_server_says_from_5_minutes_to_24_hours(String field, long seconds) {
            server.answering(Answers.json(Keys.published(Keys.FIRST), field));
            assertTaken(FIRST);
            clock.advance(Duration.ofSeconds(seconds).minus(TICK));
            assertTaken(FIRST);
            assertThat(fetches()).isEqualTo(1);
            background.clear();
            server.answering(Answers.status("500 Oh"));
            clock.advance(TICK);
            assertThat(keys.contains(Keys.FIRST.verificationKey())).isFalse();
        }

        @Test
        void is_renewed_in_the_background_when_a_quarter_is_left() {
            assertTaken(FIRST);
            publish(Keys.FIRST, Keys.SECOND);
            clock.advance(LIFE.multipliedBy(3).dividedBy(4).minus(TICK));
            assertTaken(FIRST);
            assertThat(background).isEmpty();
            clock.advance(TICK);
            assertTaken(FIRST);
            assertTaken(FIRST);
            assertThat(background).hasSize(1);
            assertThat(fetches()).isEqualTo(1);
            background.remove().run();
            assertThat(fetches()).isEqualTo(2);
            assertTaken(SECOND);
            clock.advance(LIFE.dividedBy(2));
            assertTaken(FIRST);
            assertThat(fetches()).isEqualTo(2);
        }

        @Test
        void does_not_outlast_a_clock_that_was_ahead_for_a_while() {
            clock.advance(Duration.ofDays(365));
            assertTaken(FIRST);
            publish(Keys.SECOND);
            clock.advance(Duration.ofDays(-365));
            assertRejected(FIRST, Reason.KEY_UNKNOWN);
            assertThat(keys.contains(Keys.FIRST.verificationKey())).isFalse();
        }

        @Test
        void is_not_cut_short_by_a_clock_that_is_set_back_a_little() {
            assertTaken(FIRST);
            clock.advance(Duration.ofSeconds(-2));
            assertTaken(FIRST);
            assertThat(fetches()).isEqualTo(1);
        }

        @Test
        void is_renewed_by_who_only_asks_whether_a_key_is_there() {
            assertTaken(FIRST);
            clock.advance(LIFE.minus(TICK));
            assertThat(keys.contains(Keys.FIRST.verificationKey())).isTrue();
            assertThat(background).hasSize(1);
        }

        @Test
        void that_could_not_be_renewed_is_tried_again_after_30_seconds() {
            assertTaken(FIRST);
            server.answering(Answers.status("503 Later"));
            clock.advance(LIFE.minus(Duration.ofMinutes(2)));
            assertTaken(FIRST);
            background.remove().run();
            clock.advance(Duration.ofSeconds(30).minus(TICK));
            assertTaken(FIRST);
            assertThat(background).isEmpty();
            clock.advance(TICK);
            assertTaken(FIRST);
            assertThat(background).hasSize(1);
        }

        @Test
        void is_not_harmed_by_a_lack_of_threads() {
            RemoteJwkSet busy = builder()
                    .executor(task -> {
                        throw new RejectedExecutionException();
                    })
                    .build();
            busy.verify(FIRST, Keys.ES256);
            clock.advance(LIFE.minus(TICK));
            busy.verify(FIRST, Keys.ES256);
            clock.advance(Duration.ofSeconds(30));
            busy.verify(FIRST, Keys.ES256);
            assertThat(fetches()).isEqualTo(2);
        }
    }

    static Stream<Answer> badAnswers() {
        String head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
        String good = Keys.published(Keys.FIRST);
        return Stream.of(
                Answers.status("500 Oh"),
                Answers.status("404 Not Found"),
                Answers.raw("HTTP/1.1 302 Found\r\nLocation: https://as.example/\r\n\r\n"),
                Answers.raw("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + good),
                Answers.raw("nonsense"),
                Answers.json("nonsense"),
                Answers.json("[]"),
                Answers.json("{}"),
                Answers.json("{\"keys\":[]}"),
                Answers.json("{\"keys\":[{\"kty\":\"unknown\"}]}"),
                Answers.json("{\"keys\":[" + Keys.FIRST.toPrivateJwk().toJson() + "]}"),
                Answers.raw(head + "\r\n" + good.substring(0, good.length() - 1)),
                Answers.json(good + " ".repeat(256 * 1024)),
                Answers.flood(head + "\r\n", " "));
    }

    @Nested
    @Requirement("D-42")
    class Bad_answers {

        @ParameterizedTest
        @MethodSource("dev.signet.outbound.RemoteJwkSetTest#badAnswers")
        void leave_good_keys_in_use_until_their_life_ends(Answer bad) {
            assertTaken(FIRST);
            server.answering(bad);
            assertRejected(SECOND, Reason.KEY_UNKNOWN);
            assertTaken(FIRST);
            clock.advance(LIFE.minus(TICK));
            assertTaken(FIRST);
            background.remove().run();
            assertThat(fetches()).isEqualTo(3);
            assertTaken(FIRST);
            assertThat(keys.contains(Keys.FIRST.verificationKey())).isTrue();
            clock.advance(Duration.ofSeconds(30));
            assertUnavailable(keys);
            assertThat(keys.contains(Keys.FIRST.verificationKey())).isFalse();
        }

        @ParameterizedTest
        @MethodSource("dev.signet.outbound.RemoteJwkSetTest#badAnswers")
        void at_first_make_keys_unavailable(Answer bad) {
            server.answering(bad);
            assertUnavailable(keys);
            publish(Keys.FIRST);
            clock.advance(Duration.ofSeconds(1));
            assertTaken(FIRST);
        }

        @Test
        void at_first_are_tried_again_after_ever_longer_pauses() {
            server.answering(Answers.status("500 Oh"));
            int expected = 0;
            for (int seconds : new int[] {1, 2, 4, 8, 16, 30, 30, 30}) {
                assertUnavailable(keys);
                assertThat(fetches()).isEqualTo(++expected);
                clock.advance(Duration.ofSeconds(seconds).minus(TICK));
                assertUnavailable(keys);
                assertThat(fetches()).isEqualTo(expected);
                clock.advance(TICK);
            }
        }

        @Test
        void do_not_hold_up_the_next_try_when_a_clock_that_was_ahead_is_set_right() {
            clock.advance(Duration.ofDays(365));
            server.answering(Answers.status("500 Internal Server Error"));
            assertUnavailable(keys);
            publish(Keys.FIRST);
            clock.advance(Duration.ofDays(-365));
            assertTaken(FIRST);
        }

        @Test
        void are_survived_longer_if_so_asked() {
            RemoteJwkSet lenient = builder().allowStaleFor(Duration.ofHours(1)).build();
            lenient.verify(FIRST, Keys.ES256);
            server.answering(Answers.status("500 Oh"));
            clock.advance(LIFE);
            lenient.verify(FIRST, Keys.ES256);
            assertThat(fetches()).isEqualTo(2);
            lenient.verify(FIRST, Keys.ES256);
            assertThat(fetches()).isEqualTo(2);
            clock.advance(Duration.ofHours(1).minus(TICK));
            lenient.verify(FIRST, Keys.ES256);
            clock.advance(TICK);
            assertUnavailable(lenient);
        }

        @Test
        void do_not_let_old_keys_be_used_before_asking_for_new_ones() {
            RemoteJwkSet lenient = builder().allowStaleFor(Duration.ofHours(1)).build();
            lenient.verify(FIRST, Keys.ES256);
            publish(Keys.SECOND);
            clock.advance(LIFE);
            assertThatExceptionOfType(JwtRejected.class).isThrownBy(() -> lenient.verify(FIRST, Keys.ES256));
            lenient.verify(SECOND, Keys.ES256);
        }

        @Test
        void are_told_without_what_they_said() {
            server.answering(Answers.json("{\"keys\":\"secret\"}"));
            assertThatExceptionOfType(KeysUnavailableException.class)
                    .isThrownBy(keys::keys)
                    .withMessageNotContaining("secret")
                    .satisfies(unavailable -> assertThat(unavailable.detail()).contains("127.0.0.1"));
        }
    }

    @Nested
    class Contains {

        @Test
        void says_which_keys_are_in_use() {
            assertThat(keys.contains(Keys.FIRST.verificationKey())).isFalse();
            assertTaken(FIRST);
            assertThat(keys.contains(Keys.FIRST.verificationKey())).isTrue();
            assertThat(keys.contains(Keys.SECOND.verificationKey())).isFalse();
            assertThat(keys.contains(Keys.FIRST_IN_NAME.verificationKey())).isFalse();
            publish(Keys.SECOND);
            assertTaken(SECOND);
            assertThat(keys.contains(Keys.FIRST.verificationKey())).isFalse();
        }

        @Test
        void is_said_of_fixed_keys_too() {
            KeySource fixed = KeySource.of(keys.keys());
            assertThat(fixed.contains(Keys.FIRST.verificationKey())).isTrue();
            assertThat(fixed.contains(Keys.SECOND.verificationKey())).isFalse();
            assertThat(fixed.verify(FIRST, Keys.ES256).key()).contains(Keys.FIRST.verificationKey());
            assertThatExceptionOfType(JwtRejected.class).isThrownBy(() -> fixed.verify(SECOND, Keys.ES256));
        }

        @Test
        void is_no_unless_a_source_can_tell() {
            KeySource own = (jwt, allowed) -> keys.verify(jwt, allowed);
            assertThat(own.contains(Keys.FIRST.verificationKey())).isFalse();
        }
    }

    @Nested
    class Keys_for_encryption {

        private final JsonObject jwk = Keys.FIRST.verificationKey().toJwk().toBuilder()
                .put("alg", "ECDH-ES")
                .put("use", "enc")
                .put("kid", "to-encrypt-with")
                .build();

        @Test
        void are_fetched_as_the_others_are_and_may_be_all_there_are() {
            server.answering(Answers.json("{\"keys\":[" + jwk.toJson() + "]}"));
            assertThat(keys.encryptionKeys("ECDH-ES"))
                    .singleElement()
                    .satisfies(key -> assertThat(key.keyId()).contains("to-encrypt-with"));
            assertThat(keys.encryptionKeys("RSA-OAEP-256")).isEmpty();
            assertThat(fetches()).isEqualTo(1);
            assertRejected(FIRST, Reason.KEY_UNKNOWN);
        }

        @Test
        void do_not_take_the_place_of_those_for_signatures() {
            assertTaken(FIRST);
            server.answering(Answers.json("{\"keys\":[" + jwk.toJson() + "]}"));
            assertRejected(SECOND, Reason.KEY_UNKNOWN);
            assertThat(fetches()).isEqualTo(2);
            assertTaken(FIRST);
        }

        @Test
        void are_had_from_fixed_keys_too_and_from_no_source_that_has_none() {
            server.answering(Answers.json("{\"keys\":[" + jwk.toJson() + "]}"));
            assertThat(KeySource.of(keys.keys()).encryptionKeys("ECDH-ES")).hasSize(1);
            KeySource own = (jwt, allowed) -> keys.verify(jwt, allowed);
            assertThat(own.encryptionKeys("ECDH-ES")).isEmpty();
        }
    }

    @Nested
    class Builder {

        @Test
        @Requirement("FAPI2-5.4.2-01")
        void takes_no_uri_that_would_not_be_called() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> RemoteJwkSet.builder(URI.create("http://as.example/jwks"), http)
                            .allowStaleFor(Duration.ofHours(25))
                            .build())
                    .withMessageContaining("https")
                    .withMessageContaining("allowStaleFor");
            RemoteJwkSet.builder(URI.create("https://as.example/jwks"), http)
                    .allowStaleFor(Duration.ofHours(24))
                    .build();
        }

        @Test
        void fetches_nothing() {
            builder().build();
            assertThat(fetches()).isZero();
        }
    }
}
