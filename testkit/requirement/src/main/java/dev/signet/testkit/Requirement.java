package dev.signet.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the rows of the requirements ledger that a test shows.
 *
 * <p>On a class it holds for every test in it. {@code docs/requirements/coverage.md} is made from these names; an
 * unknown one fails the build.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Requirement {

    /** Identifiers of ledger rows, such as {@code 7523-3-03}. */
    String[] value();
}
