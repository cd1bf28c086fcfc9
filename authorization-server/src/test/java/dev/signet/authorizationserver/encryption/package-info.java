/** Tests of the package of the same name. */
@NullMarked
package dev.signet.authorizationserver.encryption;

import org.jspecify.annotations.NullMarked;
