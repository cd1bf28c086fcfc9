/** The page of the rules that authorization requests are held to. */
@NullMarked
package dev.signet.systemtests.authorization;

import org.jspecify.annotations.NullMarked;
