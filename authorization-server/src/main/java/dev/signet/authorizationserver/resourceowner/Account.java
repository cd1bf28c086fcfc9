package dev.signet.authorizationserver.resourceowner;

import dev.signet.authorizationserver.claims.Attributes;
import java.util.Objects;

/**
 * A subject that is known here.
 *
 * @param subject {@code sub} of its tokens
 * @param isEnabled whether tokens speak for it at present
 * @param attributes what is known about it, for claims of its tokens
 */
public record Account(String subject, boolean isEnabled, Attributes attributes) {

    /** The longest {@code sub}. */
    public static final int LONGEST_SUBJECT = 1024;

    /** @throws IllegalArgumentException if the subject can't be one */
    public Account {
        if (!isSubject(subject)) {
            throw new IllegalArgumentException(
                    "sub must have 1 to " + LONGEST_SUBJECT + " characters, none of them a control character");
        }
        Objects.requireNonNull(attributes, "attributes");
    }

    /** Whether a token may name a subject so: what somebody makes up ends in tokens, logs and databases of others. */
    public static boolean isSubject(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST_SUBJECT
                && text.chars().noneMatch(Character::isISOControl);
    }

    /** The subject only: what is known about people is theirs. */
    @Override
    public String toString() {
        return "Account " + subject;
    }
}
