/** Starts the real {@code signet} program in processes of their own, for the flows that need one. */
@NullMarked
package dev.signet.systemtests.process;

import org.jspecify.annotations.NullMarked;
