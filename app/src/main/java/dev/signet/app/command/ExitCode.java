package dev.signet.app.command;

/** With what the program ends; scripts may rely on these numbers. */
public enum ExitCode {
    /** Done, or the answer is yes. */
    OK(0),
    /** The answer is no: the configuration has faults, the token or the sign-in is refused, a step of the demo went wrong. */
    REFUSED(1),
    /** The command line is wrong. */
    USAGE(2),
    /** The store can't be used: in use by another process, not reachable, or sealed with another key. */
    STORE(3),
    /** The address can't be listened on. */
    ADDRESS(4),
    /** Something unforeseen. */
    INTERNAL(70);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    /** The status of the process. */
    public int number() {
        return number;
    }
}
