package dev.signet.resourceserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.explanation.Check;
import dev.signet.core.explanation.Explanation;
import dev.signet.core.explanation.Finding;
import dev.signet.core.explanation.JwtKind;
import dev.signet.core.explanation.Verdict;
import dev.signet.jwt.JwtEncrypter;
import dev.signet.jwt.Reason;
import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.VerifiedJwt;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.DecryptionKey;
import dev.signet.jwt.key.EncryptionKey;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.SigningKey;
import dev.signet.jwt.key.VerificationKey;
import dev.signet.outbound.KeySource;
import dev.signet.outbound.KeysUnavailableException;
import dev.signet.resourceserver.AccessTokenOutcome.Refused;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A validator that explains what it does: the same reason that it refuses for, at the check that it belongs to. */
class ExplanationTest {

    private static final DecryptionKey OURS = newDecryptionKey();
    private static final AccessTokenValidator VALIDATOR = Fixture.validator()
            .encryption(new AccessTokenEncryption(List.of(OURS), Set.of("ECDH-ES+A256KW"), Set.of("A256GCM")))
            .build();

    private static DecryptionKey newDecryptionKey() {
        try {
            return DecryptionKey.fromJwk(JsonObject.parse(new ECKeyGenerator(Curve.P_256)
                    .keyID("ours")
                    .algorithm(JWEAlgorithm.ECDH_ES_A256KW)
                    .generate()
                    .toJSONString()));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A token in the making: each change is a copy. */
    private record Draft(JsonObject header, JsonObject claims, SigningKey key, boolean encrypted) {

        static Draft good() {
            JsonObject header = JsonObject.builder()
                    .put("alg", "ES256")
                    .put("typ", "at+jwt")
                    .put("kid", Fixture.KEY.keyId())
                    .build();
            return new Draft(header, Fixture.claims().build(), Fixture.KEY, true);
        }

        Draft header(String name, Object value) {
            return new Draft(header.toBuilder().put(name, value).build(), claims, key, encrypted);
        }

        Draft claim(String name, Object value) {
            return new Draft(header, claims.toBuilder().put(name, value).build(), key, encrypted);
        }

        Draft without(String name) {
            return new Draft(header, claims.toBuilder().remove(name).build(), key, encrypted);
        }

        Draft signedWith(SigningKey other) {
            return new Draft(header, claims, other, encrypted);
        }

        Draft inTheClear() {
            return new Draft(header, claims, key, false);
        }

        String compact() {
            String signed = Fixture.signed(key, header.toJson(), claims.toBuilder());
            return encrypted
                    ? JwtEncrypter.of(EncryptionKey.fromJwk(OURS.toJwk(), "ECDH-ES+A256KW"), "A256GCM")
                            .encrypt(signed)
                    : signed;
        }
    }

    /** What is done to a good token so that it fails a check, and passes all others that nothing is said about. */
    private static Map<Check, UnaryOperator<Draft>> defects() {
        long now = Fixture.NOW.getEpochSecond();
        Map<Check, UnaryOperator<Draft>> defects = new EnumMap<>(Check.class);
        defects.put(Check.FORM, draft -> draft.header("crit", List.of("exp")));
        defects.put(Check.ISSUER, draft -> draft.claim("iss", "https://other.example.com"));
        defects.put(Check.ENCRYPTION, Draft::inTheClear);
        defects.put(Check.ALGORITHM, draft -> draft.header("alg", "HS256"));
        defects.put(Check.KEY, draft -> draft.header("kid", "made-up"));
        defects.put(Check.SIGNATURE, draft -> draft.signedWith(Fixture.OTHER_KEY));
        defects.put(Check.TYPE, draft -> draft.header("typ", "dpop+jwt"));
        defects.put(Check.CLAIMS, draft -> draft.without("aud"));
        defects.put(Check.AUDIENCE, draft -> draft.claim("aud", "https://other.example.com"));
        defects.put(Check.EXPIRY, draft -> draft.claim("exp", now - 60));
        defects.put(Check.NOT_BEFORE, draft -> draft.claim("nbf", now + 60));
        defects.put(Check.ISSUED_AT, draft -> draft.claim("iat", now + 60));
        defects.put(Check.CLAIM_FORM, draft -> draft.claim("scope", "two  spaces"));
        defects.put(Check.CONFIRMATION, draft -> draft.claim("cnf", JsonObject.empty()));
        return defects;
    }

    private static List<Check> checks(Explanation explanation, Verdict verdict) {
        return explanation.findings().stream()
                .filter(finding -> finding.verdict() == verdict)
                .map(Finding::check)
                .toList();
    }

    private static List<Check> made() {
        return checks(VALIDATOR.explain(Draft.good().compact()), Verdict.PASSED);
    }

    @Test
    void a_good_token_passes_every_check() {
        Explanation explanation = VALIDATOR.explain(Draft.good().compact());
        assertThat(explanation.isAccepted()).isTrue();
        assertThat(explanation.kind()).isEqualTo(JwtKind.ACCESS_TOKEN);
        assertThat(made()).containsExactlyInAnyOrderElementsOf(defects().keySet());
        assertThat(explanation.findings()).hasSameSizeAs(made());
    }

    @Nested
    @DisplayName("RFC 9068 §4: the order of the checks is that of the code")
    class Order {

        static Stream<Arguments> pairs() {
            List<Check> made = made();
            List<Arguments> pairs = new ArrayList<>();
            for (int first = 0; first < made.size(); first++) {
                for (int second = first; second < made.size(); second++) {
                    pairs.add(Arguments.of(made.get(first), made.get(second)));
                }
            }
            return pairs.stream();
        }

        @ParameterizedTest
        @MethodSource("pairs")
        void what_fails_two_checks_is_refused_at_the_first(Check first, Check second) {
            // The first is made last, where both change the same member.
            String token = defects()
                    .get(first)
                    .apply(defects().get(second).apply(Draft.good()))
                    .compact();
            Explanation explanation = VALIDATOR.explain(token);
            List<Check> made = made();
            assertThat(checks(explanation, Verdict.FAILED)).containsExactly(first);
            assertThat(checks(explanation, Verdict.PASSED)).isEqualTo(made.subList(0, made.indexOf(first)));
            assertThat(checks(explanation, Verdict.NOT_REACHED))
                    .isEqualTo(made.subList(made.indexOf(first) + 1, made.size()));
        }

        @ParameterizedTest
        @EnumSource(Check.class)
        void the_validator_refuses_for_the_same_reason(Check check) {
            if (!defects().containsKey(check)) {
                assertThat(made()).doesNotContain(check);
                return;
            }
            String token = defects().get(check).apply(Draft.good()).compact();
            assertThat(VALIDATOR.validateToken(token)).isInstanceOfSatisfying(Refused.class, refused -> {
                Finding refusal = VALIDATOR.explain(token).refusal().orElseThrow();
                assertThat(refusal.reason()).contains(refused.reason());
                assertThat(refusal.detail()).isEqualTo(refused.detail());
            });
        }

        @Test
        void every_reason_to_refuse_a_jwt_belongs_to_one_of_them() {
            assertThat(Arrays.stream(Reason.values())
                            .map(reason -> Check.find(RefusalReason.of(reason)).orElseThrow())
                            .filter(check -> !made().contains(check))
                            .collect(Collectors.toSet()))
                    // No subject is expected, so that none is another.
                    .isEqualTo(EnumSet.of(Check.SUBJECT));
        }
    }

    @Nested
    @DisplayName("What is explained")
    class Explained {

        @Test
        void may_be_garbage() {
            for (String garbage : List.of("", "garbage", "a.b.c", "a.b.c.d.e", "....")) {
                assertThat(checks(VALIDATOR.explain(garbage), Verdict.FAILED)).containsExactly(Check.FORM);
            }
        }

        @Test
        void is_not_remembered() {
            AtomicInteger asked = new AtomicInteger();
            KeySource keys = new KeySource() {
                @Override
                public VerifiedJwt verify(UnverifiedJwt jwt, Set<JwsAlgorithm> allowed) {
                    asked.incrementAndGet();
                    return jwt.verify(Fixture.keys(Fixture.KEY), allowed);
                }

                @Override
                public boolean contains(VerificationKey key) {
                    return true;
                }
            };
            AccessTokenValidator validator = AccessTokenValidator.builder()
                    .issuer(Fixture.ISSUER)
                    .audience(Fixture.AUDIENCE)
                    .keys(keys)
                    .clock(Fixture.CLOCK)
                    .build();
            String token = Fixture.token();
            validator.explain(token);
            validator.explain(token);
            assertThat(asked).hasValue(2);
            validator.validateToken(token);
            validator.validateToken(token);
            assertThat(asked).as("a token that was validated is remembered").hasValue(3);
        }

        @Test
        void may_have_keys_that_cannot_be_had() {
            AccessTokenValidator validator = AccessTokenValidator.builder()
                    .issuer(Fixture.ISSUER)
                    .audience(Fixture.AUDIENCE)
                    .keys((jwt, allowed) -> {
                        throw new KeysUnavailableException("down", new IllegalStateException());
                    })
                    .clock(Fixture.CLOCK)
                    .build();
            Finding refusal = validator.explain(Fixture.token()).refusal().orElseThrow();
            assertThat(refusal.check()).isEqualTo(Check.KEY);
            assertThat(refusal.reason()).contains(RefusalReason.KEYS_UNAVAILABLE);
        }
    }
}
