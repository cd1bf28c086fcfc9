/** Tests of the package of the same name. */
@NullMarked
package dev.signet.authorizationserver.internal;

import org.jspecify.annotations.NullMarked;
