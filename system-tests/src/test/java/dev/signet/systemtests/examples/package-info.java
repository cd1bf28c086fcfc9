/** The example programs, each run as a process of its own. */
@NullMarked
package dev.signet.systemtests.examples;

import org.jspecify.annotations.NullMarked;
