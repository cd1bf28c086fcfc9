/** Tests of the package of the same name. */
@NullMarked
package dev.signet.authorizationserver.trust;

import org.jspecify.annotations.NullMarked;
