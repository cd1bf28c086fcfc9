package dev.signet.authorizationserver.trust;

/**
 * A text with at most one {@code *}: two comparisons, whatever the input, where a regular expression could be made to run for
 * ever.
 */
record SubjectPattern(String prefix, String suffix, boolean open) {

    static SubjectPattern parse(String pattern) {
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

    String text() {
        return open ? prefix + "*" + suffix : prefix;
    }

    boolean matches(String subject) {
        if (!open) {
            return subject.equals(prefix);
        }
        return subject.length() >= prefix.length() + suffix.length()
                && subject.startsWith(prefix)
                && subject.endsWith(suffix);
    }
}
