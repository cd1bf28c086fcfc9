/** What the guides show compiles and does what they say. */
@NullMarked
package dev.signet.systemtests.guide;

import org.jspecify.annotations.NullMarked;
