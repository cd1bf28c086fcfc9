/** Stores that live as long as the process: for tests, examples and a single node that may forget (RFC 7523 §3 item 7). */
@NullMarked
package dev.signet.authorizationserver.store.memory;

import org.jspecify.annotations.NullMarked;
