package dev.signet.core.http;

import dev.signet.core.internal.Syntax;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A challenge that came in a {@code WWW-Authenticate} header (RFC 9110 §11.6.1, RFC 6750 §3). Nothing it says is proven.
 *
 * @param scheme in lower case
 * @param parameters by name in lower case
 */
public record ReceivedChallenge(String scheme, Map<String, String> parameters) {

    /** Copies the parameters. */
    public ReceivedChallenge {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /**
     * The challenges of all header lines, in order. Where a line is malformed, what comes before the fault is read and the
     * rest of the line is not; a challenge that names a parameter twice is left out, since it contradicts itself.
     */
    public static List<ReceivedChallenge> parse(List<String> headerValues) {
        List<ReceivedChallenge> challenges = new ArrayList<>();
        headerValues.forEach(value -> new Line(value).read(challenges));
        return List.copyOf(challenges);
    }

    /** A parameter; letter case of the name does not matter. */
    public Optional<String> find(String name) {
        return Optional.ofNullable(parameters.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The scheme and the names of the parameters. */
    @Override
    public String toString() {
        return scheme + " with " + parameters.keySet();
    }

    /** One header line, read from left to right. */
    private static final class Line {

        private final String text;
        private int position;
        private boolean contradicts;

        Line(String text) {
            this.text = text;
        }

        void read(List<ReceivedChallenge> challenges) {
            skip(" \t,");
            while (position < text.length()) {
                String scheme = token();
                boolean separated = skip(" \t");
                if (scheme.isEmpty() || (!separated && !atEndOfElement())) {
                    return;
                }
                Map<String, String> parameters = new LinkedHashMap<>();
                contradicts = false;
                boolean sound = atEndOfElement() || token68() || parameters(parameters);
                if (!contradicts) {
                    challenges.add(new ReceivedChallenge(scheme.toLowerCase(Locale.ROOT), parameters));
                }
                if (!sound) {
                    return;
                }
                skip(" \t,");
            }
        }

        /** Reads parameters up to the next scheme; false at a fault. */
        private boolean parameters(Map<String, String> parameters) {
            while (position < text.length()) {
                int start = position;
                String name = token();
                skip(" \t");
                if (name.isEmpty() || !take('=')) {
                    // Not a parameter: the scheme of the next challenge, unless it is the first thing after a scheme.
                    position = start;
                    return !parameters.isEmpty() && !name.isEmpty();
                }
                skip(" \t");
                Optional<String> value = value();
                if (value.isEmpty()) {
                    return false;
                }
                contradicts |= parameters.put(name.toLowerCase(Locale.ROOT), value.get()) != null;
                skip(" \t");
                if (!atEndOfElement()) {
                    return false;
                }
                skip(" \t,");
            }
            return true;
        }

        private Optional<String> value() {
            if (!take('"')) {
                String token = token();
                return token.isEmpty() ? Optional.empty() : Optional.of(token);
            }
            StringBuilder value = new StringBuilder();
            while (position < text.length()) {
                char character = text.charAt(position++);
                if (character == '"') {
                    return Optional.of(value.toString());
                }
                if (character == '\\' && position < text.length()) {
                    character = text.charAt(position++);
                }
                value.append(character);
            }
            return Optional.empty();
        }

        /** Credentials of another form than parameters, which no scheme of ours has. */
        private boolean token68() {
            int start = position;
            while (position < text.length() && isToken68(text.charAt(position))) {
                position++;
            }
            skip("=");
            int end = position;
            skip(" \t");
            if (end > start && atEndOfElement()) {
                return true;
            }
            position = start;
            return false;
        }

        private String token() {
            int start = position;
            while (position < text.length() && Syntax.isTokenCharacter(text.charAt(position))) {
                position++;
            }
            return text.substring(start, position);
        }

        private static boolean isToken68(char character) {
            return (character < 0x80 && Character.isLetterOrDigit(character)) || "-._~+/".indexOf(character) >= 0;
        }

        private boolean atEndOfElement() {
            return position == text.length() || text.charAt(position) == ',';
        }

        private boolean take(char expected) {
            if (position < text.length() && text.charAt(position) == expected) {
                position++;
                return true;
            }
            return false;
        }

        private boolean skip(String characters) {
            int start = position;
            while (position < text.length() && characters.indexOf(text.charAt(position)) >= 0) {
                position++;
            }
            return position > start;
        }
    }
}
