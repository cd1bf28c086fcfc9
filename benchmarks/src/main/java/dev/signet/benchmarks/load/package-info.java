/** Load from outside on a running server. */
@NullMarked
package dev.signet.benchmarks.load;

import org.jspecify.annotations.NullMarked;
