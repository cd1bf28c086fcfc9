/** Ties the rows of the requirements ledger to the tests that show them. */
@NullMarked
package dev.signet.systemtests.coverage;

import org.jspecify.annotations.NullMarked;
