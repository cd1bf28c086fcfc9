package dev.signet.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.authorizationserver.store.GrantStore;
import dev.signet.authorizationserver.store.JwtIdDigest;
import dev.signet.authorizationserver.store.Presented;
import dev.signet.authorizationserver.store.Redeemable;
import dev.signet.authorizationserver.store.Redemption;
import dev.signet.authorizationserver.store.RedemptionOutcome;
import dev.signet.authorizationserver.store.ReplayGuard;
import dev.signet.authorizationserver.store.ReplayKey;
import dev.signet.authorizationserver.store.RevokedToken;
import dev.signet.authorizationserver.store.RevokedTokens;
import dev.signet.authorizationserver.store.SingleUse;
import dev.signet.authorizationserver.store.StoredGrant;
import dev.signet.authorizationserver.store.StoredToken;
import dev.signet.authorizationserver.store.StoredTokens;
import dev.signet.authorizationserver.store.TokenDigest;
import dev.signet.core.ClientId;
import dev.signet.core.JwtId;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.authorization.Authentication;
import dev.signet.core.authorization.CodeVerifier;
import dev.signet.jwt.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link GrantStore} must do. Extend it and say how to open yours:
 *
 * <pre>{@code
 * class MyGrantStoreTest extends GrantStoreContract {
 *     protected Opened open(Clock clock) {
 *         return new Opened(
 *                 new MyGrantStore(connection, clock),
 *                 new MyReplayGuard(connection, clock),
 *                 new MyStoredTokens(connection, clock),
 *                 new MyRevokedTokens(connection, clock));
 *     }
 * }
 * }</pre>
 */
public abstract class GrantStoreContract {

    private static final int ROUNDS = 10;
    private static final Instant NOW = TestClock.START;
    private static final Instant IN_AN_HOUR = NOW.plusSeconds(3600);
    private static final ClientId CLIENT = new ClientId("web");

    private final TestClock clock = TestClock.atStart();
    private Optional<Opened> one = Optional.empty();
    private Optional<Opened> two = Optional.empty();

    /**
     * The store under test, with the others that it works with.
     *
     * @param grants the store under test
     * @param replayGuard what remembers uses, in the same store
     * @param storedTokens what keeps access tokens, in the same store
     * @param revokedTokens what remembers revoked access tokens, in the same store
     */
    public record Opened(
            GrantStore grants, ReplayGuard replayGuard, StoredTokens storedTokens, RevokedTokens revokedTokens) {}

    /**
     * Opens it. Called twice before each test: the second is another instance on the same store, as another node has it. Where there
     * is no such thing, give the same again. The store need not be empty, if nothing in it was left by a test of this class.
     *
     * @param clock what the stores must go by
     */
    protected abstract Opened open(Clock clock);

    @BeforeEach
    final void openBoth() {
        one = Optional.of(open(clock));
        two = Optional.of(open(clock));
    }

    private GrantStore node() {
        return one.orElseThrow().grants();
    }

    private GrantStore otherNode() {
        return two.orElseThrow().grants();
    }

    private static StoredGrant grant(String name) {
        return grant(name, CLIENT, "a subject of " + name);
    }

    private static StoredGrant grant(String name, ClientId clientId, String subject) {
        return new StoredGrant(
                new JwtId("grant " + name),
                clientId,
                subject,
                Scope.of("orders.read", "stock.read"),
                new LinkedHashSet<>(List.of(
                        new ResourceIndicator("https://api.example.com/orders"),
                        new ResourceIndicator("https://api.example.com/stock"))),
                Optional.of("https://web.example.com/callback?a=b%22"),
                Optional.of(new CodeVerifier("v".repeat(43)).challenge()),
                new Authentication(NOW.minusSeconds(300), Optional.of("urn:example:loa"), List.of("pwd", "otp")),
                NOW.plusMillis(123),
                NOW.plus(Duration.ofDays(90)));
    }

    private static TokenDigest digest(String text) {
        return TokenDigest.of(text);
    }

    private StoredGrant put(String name) {
        StoredGrant grant = grant(name);
        node().put(grant, digest("code " + name), NOW.plusSeconds(60), List.of());
        return grant;
    }

    private static Presented code(String name) {
        return new Presented.Code(digest("code " + name));
    }

    private static Presented rotated(String text) {
        return new Presented.RotatedRefreshToken(digest(text), NOW, Duration.ZERO);
    }

    private static Presented lasting(String text, Instant expiresAt) {
        return new Presented.LastingRefreshToken(digest(text), expiresAt);
    }

    private static Redemption.Builder redemption(StoredGrant grant, Presented presented, String accessToken) {
        return Redemption.of(grant, presented, NOW).accessToken(new JwtId(accessToken), IN_AN_HOUR);
    }

    /** A code that is redeemed for an access token {@code at <name>} and a refresh token {@code rt <name>}. */
    private StoredGrant redeemed(String name) {
        StoredGrant grant = put(name);
        assertThat(node().redeem(redemption(grant, code(name), "at " + name)
                        .refreshToken(digest("rt " + name), NOW.plus(Duration.ofDays(14)))
                        .build()))
                .isEqualTo(new RedemptionOutcome.Done());
        return grant;
    }

    private static SingleUse use(String jwtId) {
        return new SingleUse(new ReplayKey(ReplayKey.ASSERTION, "web", jwtId), NOW.plusSeconds(60));
    }

    private boolean isUsed(SingleUse use) {
        return two.orElseThrow().replayGuard().consume(List.of(use)).isPresent();
    }

    private boolean isRevoked(String accessToken) {
        return two.orElseThrow().revokedTokens().isRevoked(JwtIdDigest.of(new JwtId(accessToken)));
    }

    private static RevokedToken revoked(String accessToken) {
        return RevokedToken.of(new JwtId(accessToken), IN_AN_HOUR);
    }

    @Nested
    @Requirement("D-18")
    class What_is_granted_once {
        @Test
        void is_recorded_with_the_grant() {
            assertThat(node().put(grant("once"), digest("code once"), IN_AN_HOUR, List.of(use("one"), use("two"))))
                    .isEmpty();
            assertThat(isUsed(use("one"))).isTrue();
            assertThat(isUsed(use("two"))).isTrue();
            assertThat(otherNode().findCode(digest("code once"))).isPresent();
        }

        @Test
        void leaves_no_grant_if_it_was_granted_before() {
            assertThat(isUsed(use("before"))).isFalse();
            assertThat(node().put(
                                    grant("twice"),
                                    digest("code twice"),
                                    IN_AN_HOUR,
                                    List.of(use("fresh"), use("before"))))
                    .contains(use("before").key());
            assertThat(otherNode().findCode(digest("code twice"))).isEmpty();
            assertThat(isUsed(use("fresh"))).isFalse();
        }

        @ParameterizedTest
        @ValueSource(ints = {2, 16})
        void has_one_winner(int runners) {
            for (int round = 0; round < ROUNDS; round++) {
                String name = "granted " + runners + " " + round + " ";
                SingleUse raced = use(name);
                List<Boolean> kept = Race.of(runners, number -> {
                    Callable<Boolean> runner = () -> (number % 2 == 0 ? node() : otherNode())
                            .put(grant(name + number), digest("code " + name + number), IN_AN_HOUR, List.of(raced))
                            .isEmpty();
                    return runner;
                });
                assertThat(kept).filteredOn(won -> won).hasSize(1);
                assertThat(IntStream.range(0, runners)
                                .filter(number -> node().findCode(digest("code " + name + number))
                                        .isPresent()))
                        .hasSize(1);
            }
        }
    }

    @Nested
    @Requirement("6749-4.1.2-03")
    class A_grant {
        @Test
        void is_found_by_its_code_at_once_and_on_every_instance_as_it_was_put() {
            assertThat(node().findCode(digest("code found"))).isEmpty();
            StoredGrant grant = put("found");
            Redeemable found = new Redeemable(grant, NOW.plusSeconds(60), Optional.empty());
            assertThat(node().findCode(digest("code found"))).hasValue(found);
            assertThat(otherNode().findCode(digest("code found"))).hasValue(found);
            assertThat(otherNode().findCode(digest("code Found"))).isEmpty();
            assertThat(otherNode().findRefreshToken(digest("code found"))).isEmpty();
        }

        @Test
        void may_lack_what_is_optional_and_hold_any_text() {
            StoredGrant grant = new StoredGrant(
                    new JwtId("bare"),
                    CLIENT,
                    "\u00fc, \u4e2d and \\ \" ' of a subject" + "s".repeat(500),
                    Scope.empty(),
                    Set.of(new ResourceIndicator("urn:example:api")),
                    Optional.empty(),
                    Optional.empty(),
                    new Authentication(NOW, Optional.empty(), List.of()),
                    NOW,
                    NOW.plusSeconds(60));
            node().put(grant, digest("code bare"), NOW.plusSeconds(60), List.of());
            assertThat(otherNode().findCode(digest("code bare")).map(Redeemable::grant))
                    .hasValue(grant);
        }

        @Test
        void is_found_by_its_used_code_as_long_as_something_that_came_of_it_may_be_good() {
            redeemed("long");
            clock.set(NOW.plus(Duration.ofDays(14)).minusSeconds(1));
            for (int other = 0; other < 20; other++) {
                put("later " + other);
            }
            assertThat(otherNode().findCode(digest("code long"))).isPresent();
            assertThat(otherNode().findRefreshToken(digest("rt long"))).isPresent();
        }
    }

    @Nested
    @Requirement({"6749-4.1.2-02", "D-31"})
    class A_code {
        @Test
        void is_redeemed_once() {
            StoredGrant grant = redeemed("once");
            assertThat(otherNode().findCode(digest("code once")).flatMap(Redeemable::usedAt))
                    .hasValue(NOW);
            assertThat(otherNode()
                            .redeem(redemption(grant, code("once"), "at once again")
                                    .refreshToken(digest("rt once again"), IN_AN_HOUR)
                                    .build()))
                    .isEqualTo(new RedemptionOutcome.Used());
            assertThat(otherNode().findRefreshToken(digest("rt once again"))).isEmpty();
            assertThat(node().revoke(grant.id(), List.of()).accessTokens()).containsExactly(revoked("at once"));
        }

        @Test
        @Requirement("7523-3-17")
        void is_redeemed_together_with_the_uses_of_the_request_and_the_token_that_is_kept() {
            StoredGrant grant = put("together");
            JsonObject claims = JsonObject.builder().put("sub", "a subject").build();
            StoredToken kept = new StoredToken(digest("opaque"), claims, IN_AN_HOUR);
            Redemption redemption = redemption(grant, code("together"), "at together")
                    .storedToken(kept)
                    .uses(List.of(use("t1"), use("t2")))
                    .build();
            assertThat(node().redeem(redemption)).isEqualTo(new RedemptionOutcome.Done());
            assertThat(isUsed(use("t1"))).isTrue();
            assertThat(isUsed(use("t2"))).isTrue();
            assertThat(two.orElseThrow().storedTokens().find(digest("opaque"))).hasValue(kept);
        }

        @Test
        @Requirement({"7523-3-16", "7523-3-17"})
        void is_not_redeemed_when_an_assertion_was_used_before_and_nothing_is_recorded() {
            StoredGrant grant = put("replayed");
            assertThat(isUsed(use("before"))).isFalse();
            Redemption.Builder redemption = redemption(grant, code("replayed"), "at replayed")
                    .storedToken(new StoredToken(digest("opaque replayed"), JsonObject.empty(), IN_AN_HOUR))
                    .refreshToken(digest("rt replayed"), IN_AN_HOUR);
            assertThat(otherNode()
                            .redeem(redemption
                                    .uses(List.of(use("fresh"), use("before")))
                                    .build()))
                    .isEqualTo(new RedemptionOutcome.Replayed(use("before").key()));
            assertThat(node().findCode(digest("code replayed")).flatMap(Redeemable::usedAt))
                    .isEmpty();
            assertThat(node().findRefreshToken(digest("rt replayed"))).isEmpty();
            assertThat(two.orElseThrow().storedTokens().find(digest("opaque replayed")))
                    .isEmpty();
            assertThat(node().redeem(redemption.uses(List.of(use("fresh"))).build()))
                    .isEqualTo(new RedemptionOutcome.Done());
        }

        @Test
        void that_was_used_leaves_the_assertion_of_the_request_unused() {
            StoredGrant grant = redeemed("unused");
            assertThat(node().redeem(redemption(grant, code("unused"), "at unused again")
                            .uses(List.of(use("unused")))
                            .build()))
                    .isEqualTo(new RedemptionOutcome.Used());
            assertThat(isUsed(use("unused"))).isFalse();
        }

        @ParameterizedTest
        @ValueSource(ints = {2, 16, 50})
        void has_one_winner(int runners) {
            for (int round = 0; round < ROUNDS; round++) {
                String name = "race of " + runners + ", " + round;
                StoredGrant grant = put(name);
                List<RedemptionOutcome> outcomes = Race.of(runners, number -> {
                    GrantStore store = number % 2 == 0 ? node() : otherNode();
                    Redemption redemption = redemption(grant, code(name), "at " + name + " " + number)
                            .refreshToken(digest("rt " + name + " " + number), IN_AN_HOUR)
                            .uses(List.of(use(name + " " + number)))
                            .build();
                    Callable<RedemptionOutcome> runner = () -> store.redeem(redemption);
                    return runner;
                });
                assertThat(outcomes.stream().filter(new RedemptionOutcome.Done()::equals))
                        .hasSize(1);
                assertThat(outcomes.stream().filter(new RedemptionOutcome.Used()::equals))
                        .hasSize(runners - 1);
                int winner = outcomes.indexOf(new RedemptionOutcome.Done());
                assertThat(node().findRefreshToken(digest("rt " + name + " " + winner)))
                        .isPresent();
                assertThat(node().revoke(grant.id(), List.of()).accessTokens())
                        .containsExactly(revoked("at " + name + " " + winner));
            }
        }
    }

    @Nested
    @Requirement({"D-29", "6749-6-05"})
    class A_refresh_token {
        @Test
        void is_found_as_it_was_put() {
            StoredGrant grant = redeemed("refresh");
            assertThat(otherNode().findRefreshToken(digest("rt refresh")))
                    .hasValue(new Redeemable(grant, NOW.plus(Duration.ofDays(14)), Optional.empty()));
            assertThat(otherNode().findCode(digest("rt refresh"))).isEmpty();
        }

        @Test
        void that_lasts_may_be_used_again_and_lasts_longer_then() {
            StoredGrant grant = redeemed("lasting");
            Instant later = NOW.plus(Duration.ofDays(20));
            for (int use = 0; use < 2; use++) {
                assertThat(node().redeem(redemption(grant, lasting("rt lasting", later), "at lasting " + use)
                                .build()))
                        .isEqualTo(new RedemptionOutcome.Done());
            }
            assertThat(otherNode().findRefreshToken(digest("rt lasting")))
                    .hasValue(new Redeemable(grant, later, Optional.empty()));
        }

        @Test
        void that_is_rotated_is_used_once_and_followed_by_another() {
            StoredGrant grant = redeemed("rotated");
            assertThat(node().redeem(redemption(grant, rotated("rt rotated"), "at rotated 2")
                            .refreshToken(digest("rt rotated 2"), IN_AN_HOUR)
                            .build()))
                    .isEqualTo(new RedemptionOutcome.Done());
            assertThat(otherNode().findRefreshToken(digest("rt rotated")).flatMap(Redeemable::usedAt))
                    .hasValue(NOW);
            assertThat(otherNode().findRefreshToken(digest("rt rotated 2")))
                    .hasValue(new Redeemable(grant, IN_AN_HOUR, Optional.empty()));
            assertThat(otherNode()
                            .redeem(redemption(grant, rotated("rt rotated"), "at rotated 3")
                                    .build()))
                    .isEqualTo(new RedemptionOutcome.Used());
            assertThat(otherNode()
                            .redeem(redemption(grant, lasting("rt rotated", IN_AN_HOUR), "at rotated 4")
                                    .build()))
                    .isEqualTo(new RedemptionOutcome.Used());
        }

        @Test
        void that_is_rotated_may_be_used_again_within_the_grace_from_its_first_use() {
            StoredGrant grant = redeemed("grace");
            redeemAt(grant, NOW);
            assertThat(redeemAt(grant, NOW.plusMillis(9_999))).isEqualTo(new RedemptionOutcome.Done());
            assertThat(redeemAt(grant, NOW.plusSeconds(10))).isEqualTo(new RedemptionOutcome.Used());
        }

        private RedemptionOutcome redeemAt(StoredGrant grant, Instant at) {
            Presented graced = new Presented.RotatedRefreshToken(digest("rt grace"), at, Duration.ofSeconds(10));
            return node().redeem(Redemption.of(grant, graced, at)
                    .accessToken(new JwtId("at grace " + at), IN_AN_HOUR)
                    .refreshToken(digest("rt grace " + at), IN_AN_HOUR)
                    .build());
        }

        @Test
        void that_is_not_there_is_as_one_whose_grant_was_revoked() {
            StoredGrant grant = redeemed("absent");
            assertThat(node().redeem(redemption(grant, rotated("rt of nobody"), "at absent 2")
                            .build()))
                    .isEqualTo(new RedemptionOutcome.Revoked());
        }

        @ParameterizedTest
        @ValueSource(ints = {2, 16})
        void has_one_winner_when_it_is_rotated(int runners) {
            for (int round = 0; round < ROUNDS; round++) {
                String name = "rotation of " + runners + ", " + round;
                StoredGrant grant = redeemed(name);
                List<RedemptionOutcome> outcomes = Race.of(runners, number -> {
                    GrantStore store = number % 2 == 0 ? node() : otherNode();
                    Redemption redemption = redemption(grant, rotated("rt " + name), "at " + name + " " + number)
                            .refreshToken(digest("rt " + name + " " + number), IN_AN_HOUR)
                            .build();
                    Callable<RedemptionOutcome> runner = () -> store.redeem(redemption);
                    return runner;
                });
                assertThat(outcomes.stream().filter(new RedemptionOutcome.Done()::equals))
                        .hasSize(1);
            }
        }
    }

    @Nested
    @Requirement({"7009-2.1-03", "D-31", "D-44"})
    class Revoking {
        @Test
        void ends_codes_and_refresh_tokens_and_revokes_the_access_tokens() {
            StoredGrant grant = redeemed("ended");
            node().redeem(redemption(grant, lasting("rt ended", IN_AN_HOUR), "at ended 2")
                    .build());
            redeemed("other");
            assertThat(node().revoke(grant.id(), List.of()).accessTokens())
                    .containsExactlyInAnyOrder(revoked("at ended"), revoked("at ended 2"));
            assertThat(isRevoked("at ended")).isTrue();
            assertThat(isRevoked("at ended 2")).isTrue();
            assertThat(isRevoked("at other")).isFalse();
            assertThat(two.orElseThrow()
                            .revokedTokens()
                            .changesSince(RevokedTokens.START, 100_000)
                            .revoked())
                    .contains(revoked("at ended"), revoked("at ended 2"));
            assertThat(otherNode().findCode(digest("code ended"))).isEmpty();
            assertThat(otherNode().findRefreshToken(digest("rt ended"))).isEmpty();
            assertThat(otherNode().findRefreshToken(digest("rt other"))).isPresent();
            assertThat(otherNode()
                            .redeem(redemption(grant, rotated("rt ended"), "at ended 3")
                                    .build()))
                    .isEqualTo(new RedemptionOutcome.Revoked());
        }

        @Test
        void leaves_out_access_tokens_that_have_expired() {
            StoredGrant grant = redeemed("old");
            clock.set(IN_AN_HOUR);
            assertThat(node().revoke(grant.id(), List.of()).accessTokens()).isEmpty();
        }

        @Test
        void may_be_done_twice() {
            StoredGrant grant = redeemed("twice");
            assertThat(node().revoke(grant.id(), List.of()).accessTokens()).hasSize(1);
            assertThat(otherNode().revoke(grant.id(), List.of()).accessTokens()).isEmpty();
        }

        @Test
        @Requirement({"7523-3-16", "7523-3-17"})
        void is_recorded_with_the_uses_of_the_request_or_not_at_all() {
            StoredGrant grant = redeemed("uses");
            assertThat(isUsed(use("u before"))).isFalse();
            assertThat(node().revoke(grant.id(), List.of(use("u fresh"), use("u before")))
                            .replayed())
                    .hasValue(use("u before").key());
            assertThat(otherNode().findRefreshToken(digest("rt uses"))).isPresent();
            assertThat(isRevoked("at uses")).isFalse();
            assertThat(node().revoke(grant.id(), List.of(use("u fresh"))).replayed())
                    .isEmpty();
            assertThat(isUsed(use("u fresh"))).isTrue();
            assertThat(isRevoked("at uses")).isTrue();
        }

        @Test
        void all_of_a_subject_leaves_others_and_other_clients() {
            List<StoredGrant> grants = List.of(
                    grant("mine 1", CLIENT, "me"),
                    grant("mine 2", CLIENT, "me"),
                    grant("of another client", new ClientId("other"), "me"),
                    grant("of another subject", CLIENT, "you"));
            grants.forEach(grant -> {
                String name = grant.id().value();
                node().put(grant, digest("code " + name), NOW.plusSeconds(60), List.of());
                node().redeem(redemption(grant, code(name), "at " + name).build());
            });
            assertThat(otherNode().revokeAll(CLIENT, "me"))
                    .containsExactlyInAnyOrder(revoked("at grant mine 1"), revoked("at grant mine 2"));
            assertThat(isRevoked("at grant mine 1")).isTrue();
            assertThat(node().findCode(digest("code grant mine 2"))).isEmpty();
            assertThat(isRevoked("at grant of another client")).isFalse();
            assertThat(node().findCode(digest("code grant of another client"))).isPresent();
            assertThat(node().findCode(digest("code grant of another subject"))).isPresent();
            assertThat(otherNode().revokeAll(CLIENT, "me")).isEmpty();
        }

        @Test
        void while_tokens_are_issued_leaves_none_of_them_good() {
            for (int round = 0; round < 3 * ROUNDS; round++) {
                String name = "beside " + round;
                StoredGrant grant = redeemed(name);
                List<Boolean> issued = Race.of(4, number -> {
                    GrantStore store = number % 2 == 0 ? node() : otherNode();
                    Callable<Boolean> runner = number == 3
                            ? () -> store.revoke(grant.id(), List.of())
                                    .replayed()
                                    .isPresent()
                            : () -> store.redeem(redemption(
                                                    grant,
                                                    lasting("rt " + name, IN_AN_HOUR),
                                                    "at " + name + " " + number)
                                            .build())
                                    .equals(new RedemptionOutcome.Done());
                    return runner;
                });
                assertThat(isRevoked("at " + name)).isTrue();
                for (int number = 0; number < 3; number++) {
                    assertThat(isRevoked("at " + name + " " + number)).isEqualTo(issued.get(number));
                }
            }
        }
    }
}
