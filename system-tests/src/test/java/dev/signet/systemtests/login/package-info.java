/** People who sign in by the command line, at the server as it runs. */
@NullMarked
package dev.signet.systemtests.login;

import org.jspecify.annotations.NullMarked;
