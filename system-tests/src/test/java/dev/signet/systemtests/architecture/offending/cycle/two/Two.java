package dev.signet.systemtests.architecture.offending.cycle.two;

import dev.signet.systemtests.architecture.offending.cycle.one.One;

/** Needs {@link One}, which needs it. */
public record Two(One one) {
    public int size() {
        return one.size();
    }
}
