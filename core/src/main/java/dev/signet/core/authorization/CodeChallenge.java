package dev.signet.core.authorization;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a code verifier is recognized by: its SHA-256 (RFC 7636 §4.2). There is no other method: {@code plain} would put the verifier
 * itself into the request.
 *
 * @param value 43 characters of base64url
 */
public record CodeChallenge(String value) {

    /** The value of {@code code_challenge_method}. */
    public static final String METHOD = "S256";

    private static final Pattern SYNTAX = Pattern.compile("[A-Za-z0-9_-]{43}");

    /** @throws IllegalArgumentException if it is no SHA-256 in base64url */
    public CodeChallenge {
        if (!SYNTAX.matcher(value).matches()) {
            throw new IllegalArgumentException("code_challenge must be a SHA-256 in base64url");
        }
    }

    static CodeChallenge of(CodeVerifier verifier) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(verifier.value().getBytes(StandardCharsets.US_ASCII));
            return new CodeChallenge(Base64.getUrlEncoder().withoutPadding().encodeToString(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The challenge with that text; empty if it can't be one. */
    public static Optional<CodeChallenge> find(String text) {
        return SYNTAX.matcher(text).matches() ? Optional.of(new CodeChallenge(text)) : Optional.empty();
    }

    /** Whether that verifier gives it; takes the same time for each that does not (RFC 7636 §4.6). */
    public boolean isOf(CodeVerifier verifier) {
        return MessageDigest.isEqual(
                value.getBytes(StandardCharsets.US_ASCII), of(verifier).value().getBytes(StandardCharsets.US_ASCII));
    }
}
