/** Independent implementations as clients, issuers and validators beside ours: two implementations must agree. */
@NullMarked
package dev.signet.systemtests.peer;

import org.jspecify.annotations.NullMarked;
