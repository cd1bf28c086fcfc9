package dev.signet.core.explanation;

import java.util.Locale;

/** How a check ended. */
public enum Verdict {
    /** As it should be. */
    PASSED,
    /** The JWT is refused for this. */
    FAILED,
    /** Not made: a check before it failed, or it can't be made without what comes with a request. */
    NOT_REACHED;

    private final String id = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The stable identifier, such as {@code not-reached}. */
    public String id() {
        return id;
    }
}
