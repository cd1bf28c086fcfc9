/**
 * Commands for a store that a running server holds: they are carried to that server over a socket in the file system, run there,
 * and read and print where they were given.
 */
@NullMarked
package dev.signet.app.control;

import org.jspecify.annotations.NullMarked;
