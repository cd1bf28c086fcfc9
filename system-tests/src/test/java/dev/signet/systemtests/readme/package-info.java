/** What the README shows compiles, and its commands are understood. */
@NullMarked
package dev.signet.systemtests.readme;

import org.jspecify.annotations.NullMarked;
