/** The commands of the signet program. */
@NullMarked
package dev.signet.app.command;

import org.jspecify.annotations.NullMarked;
