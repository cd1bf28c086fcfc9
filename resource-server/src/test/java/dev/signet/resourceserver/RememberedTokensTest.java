package dev.signet.resourceserver;

import static dev.signet.resourceserver.Fixture.KEY;
import static dev.signet.resourceserver.Fixture.accepted;
import static dev.signet.resourceserver.Fixture.assertInvalidToken;
import static dev.signet.resourceserver.Fixture.claims;
import static dev.signet.resourceserver.Fixture.keys;
import static dev.signet.resourceserver.Fixture.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.core.error.RefusalReason;
import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.VerifiedJwt;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.VerificationKey;
import dev.signet.outbound.KeySource;
import dev.signet.resourceserver.AccessTokenOutcome.Valid;
import dev.signet.resourceserver.challenge.BearerChallenge;
import dev.signet.testkit.Requirement;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RememberedTokensTest {

    /** Counts how often a signature is checked; its keys can be exchanged. */
    private static final class CountingKeys implements KeySource {
        private final AtomicInteger checks = new AtomicInteger();
        private volatile JwkSet keys = keys(KEY);

        @Override
        public VerifiedJwt verify(UnverifiedJwt jwt, Set<JwsAlgorithm> allowed) {
            checks.incrementAndGet();
            return jwt.verify(keys, allowed);
        }

        @Override
        public boolean contains(VerificationKey key) {
            return keys.keys().contains(key);
        }
    }

    private final CountingKeys source = new CountingKeys();
    private final TestClock clock = new TestClock();
    private final AccessTokenValidator validator = builder().build();

    private AccessTokenValidator.Builder builder() {
        return AccessTokenValidator.builder()
                .issuer(Fixture.ISSUER)
                .audience(Fixture.AUDIENCE)
                .keys(source)
                .clock(clock);
    }

    private IssuerRules rules() {
        TrustedIssuer issuer = TrustedIssuer.builder(Fixture.ISSUER)
                .audience(Fixture.AUDIENCE)
                .leeway(Duration.ZERO)
                .build();
        return new IssuerRules(issuer, source, new AccessRules(BearerChallenge.of("a"), clock, issuer.leeway()));
    }

    @Test
    void checks_the_signature_of_a_token_once() {
        String token = token();
        AccessToken first = accepted(validator.validate(List.of("Bearer " + token)));

        for (int time = 0; time < 10; time++) {
            assertThat(accepted(validator.validate(List.of("bearer  " + token))))
                    .isSameAs(first);
            assertThat(accepted(validator.validateToken(token))).isSameAs(first);
        }
        assertThat(source.checks).hasValue(1);
    }

    @Test
    void checks_the_signature_every_time_where_nothing_is_to_be_remembered() {
        AccessTokenValidator forgetful = builder().cacheSize(0).build();
        String token = token();

        accepted(forgetful.validateToken(token));
        accepted(forgetful.validateToken(token));
        assertThat(source.checks).hasValue(2);
    }

    @Test
    @Requirement("9068-4-14")
    void refuses_a_remembered_token_from_the_moment_it_expires() {
        String token = token();
        accepted(validator.validateToken(token));

        clock.advance(Duration.ofSeconds(629).plusMillis(999));
        accepted(validator.validateToken(token));
        assertThat(source.checks).hasValue(1);
        clock.advance(Duration.ofMillis(1));
        assertInvalidToken(validator.validateToken(token), RefusalReason.JWT_EXPIRED);
    }

    @Test
    @Requirement("9068-4-13")
    void refuses_a_remembered_token_when_its_key_is_gone() {
        String token = token();
        accepted(validator.validateToken(token));

        source.keys = keys(Fixture.OTHER_KEY);
        assertInvalidToken(validator.validateToken(token), RefusalReason.JWT_KEY_UNKNOWN);
        source.keys = keys(KEY);
        accepted(validator.validateToken(token));
    }

    @Test
    void remembers_nothing_for_keys_that_cannot_say_whether_they_are_current() {
        AccessTokenValidator unsure = AccessTokenValidator.builder()
                .issuer(Fixture.ISSUER)
                .audience(Fixture.AUDIENCE)
                .keys((jwt, allowed) -> source.verify(jwt, allowed))
                .clock(clock)
                .build();
        String token = token();

        accepted(unsure.validateToken(token));
        accepted(unsure.validateToken(token));
        assertThat(source.checks).hasValue(2);
    }

    @Test
    @Requirement("9068-4-11")
    void never_takes_a_changed_token_for_one_that_it_remembers() {
        String token = token();
        accepted(validator.validateToken(token));

        for (int position = 0; position < token.length(); position++) {
            char other = token.charAt(position) == 'A' ? 'B' : 'A';
            String changed = token.substring(0, position) + other + token.substring(position + 1);
            assertThat(validator.validateToken(changed))
                    .as("position %d", position)
                    .isInstanceOf(AccessTokenOutcome.Refused.class);
        }
        String[] parts = token.split("\\.");
        for (String changed : List.of(
                token + "A",
                "A" + token,
                token.substring(1),
                token.substring(0, token.length() - 1),
                token + ".",
                parts[0] + parts[1] + "." + "." + parts[2],
                token.replace('A', '\u0141'))) {
            assertThat(validator.validateToken(changed)).isInstanceOf(AccessTokenOutcome.Refused.class);
        }
    }

    @Test
    void never_takes_one_tokens_signature_for_anothers() {
        String[] reader = token(claims().put("scope", "read")).split("\\.");
        String[] admin = token(claims().put("scope", "admin")).split("\\.");
        accepted(validator.validateToken(String.join(".", reader)));
        accepted(validator.validateToken(String.join(".", admin)));

        assertInvalidToken(
                validator.validateToken(admin[0] + "." + admin[1] + "." + reader[2]), RefusalReason.JWT_BAD_SIGNATURE);
    }

    @Test
    void remembers_no_refusal() {
        String early = token(claims().put("nbf", Fixture.NOW.getEpochSecond() + 60));
        assertInvalidToken(validator.validateToken(early), RefusalReason.JWT_NOT_YET_VALID);

        clock.advance(Duration.ofSeconds(60));
        accepted(validator.validateToken(early));
    }

    @Test
    void holds_no_more_tokens_than_it_is_meant_to() {
        SeenTokens seen = new SeenTokens(100);
        IssuerRules issuer = rules();
        Valid valid = (Valid) validator.validateToken(token());
        for (int number = 0; number < 10_000; number++) {
            Fingerprint fingerprint = seen.fingerprint("header.payload" + number + ".signature" + number, 0);
            seen.put(fingerprint, valid, issuer, KEY.verificationKey());
        }

        assertThat(seen.size()).isLessThanOrEqualTo(100);
        assertThat(seen.fingerprint("h.p." + "s".repeat(8_192), 0)).isNull();
        assertThat(seen.fingerprint("not-a-token", 0)).isNull();
    }

    @Test
    @Requirement("9700-4.9-01")
    void keeps_of_a_signature_only_its_hash() {
        SeenTokens seen = new SeenTokens(100);
        String token = token();
        Valid valid = (Valid) validator.validateToken(token);
        Fingerprint fingerprint = seen.fingerprint("Bearer " + token, 7);
        seen.put(fingerprint, valid, rules(), KEY.verificationKey());

        String signed = token.substring(0, token.lastIndexOf('.'));
        assertThat(seen.find(seen.fingerprint(token, 0), Fixture.NOW.toEpochMilli()))
                .isSameAs(valid);
        assertThat(seen.kept())
                .singleElement()
                .satisfies(kept -> assertThat(new String(kept.octets(), StandardCharsets.ISO_8859_1))
                        .isEqualTo(signed));
    }

    @Test
    @Requirement("9700-4.9-01")
    void shows_no_token_to_a_log() {
        String token = token();
        String signature = token.substring(token.lastIndexOf('.') + 1);
        AccessTokenOutcome refused = validator.validateToken(token + "A");

        assertThat(List.of(
                        validator.toString(),
                        validator.validateToken(token).toString(),
                        accepted(validator.validateToken(token)).toString(),
                        refused.toString(),
                        new String(refused.response().body(), StandardCharsets.UTF_8)))
                .noneMatch(text -> text.contains(signature) || text.contains(token.split("\\.")[1]));
    }
}
