/** Tests of the package of the same name. */
@NullMarked
package dev.signet.authorizationserver.registry;

import org.jspecify.annotations.NullMarked;
