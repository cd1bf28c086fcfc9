package dev.signet.resourceserver;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.signet.core.error.RefusalReason;
import dev.signet.jwt.JwtRejected;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.VerificationKey;
import dev.signet.resourceserver.AccessTokenOutcome.Refused;
import dev.signet.resourceserver.AccessTokenOutcome.Unavailable;
import dev.signet.resourceserver.AccessTokenOutcome.Valid;
import dev.signet.resourceserver.challenge.BearerChallenge;
import dev.signet.resourceserver.introspection.IntrospectionOutcome;
import dev.signet.resourceserver.introspection.IntrospectionPolicy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Accepts tokens only if their issuer says that they are active (RFC 7662 §4). Where the policy lets answers be kept, a token is
 * asked about once for all who present it at a time; a good answer is kept among the tokens seen before, a bad one apart from
 * those, so that garbage drives out nothing. No answer at all is never kept. Thread-safe.
 */
final class ActiveTokens {

    private static final int MOST_REFUSED = 1_000;
    private static final Duration LONGEST_REFUSED = Duration.ofSeconds(10);
    private static final Unavailable UNANSWERED =
            new Unavailable(RefusalReason.INTROSPECTION_UNAVAILABLE, "the question about the token was broken off");

    private final SeenTokens seen;
    private final BearerChallenge challenge;
    private final Clock clock;
    private final Map<Fingerprint, CompletableFuture<Asked>> questions = new ConcurrentHashMap<>();
    private final Cache<Fingerprint, Long> refused;

    ActiveTokens(SeenTokens seen, BearerChallenge challenge, Clock clock) {
        this.seen = seen;
        this.challenge = challenge;
        this.clock = clock;
        this.refused = Caffeine.newBuilder()
                .maximumSize(MOST_REFUSED)
                .executor(Runnable::run)
                .build();
    }

    /**
     * A question that is to be asked about one token.
     *
     * @param fingerprint what an answer is kept under; null if none is
     * @param key what the token was verified with; null for an opaque one
     */
    record Question(
            String token,
            @Nullable Fingerprint fingerprint,
            IssuerRules issuer,
            @Nullable VerificationKey key) {

        IntrospectionPolicy policy() {
            return issuer.introspection().orElseThrow();
        }
    }

    /** The outcome for a JWT that is good by itself. */
    AccessTokenOutcome jwt(Question question, Valid local) {
        JsonObject claims = local.token().claims();
        boolean legacyTyp = local.usedLegacyTyp();
        return once(
                question,
                answer -> AnsweredClaims.ofJwt(claims, answer)
                        .map(each -> question.issuer.acceptAnswered(each, legacyTyp, clock.instant())));
    }

    /** The outcome for a token that says nothing by itself. */
    AccessTokenOutcome opaque(Question question) {
        return once(
                question,
                answer -> Optional.of(
                        question.issuer.acceptAnswered(AnsweredClaims.ofOpaque(answer), false, clock.instant())));
    }

    /** What an answer makes of a token; empty if it is about another one. */
    private interface Reading {
        Optional<Valid> read(JsonObject answer);
    }

    /** What came of a question, and when it was begun. */
    private record Asked(AccessTokenOutcome outcome, Instant begun) {}

    private AccessTokenOutcome once(Question question, Reading reading) {
        Fingerprint fingerprint = question.fingerprint;
        Optional<Duration> bound = question.policy().bound();
        if (fingerprint == null || bound.isEmpty()) {
            return ask(question, reading);
        }
        Fingerprint kept = fingerprint.withoutSignature();
        Instant came = clock.instant();
        Asked asked = shared(kept, question, reading);
        // A slow answer may be older than the bound for who came while it was awaited; the next is begun after that.
        boolean isTooOld = asked.outcome instanceof Valid
                && asked.begun.isBefore(came)
                && !clock.instant().isBefore(asked.begun.plus(bound.get()));
        return (isTooOld ? shared(kept, question, reading) : asked).outcome;
    }

    private Asked shared(Fingerprint kept, Question question, Reading reading) {
        CompletableFuture<Asked> mine = new CompletableFuture<>();
        CompletableFuture<Asked> running = questions.putIfAbsent(kept, mine);
        if (running != null) {
            return running.join();
        }
        Instant begun = clock.instant();
        Asked asked = new Asked(UNANSWERED, begun);
        try {
            // Whoever asked before may have had the answer just now.
            asked = new Asked(known(kept).orElseGet(() -> ask(question, reading)), begun);
            return asked;
        } finally {
            // In this order: who finds the answer too old must not join the same question again.
            questions.remove(kept, mine);
            mine.complete(asked);
        }
    }

    private Optional<AccessTokenOutcome> known(Fingerprint kept) {
        long now = clock.millis();
        Valid valid = seen.find(kept, now);
        if (valid != null) {
            return Optional.of(valid);
        }
        Long until = refused.getIfPresent(kept);
        return until != null && now < until ? Optional.of(inactive()) : Optional.empty();
    }

    private AccessTokenOutcome ask(Question question, Reading reading) {
        Instant asked = clock.instant();
        IntrospectionOutcome outcome = question.policy().client().ask(question.token);
        if (outcome instanceof IntrospectionOutcome.Active active) {
            return judge(question, active.answer(), reading, asked);
        }
        if (outcome instanceof IntrospectionOutcome.Unavailable unavailable) {
            return new Unavailable(RefusalReason.INTROSPECTION_UNAVAILABLE, unavailable.detail());
        }
        keep(question, (fingerprint, bound) -> {
            Duration shorter = bound.compareTo(LONGEST_REFUSED) < 0 ? bound : LONGEST_REFUSED;
            refused.put(fingerprint.withoutSignature(), asked.plus(shorter).toEpochMilli());
        });
        return inactive();
    }

    private AccessTokenOutcome judge(Question question, JsonObject answer, Reading reading, Instant asked) {
        Optional<Valid> read;
        try {
            read = reading.read(answer);
        } catch (JwtRejected rejected) {
            // The token itself may say otherwise: whoever looks into that finds nothing wrong.
            return invalidToken(
                    RefusalReason.of(rejected.reason()),
                    "by the answer of the authorization server: " + rejected.detail());
        }
        if (read.isEmpty()) {
            return new Unavailable(
                    RefusalReason.INTROSPECTION_UNAVAILABLE, "the authorization server answered about another token");
        }
        Valid valid = read.get();
        boolean otherType = answer.find("token_type")
                .filter(type -> !type.toString().equalsIgnoreCase("Bearer"))
                .isPresent();
        if (otherType || valid.token().claims().has("cnf")) {
            return invalidToken(
                    RefusalReason.TOKEN_CONFIRMATION_UNPROVEN, "the access token has cnf, or is none of type Bearer");
        }
        keep(question, (fingerprint, bound) -> {
            Instant until = asked.plus(bound);
            Instant expiry = valid.token().expiresAt();
            long usableUntil = (expiry.isBefore(until) ? expiry : until).toEpochMilli();
            seen.put(fingerprint, valid, question.issuer, question.key, usableUntil);
        });
        return valid;
    }

    private interface Keeper {
        void keep(Fingerprint fingerprint, Duration bound);
    }

    private static void keep(Question question, Keeper keeper) {
        Fingerprint fingerprint = question.fingerprint;
        if (fingerprint != null) {
            question.policy().bound().ifPresent(bound -> keeper.keep(fingerprint, bound));
        }
    }

    private Refused inactive() {
        return invalidToken(RefusalReason.TOKEN_INACTIVE, "the authorization server says that it is not active");
    }

    private Refused invalidToken(RefusalReason reason, String detail) {
        return new Refused(401, challenge.invalidToken(), reason, detail);
    }
}
