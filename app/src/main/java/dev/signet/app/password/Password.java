package dev.signet.app.password;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Optional;

/**
 * A password as it is compared: keyboards compose letters in different ways, and know more than one space (RFC 8265 §4.2).
 * Nothing shows what it is.
 */
public final class Password {

    /**
     * The fewest characters of a new one. It is all that somebody shows, for which NIST SP 800-63B-4 §3.1.1.2 has 15; what it is
     * made of is not asked.
     */
    public static final int SHORTEST = 15;

    /** The most octets: more would be work for the server and no gain. */
    public static final int LONGEST = 1024;

    /** Nobody has it. */
    static final Password NONE = new Password("");

    private final String prepared;

    private Password(String prepared) {
        this.prepared = prepared;
    }

    /** What somebody typed, whatever it is; empty if it can be nobody's password. */
    public static Optional<Password> find(String typed) {
        if (typed.isEmpty() || typed.length() > LONGEST) {
            return Optional.empty();
        }
        String prepared = Normalizer.normalize(
                typed.codePoints()
                        .map(character -> Character.getType(character) == Character.SPACE_SEPARATOR ? ' ' : character)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append),
                Normalizer.Form.NFC);
        return prepared.getBytes(StandardCharsets.UTF_8).length > LONGEST
                        || prepared.chars().anyMatch(Character::isISOControl)
                ? Optional.empty()
                : Optional.of(new Password(prepared));
    }

    /**
     * A new password.
     *
     * @throws IllegalArgumentException that says what it must be, and not what it is
     */
    public static Password ofNew(String chosen) {
        return find(chosen)
                .filter(password -> password.prepared.codePointCount(0, password.prepared.length()) >= SHORTEST)
                .orElseThrow(() -> new IllegalArgumentException("a password must have at least " + SHORTEST
                        + " characters, none of them a control character, and at most " + LONGEST + " octets"));
    }

    byte[] octets() {
        return prepared.getBytes(StandardCharsets.UTF_8);
    }

    /** Nothing of it. */
    @Override
    public String toString() {
        return "Password";
    }
}
