package dev.signet.authorizationserver.resourceowner;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/**
 * What somebody signs in with beside a password. Written in any letter case, width or composition it is the same (RFC 8265 §3.3).
 *
 * @param value 1 to 128 characters in lower case, none of them a space, a control character or one that can't be seen
 */
public record Username(String value) {

    private static final int MAXIMUM_LENGTH = 128;

    /** @throws IllegalArgumentException if it is not written so; {@link #find} writes it so */
    public Username {
        if (!isFit(value) || !value.equals(prepared(value))) {
            throw new IllegalArgumentException(
                    "username must have 1 to " + MAXIMUM_LENGTH + " visible characters, none of them a space");
        }
    }

    /** The username that somebody writes so; empty if it can't be one. */
    public static Optional<Username> find(String text) {
        if (text.length() > MAXIMUM_LENGTH) {
            return Optional.empty();
        }
        String prepared = prepared(text);
        // What changes when it is prepared again has no form that stays.
        return isFit(prepared) && prepared.equals(prepared(prepared))
                ? Optional.of(new Username(prepared))
                : Optional.empty();
    }

    private static String prepared(String text) {
        return Normalizer.normalize(
                Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT), Normalizer.Form.NFKC);
    }

    private static boolean isFit(String text) {
        return !text.isEmpty()
                && text.length() <= MAXIMUM_LENGTH
                && text.codePoints().allMatch(Username::isVisible);
    }

    private static boolean isVisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    @Override
    public String toString() {
        return value;
    }
}
