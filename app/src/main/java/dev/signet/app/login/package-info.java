/** Signs a person in from the command line, through the browser of this machine (RFC 8252 §7.3). */
@NullMarked
package dev.signet.app.login;

import org.jspecify.annotations.NullMarked;
