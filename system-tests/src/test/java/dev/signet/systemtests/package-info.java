/** Checks of the project as a whole: flows over HTTP, architecture rules and the coverage of the requirements. */
@NullMarked
package dev.signet.systemtests;

import org.jspecify.annotations.NullMarked;
