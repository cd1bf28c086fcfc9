/** The arrows between the rooms and what no room may do, as rules over the compiled classes. */
@NullMarked
package dev.signet.systemtests.architecture;

import org.jspecify.annotations.NullMarked;
