/** Puts the parts of a server together and takes them apart again: stores, engine, listener. */
@NullMarked
package dev.signet.app.server;

import org.jspecify.annotations.NullMarked;
