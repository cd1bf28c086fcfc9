/** Whatever bytes arrive, the answer is an OAuth error and the server stays as it was. */
@NullMarked
package dev.signet.systemtests.garbage;

import org.jspecify.annotations.NullMarked;
