/** A user agent that goes by a script: through the pages of an authorization server, as somebody without JavaScript would. */
@NullMarked
package dev.signet.app.useragent;

import org.jspecify.annotations.NullMarked;
