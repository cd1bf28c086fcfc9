package dev.signet.systemtests.architecture.offending;

/** Types with names that say nothing, and two that only seem to. */
public final class Named {
    private Named() {}

    interface KeyManager {}

    interface ClaimImpl {}

    interface AbstractToken {}

    interface Util {}

    interface DefaultClock {}

    interface Metadata {}

    interface Database {}
}
