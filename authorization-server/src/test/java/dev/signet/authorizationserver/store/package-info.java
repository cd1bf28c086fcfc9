/** Tests of the package of the same name. */
@NullMarked
package dev.signet.authorizationserver.store;

import org.jspecify.annotations.NullMarked;
