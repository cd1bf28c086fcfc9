/** Requests that race on several nodes: exactly one wins. */
@NullMarked
package dev.signet.systemtests.race;

import org.jspecify.annotations.NullMarked;
