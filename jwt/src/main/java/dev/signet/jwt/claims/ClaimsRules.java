package dev.signet.jwt.claims;

import dev.signet.jwt.JwtRejected;
import dev.signet.jwt.Reason;
import dev.signet.jwt.VerifiedJwt;
import dev.signet.jwt.json.JsonNull;
import dev.signet.jwt.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver expects of one kind of JWT: type, issuer, subject, audience, required claims and times.
 *
 * <pre>{@code
 * ClaimsRules rules = ClaimsRules.builder()
 *         .types(Set.of("at+jwt"))
 *         .issuer("https://as.example.com")
 *         .audienceContains(Set.of("https://api.example.com"))
 *         .require("sub", "client_id")
 *         .build();
 * ValidClaims claims = rules.check(verifiedJwt, clock.instant());
 * }</pre>
 *
 * <p>Boundaries, with the skew in the receiver's disfavour on both sides: {@code exp} at or before {@code now − skew}
 * is expired; {@code nbf} and {@code iat} up to {@code now + skew} are not in the future.
 */
public final class ClaimsRules {
    private final ExpectedType type;
    private final String issuer;
    private final @Nullable String subject;
    private final ExpectedAudience audience;
    private final List<String> required;
    private final List<String> requiredTexts;
    private final Duration skew;
    private final boolean expiryIsExact;
    private final @Nullable Duration lifetimeAhead;
    private final @Nullable Duration age;
    private final @Nullable Duration assumedLifetime;

    private ClaimsRules(Builder builder, String issuer, ExpectedAudience audience) {
        this.type = new ExpectedType(builder.types, builder.absentTypeAllowed);
        this.issuer = issuer;
        this.subject = builder.subject;
        this.audience = audience;
        this.required = List.copyOf(builder.required);
        this.requiredTexts = List.copyOf(builder.requiredTexts);
        this.skew = builder.skew;
        this.expiryIsExact = builder.expiryIsExact;
        this.lifetimeAhead = builder.lifetimeAhead;
        this.age = builder.age;
        this.assumedLifetime = builder.assumedLifetime;
    }

    /** Starts rules; type, issuer and audience must be given. */
    public static Builder builder() {
        return new Builder();
    }

    /** The claims, if they meet all rules at the given time. */
    public ValidClaims check(VerifiedJwt jwt, Instant now) {
        requireType(jwt);
        return check(jwt.claims(), now, ValidClaims::new);
    }

    /** The one rule that says whether it is this kind of JWT at all: for who has to know that before anything else. */
    public void requireType(VerifiedJwt jwt) {
        if (!type.accepts(jwt.type())) {
            throw new JwtRejected(Reason.TYPE, "typ is not the expected one");
        }
    }

    /**
     * The claims, if they meet all rules but that of the type: for such as were believed for another reason than a signature of
     * their own, as the answer of an introspection endpoint is (RFC 7662 §2.2).
     */
    public CheckedClaims checkUnsigned(JsonObject claims, Instant now) {
        return check(claims, now, CheckedClaims::new);
    }

    private <T extends CheckedClaims> T check(JsonObject claims, Instant now, Maker<T> maker) {
        // What is there and can be read comes before what it says, so that each rule has its place in one order.
        Object claimedIssuer = requireText(claims, "iss");
        Object claimedSubject = subject == null ? "" : requireText(claims, "sub");
        Object recipients = require(claims, "aud");
        List<String> names = ExpectedAudience.values(recipients);
        for (String name : required) {
            require(claims, name);
        }
        for (String name : requiredTexts) {
            requireText(claims, name);
        }
        requireTextIfPresent(claims, "sub");
        requireTextIfPresent(claims, "jti");
        Instant expiresAt = assumedLifetime == null ? instant(require(claims, "exp"), "exp") : assumedExpiry(claims);
        Optional<Object> notBeforeClaim = claims.find("nbf");
        Optional<Object> issuedAtClaim = claims.find("iat");
        Instant notBefore = notBeforeClaim.isPresent() ? instant(notBeforeClaim.get(), "nbf") : null;
        Instant issuedAt = issuedAtClaim.isPresent() ? instant(issuedAtClaim.get(), "iat") : null;
        // RFC 7519 §4.1.1: case-sensitive, character by character, without any normalization.
        if (!claimedIssuer.equals(issuer)) {
            throw new JwtRejected(Reason.ISSUER, "iss is not the expected one");
        }
        if (subject != null && !claimedSubject.equals(subject)) {
            throw new JwtRejected(Reason.SUBJECT, "sub is not the expected one");
        }
        audience.require(recipients, names);
        checkTimes(expiresAt, notBefore, issuedAt, now);
        return maker.make(claims, names, expiresAt, issuedAt, notBefore);
    }

    /** Says what kind of proof the claims are. */
    private interface Maker<T> {
        T make(
                JsonObject claims,
                List<String> audience,
                Instant expiresAt,
                @Nullable Instant issuedAt,
                @Nullable Instant notBefore);
    }

    private Instant assumedExpiry(JsonObject claims) {
        Instant assumed = instant(require(claims, "iat"), "iat").plus(Objects.requireNonNull(assumedLifetime));
        Instant stated = claims.has("exp") ? instant(require(claims, "exp"), "exp") : assumed;
        return stated.isBefore(assumed) ? stated : assumed;
    }

    private void checkTimes(Instant expiresAt, @Nullable Instant notBefore, @Nullable Instant issuedAt, Instant now) {
        Instant earliest = now.minus(skew);
        Instant latest = now.plus(skew);
        if (!expiresAt.isAfter(expiryIsExact ? now : earliest)) {
            throw new JwtRejected(Reason.EXPIRED, "exp has passed");
        }
        if (lifetimeAhead != null && expiresAt.isAfter(latest.plus(lifetimeAhead))) {
            throw new JwtRejected(Reason.LIFETIME_TOO_LONG, "exp is more than " + lifetimeAhead + " ahead");
        }
        if (notBefore != null && notBefore.isAfter(latest)) {
            throw new JwtRejected(Reason.NOT_YET_VALID, "nbf lies ahead");
        }
        if (issuedAt != null && issuedAt.isAfter(latest)) {
            throw new JwtRejected(Reason.ISSUED_IN_FUTURE, "iat lies ahead");
        }
        if (issuedAt != null && age != null && issuedAt.isBefore(earliest.minus(age))) {
            throw new JwtRejected(Reason.TOO_OLD, "iat is more than " + age + " ago");
        }
    }

    private static Object require(JsonObject claims, String name) {
        Object value = claims.find(name).orElse(JsonNull.NULL);
        if (value == JsonNull.NULL) {
            throw new JwtRejected(Reason.MISSING_CLAIM, name + " is missing");
        }
        if (value.equals("")) {
            throw new JwtRejected(Reason.MALFORMED_CLAIM, name + " is empty");
        }
        return value;
    }

    private static Object requireText(JsonObject claims, String name) {
        Object value = require(claims, name);
        if (!(value instanceof String)) {
            throw new JwtRejected(Reason.MALFORMED_CLAIM, name + " is not a string");
        }
        return value;
    }

    private static void requireTextIfPresent(JsonObject claims, String name) {
        Optional<Object> value = claims.find(name);
        if (value.isPresent() && !(value.get() instanceof String)) {
            throw new JwtRejected(Reason.MALFORMED_CLAIM, name + " is not a string");
        }
    }

    private static Instant instant(Object value, String name) {
        Instant instant = NumericDate.read(value);
        if (instant == null) {
            throw new JwtRejected(Reason.MALFORMED_CLAIM, name + " is not a NumericDate from 1970 to 9999");
        }
        return instant;
    }

    /** Collects rules. {@link #build()} reports all that is wrong with them at once. */
    public static final class Builder {
        private static final Duration LARGEST_SKEW = Duration.ofMinutes(5);
        private static final Duration LARGEST_SPAN = Duration.ofDays(36_500);

        private final List<String> faults = new ArrayList<>();
        private final Set<String> required = new LinkedHashSet<>();
        private final Set<String> requiredTexts = new LinkedHashSet<>();
        private Set<String> types = Set.of();
        private boolean absentTypeAllowed;
        private @Nullable String issuer;
        private @Nullable String subject;
        private @Nullable ExpectedAudience audience;
        private Duration skew = Duration.ofSeconds(30);
        private boolean expiryIsExact;
        private @Nullable Duration lifetimeAhead;
        private @Nullable Duration age;
        private @Nullable Duration assumedLifetime;

        private Builder() {}

        /** The accepted {@code typ} values; letter case and {@code application/} do not matter. */
        public Builder types(Set<String> accepted) {
            types = Set.copyOf(accepted);
            return this;
        }

        /** Accepts a JWT without {@code typ}, too. */
        public Builder allowAbsentType() {
            absentTypeAllowed = true;
            return this;
        }

        /** The exact {@code iss}. */
        public Builder issuer(String expected) {
            issuer = expected;
            return this;
        }

        /** The exact {@code sub}. */
        public Builder subject(String expected) {
            subject = expected;
            return this;
        }

        /** Requires one of these among the values of {@code aud}. */
        public Builder audienceContains(Set<String> accepted) {
            return audience(new ExpectedAudience(accepted, false, false));
        }

        /**
         * Requires one of these as the only value of {@code aud}.
         *
         * @param stringFormOnly whether an array of that one value is refused
         */
        public Builder audienceIsOnly(Set<String> accepted, boolean stringFormOnly) {
            return audience(new ExpectedAudience(accepted, true, stringFormOnly));
        }

        /** Accepts a JWT whoever it is meant for: for its issuer, who is asked about it and meant by none. */
        public Builder allowAnyAudience() {
            return audience(ExpectedAudience.anyone());
        }

        private Builder audience(ExpectedAudience expected) {
            if (audience != null) {
                faults.add("audience is given twice");
            }
            audience = expected;
            return this;
        }

        /**
         * For a kind of JWT that has no {@code exp} (RFC 9701 §5): it expires that span after its {@code iat}, which is required
         * instead. An {@code exp} that is there and earlier counts.
         */
        public Builder expiresAfterIssue(Duration span) {
            assumedLifetime = span;
            return this;
        }

        /** Requires claims to be present, neither null nor empty strings. {@code exp} is, unless {@link #expiresAfterIssue}. */
        public Builder require(String... claims) {
            required.addAll(Arrays.asList(claims));
            return this;
        }

        /** Requires claims to be present as strings that are not empty. */
        public Builder requireText(String... claims) {
            requiredTexts.addAll(Arrays.asList(claims));
            return this;
        }

        /** How far clocks may differ: 30 seconds unless set, from none to 300 seconds. */
        public Builder skew(Duration largest) {
            skew = largest;
            return this;
        }

        /** Allows no skew for {@code exp}: for its issuer, who knows what it meant. */
        public Builder expiryIsExact() {
            expiryIsExact = true;
            return this;
        }

        /** How far ahead {@code exp} may lie: up to {@code now + span + skew}, that included. */
        public Builder maximumLifetimeAhead(Duration span) {
            lifetimeAhead = span;
            return this;
        }

        /** How long ago {@code iat}, if present, may lie: from {@code now − span − skew}, that included. */
        public Builder maximumAge(Duration span) {
            age = span;
            return this;
        }

        /** The rules; reports all faults at once. */
        public ClaimsRules build() {
            List<String> found = new ArrayList<>(faults);
            if (types.isEmpty() && !absentTypeAllowed) {
                found.add("types is empty");
            }
            if (types.stream().anyMatch(String::isBlank)) {
                found.add("types has an empty value");
            }
            if (issuer == null || issuer.isEmpty()) {
                found.add("issuer is missing");
            }
            if (subject != null && subject.isEmpty()) {
                found.add("subject is empty");
            }
            if (audience == null || audience.acceptsNobody()) {
                found.add("audience is missing");
            }
            if (required.contains("") || requiredTexts.contains("")) {
                found.add("a required claim has no name");
            }
            if (skew.isNegative() || skew.compareTo(LARGEST_SKEW) > 0) {
                found.add("skew is not from 0 to 300 seconds");
            }
            addSpanFault(found, "maximumLifetimeAhead", lifetimeAhead);
            addSpanFault(found, "maximumAge", age);
            addSpanFault(found, "expiresAfterIssue", assumedLifetime);
            if (!found.isEmpty() || issuer == null || audience == null) {
                throw new IllegalArgumentException("ClaimsRules: " + String.join("; ", found));
            }
            return new ClaimsRules(this, issuer, audience);
        }

        private static void addSpanFault(List<String> found, String name, @Nullable Duration span) {
            if (span != null && (span.isNegative() || span.isZero() || span.compareTo(LARGEST_SPAN) > 0)) {
                found.add(name + " is not from 1 nanosecond to 36500 days");
            }
        }
    }
}
