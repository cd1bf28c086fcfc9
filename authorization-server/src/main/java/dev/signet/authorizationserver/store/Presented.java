package dev.signet.authorizationserver.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** What a client presents for tokens, and what becomes of it. */
public sealed interface Presented {

    /** What it is known by. */
    TokenDigest digest();

    /** Whether it may be redeemed though it was used up at that time. */
    boolean isUsableAgain(Instant usedAt);

    /** A code: it is used up (RFC 6749 §4.1.2). */
    record Code(TokenDigest digest) implements Presented {

        /** It is needed. */
        public Code {
            Objects.requireNonNull(digest, "digest");
        }

        @Override
        public boolean isUsableAgain(Instant usedAt) {
            return false;
        }
    }

    /** A refresh token that stays: it is good for longer now. */
    record LastingRefreshToken(TokenDigest digest, Instant expiresAt) implements Presented {

        /** Both are needed. */
        public LastingRefreshToken {
            Objects.requireNonNull(digest, "digest");
            Objects.requireNonNull(expiresAt, "expiresAt");
        }

        @Override
        public boolean isUsableAgain(Instant usedAt) {
            return false;
        }
    }

    /**
     * A refresh token that is used up, since another takes its place (RFC 9700 §4.14.2).
     *
     * @param at the time of the request
     * @param grace how long after its first use it may be used again; zero for no longer than until then
     */
    record RotatedRefreshToken(TokenDigest digest, Instant at, Duration grace) implements Presented {

        /** All are needed. */
        public RotatedRefreshToken {
            Objects.requireNonNull(digest, "digest");
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(grace, "grace");
        }

        /** Without a grace the clocks of two nodes don't matter. */
        @Override
        public boolean isUsableAgain(Instant usedAt) {
            return !grace.isZero() && usedAt.plus(grace).isAfter(at);
        }
    }
}
