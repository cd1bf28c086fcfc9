package dev.signet.core.authorization;

import java.util.Base64;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The secret by which a client proves that a code was issued upon its own request (RFC 7636 §4.1).
 *
 * @param value 43 to 128 unreserved characters
 */
public record CodeVerifier(String value) {

    private static final int OCTETS = 32;
    private static final int SHORTEST = 43;
    private static final int LONGEST = 128;

    /** @throws IllegalArgumentException if it is no such text */
    public CodeVerifier {
        if (!isVerifier(value)) {
            throw new IllegalArgumentException("code_verifier must have 43 to 128 unreserved characters");
        }
    }

    /**
     * A verifier of 256 random bits.
     *
     * @param random fills an array with octets that nobody else knows, such as {@code SecureRandom::nextBytes}
     */
    public static CodeVerifier drawnFrom(Consumer<byte[]> random) {
        byte[] octets = new byte[OCTETS];
        random.accept(octets);
        return new CodeVerifier(Base64.getUrlEncoder().withoutPadding().encodeToString(octets));
    }

    /** The verifier with that text; empty if it can't be one. */
    public static Optional<CodeVerifier> find(String text) {
        return isVerifier(text) ? Optional.of(new CodeVerifier(text)) : Optional.empty();
    }

    private static boolean isVerifier(String text) {
        return text.length() >= SHORTEST
                && text.length() <= LONGEST
                && text.chars().allMatch(CodeVerifier::isUnreserved);
    }

    private static boolean isUnreserved(int character) {
        return (character < 0x80 && Character.isLetterOrDigit(character)) || "-._~".indexOf(character) >= 0;
    }

    /** What the authorization request holds in its place, by {@code S256} (RFC 7636 §4.2). */
    public CodeChallenge challenge() {
        return CodeChallenge.of(this);
    }

    /** Nothing of it. */
    @Override
    public String toString() {
        return "CodeVerifier";
    }
}
