package dev.signet.client;

import java.util.Optional;

/**
 * What came of asking the authorization server: an answer, or why there is none.
 *
 * @param <T> the answer
 */
public sealed interface Outcome<T> {

    /** The answer, if there is one. */
    Optional<T> value();

    /** Why there is no answer, if there is none. */
    Optional<Failure> failure();

    /**
     * The answer.
     *
     * @throws FailureException if there is none; its message says why and what to do
     */
    T require() throws FailureException;

    /**
     * There is an answer.
     *
     * @param answer the answer
     */
    record Success<T>(T answer) implements Outcome<T> {
        @Override
        public Optional<T> value() {
            return Optional.of(answer);
        }

        @Override
        public Optional<Failure> failure() {
            return Optional.empty();
        }

        @Override
        public T require() {
            return answer;
        }
    }

    /**
     * There is no answer.
     *
     * @param reason why
     */
    record Failed<T>(Failure reason) implements Outcome<T> {
        @Override
        public Optional<T> value() {
            return Optional.empty();
        }

        @Override
        public Optional<Failure> failure() {
            return Optional.of(reason);
        }

        @Override
        public T require() throws FailureException {
            throw new FailureException(reason);
        }
    }
}
