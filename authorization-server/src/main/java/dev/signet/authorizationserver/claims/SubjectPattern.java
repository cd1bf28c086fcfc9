package dev.signet.authorizationserver.claims;

/**
 * A text with at most one {@code *}, which stands for any characters, none included: two comparisons, whatever the input, where a
 * regular expression could be made to run for ever.
 *
 * @param prefix what stands before the {@code *}, or all
 * @param suffix what stands behind it
 * @param open whether there is one
 */
public record SubjectPattern(String prefix, String suffix, boolean open) {

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException if there is more than one {@code *}, or nothing beside it
     */
    public static SubjectPattern parse(String pattern) {
        int star = pattern.indexOf('*');
        if (star != pattern.lastIndexOf('*')) {
            throw new IllegalArgumentException("pattern must have at most one *");
        }
        if (pattern.isEmpty() || pattern.equals("*")) {
            throw new IllegalArgumentException("pattern must hold more than a *");
        }
        return star < 0
                ? new SubjectPattern(pattern, "", false)
                : new SubjectPattern(pattern.substring(0, star), pattern.substring(star + 1), true);
    }

    /** Whether the subject is one of those. */
    public boolean matches(String subject) {
        if (!open) {
            return subject.equals(prefix);
        }
        return subject.length() >= prefix.length() + suffix.length()
                && subject.startsWith(prefix)
                && subject.endsWith(suffix);
    }

    /** As it was written. */
    public String text() {
        return open ? prefix + "*" + suffix : prefix;
    }
}
