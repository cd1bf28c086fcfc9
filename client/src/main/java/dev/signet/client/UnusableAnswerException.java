package dev.signet.client;

/** An answer is not one to use; the message ends a sentence about it. */
final class UnusableAnswerException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Problem problem;

    UnusableAnswerException(Problem problem, String message) {
        super(message);
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
