package dev.signet.app.inspect;

/**
 * One check of an access token.
 *
 * @param section where RFC 9068 asks for it
 * @param subject what is looked at, such as {@code aud}
 * @param detail in words; may hold values from the token, so it is to be shown through
 *     {@link dev.signet.app.console.Printable}
 */
public record Check(String section, String subject, Verdict verdict, String detail) {

    /** How a check ended. */
    public enum Verdict {
        /** As it should be. */
        PASSED,
        /** A resource server refuses the token for this. */
        FAILED,
        /** Could not be made. */
        NOT_MADE
    }
}
