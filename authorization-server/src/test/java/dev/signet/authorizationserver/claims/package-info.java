@NullMarked
package dev.signet.authorizationserver.claims;

import org.jspecify.annotations.NullMarked;
