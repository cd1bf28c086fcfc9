/** What survives when a server is killed at work. */
@NullMarked
package dev.signet.systemtests.durability;

import org.jspecify.annotations.NullMarked;
