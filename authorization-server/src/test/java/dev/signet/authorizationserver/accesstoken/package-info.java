/** Tests of the package of the same name. */
@NullMarked
package dev.signet.authorizationserver.accesstoken;

import org.jspecify.annotations.NullMarked;
