/**
 * What must hold whatever comes in, tried with inputs that are made by looking at what the code does with the last ones. In an ordinary
 * run of the tests only the inputs that are kept with them are tried; {@code ./verify fuzz} makes new ones.
 */
@NullMarked
package dev.signet.systemtests.fuzz;

import org.jspecify.annotations.NullMarked;
