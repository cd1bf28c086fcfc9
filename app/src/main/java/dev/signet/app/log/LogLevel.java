package dev.signet.app.log;

/** How much of what Signet itself does goes to the log. */
public enum LogLevel {
    /** Only what an operator has to look at. */
    ERROR,
    /** Also what may need a look: switches that loosen a rule, replays. */
    WARN,
    /** Also each token issued, each refusal, start and stop. */
    INFO,
    /** Also steps in between. */
    DEBUG
}
