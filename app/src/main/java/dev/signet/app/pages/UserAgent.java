package dev.signet.app.pages;

import dev.signet.core.http.ProtocolRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.Map;
import java.util.Optional;

/**
 * What a user agent says with each request.
 *
 * @param cookies by name; of several with one name, the first
 * @param languages that its user reads, the best first
 * @param address where it is; all that don't say are in one place
 */
record UserAgent(Map<String, String> cookies, List<LanguageRange> languages, String address) {

    private static final int LONGEST_LANGUAGES = 200;

    UserAgent {
        cookies = Map.copyOf(cookies);
        languages = List.copyOf(languages);
    }

    static UserAgent of(ProtocolRequest request) {
        Map<String, String> cookies = new LinkedHashMap<>();
        for (String line : request.headers("cookie")) {
            for (String pair : line.split(";", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    cookies.putIfAbsent(
                            pair.substring(0, equals).strip(),
                            pair.substring(equals + 1).strip());
                }
            }
        }
        return new UserAgent(
                cookies,
                ranges(String.join(",", request.headers("accept-language"))),
                request.remoteAddress().orElse(""));
    }

    private static List<LanguageRange> ranges(String text) {
        try {
            return text.isBlank() || text.length() > LONGEST_LANGUAGES ? List.of() : LanguageRange.parse(text);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException garbage) {
            // The latter is thrown by Java for a range that is a hyphen.
            return List.of();
        }
    }

    /**
     * The same with languages that a request asks for, before its own (OpenID Connect Core 1.0 §3.1.2.1).
     *
     * @param uiLocales with spaces between
     */
    UserAgent preferring(String uiLocales) {
        List<LanguageRange> wanted = ranges(uiLocales.strip().replace(' ', ','));
        return wanted.isEmpty() ? this : new UserAgent(cookies, wanted, address);
    }

    Optional<String> cookie(String name) {
        return Optional.ofNullable(cookies.get(name));
    }

    /** The one of these languages that fits best, or else the first. */
    String language(List<String> known) {
        return Optional.ofNullable(Locale.lookupTag(languages, known)).orElse(known.get(0));
    }

    /** Nothing: cookies are secret. */
    @Override
    public String toString() {
        return "UserAgent";
    }
}
