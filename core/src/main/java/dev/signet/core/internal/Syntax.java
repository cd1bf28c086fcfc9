package dev.signet.core.internal;

import java.util.function.IntPredicate;

/** The character sets that the specifications allow in their values (RFC 6749 appendix A, RFC 9110 §5.6). */
public final class Syntax {

    private Syntax() {}

    /** True for at least one character, all of them visible ASCII or space: {@code VSCHAR} of RFC 6749 appendix A. */
    public static boolean isVschar(String text) {
        return isAll(text, character -> character >= 0x20 && character <= 0x7E);
    }

    /** True for the characters of {@code error_description} (RFC 6749 §5.2): printable ASCII without quote and backslash. */
    public static boolean isErrorText(String text) {
        return isAll(text, Syntax::isErrorCharacter);
    }

    /** True for one character that {@code error_description} may hold. */
    public static boolean isErrorCharacter(int character) {
        return character >= 0x20 && character <= 0x7E && character != '"' && character != '\\';
    }

    /** True for the characters of a scope token and of {@code error_uri} (RFC 6749 §3.3, §5.2). */
    public static boolean isScopeToken(String text) {
        return isAll(text, character -> character != ' ' && isErrorCharacter(character));
    }

    /** True for an HTTP token: a header's, a scheme's or a parameter's name (RFC 9110 §5.6.2). */
    public static boolean isToken(String text) {
        return isAll(text, Syntax::isTokenCharacter);
    }

    /** True for a header value that is sent: printable ASCII and tab, so no line can be ended (RFC 9110 §5.5). */
    public static boolean isHeaderValue(String text) {
        return text.isEmpty()
                || isAll(text, character -> character == '\t' || (character >= 0x20 && character <= 0x7E));
    }

    /** True if a control character is among the characters. */
    public static boolean hasControl(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    /** True for one character that an HTTP token may hold. */
    public static boolean isTokenCharacter(int character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9')
                || "!#$%&'*+-.^_`|~".indexOf(character) >= 0;
    }

    private static boolean isAll(String text, IntPredicate allowed) {
        for (int index = 0; index < text.length(); index++) {
            if (!allowed.test(text.charAt(index))) {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
