/** Tests of the package of the same name. */
@NullMarked
package dev.signet.authorizationserver.clientauth;

import org.jspecify.annotations.NullMarked;
