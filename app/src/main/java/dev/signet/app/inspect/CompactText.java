package dev.signet.app.inspect;

/** A JWT as people copy it. */
public final class CompactText {

    private static final String SCHEME = "Bearer ";

    private CompactText() {}

    /** The JWT without the white space around it and {@code Bearer} before it. */
    public static String of(String text) {
        String compact = text.strip();
        return compact.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? compact.substring(SCHEME.length()).strip()
                : compact;
    }
}
