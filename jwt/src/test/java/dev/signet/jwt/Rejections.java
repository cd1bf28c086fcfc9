package dev.signet.jwt;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Says that a JWT is rejected, and why. */
public final class Rejections {
    private Rejections() {}

    public static void assertRejected(Reason reason, ThrowingCallable validation) {
        assertThatThrownBy(validation).as("expected " + reason).isInstanceOfSatisfying(JwtRejected.class, rejected -> {
            if (rejected.reason() != reason) {
                throw new AssertionError("expected " + reason + " but was " + rejected.getMessage());
            }
        });
    }
}
