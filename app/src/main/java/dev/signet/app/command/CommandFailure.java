package dev.signet.app.command;

/** Ends a command with a message for the person who gave it, and an exit code. */
final class CommandFailure extends RuntimeException {

    private final ExitCode exitCode;

    /** The message may have several lines; it must not hold a secret. */
    CommandFailure(ExitCode exitCode, String message) {
        super(message, null, false, false);
        this.exitCode = exitCode;
    }

    ExitCode exitCode() {
        return exitCode;
    }
}
