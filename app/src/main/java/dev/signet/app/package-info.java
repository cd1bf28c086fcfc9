/** The signet program: listener, configuration and commands. */
@NullMarked
package dev.signet.app;

import org.jspecify.annotations.NullMarked;
