/** Shows what is in a JWT, and which checks of RFC 9068 §4 it passes. */
@NullMarked
package dev.signet.app.inspect;

import org.jspecify.annotations.NullMarked;
