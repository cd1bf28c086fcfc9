/** Shows the authorization server through its front door, {@code AuthorizationServer.handle}. */
@NullMarked
package dev.signet.authorizationserver;

import org.jspecify.annotations.NullMarked;
