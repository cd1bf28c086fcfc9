package dev.signet.testkit;

import java.util.List;
import java.util.stream.Stream;

/** Texts that are harmless as data and harmful as anything else: SQL, LDAP, paths, patterns, format strings. */
public final class HostileTexts {

    /** In visible ASCII and space only. */
    public static final List<String> ASCII = List.of(
            "' OR '1'='1",
            "'; DROP TABLE signet_used_jwt; --",
            "\"; DELETE FROM signet_client; --",
            "x') ON CONFLICT DO UPDATE SET expires_at = 0 --",
            "%",
            "_",
            "*)(uid=*",
            "../../../../etc/passwd",
            "${env:HOME}",
            "{0} %s %n",
            "\\",
            "\\'",
            "E'\\\\'",
            "/* comment */",
            "X'00'",
            "NULL",
            " ",
            "trailing ",
            " leading");

    /** Beyond ASCII, but no control characters. */
    public static final List<String> UNICODE = List.of("Müller", "ключ", "鍵", "🔑", "e\u0301", "\u202Eright to left");

    /** Control characters, which no key or client identifier may have. */
    public static final List<String> CONTROL = List.of("\u0000", "a\u0000b", "line\nfeed", "\u001B[31m", "\t");

    private HostileTexts() {}

    /** All of them, with one that is very long and one that is no text at all. */
    public static Stream<String> all() {
        return Stream.of(
                        ASCII.stream(),
                        UNICODE.stream(),
                        CONTROL.stream(),
                        Stream.of("x".repeat(100_000), "\uD800 half a pair"))
                .flatMap(texts -> texts);
    }
}
