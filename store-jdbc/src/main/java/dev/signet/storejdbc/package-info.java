/** The stores of the authorization server over JDBC. */
@NullMarked
package dev.signet.storejdbc;

import org.jspecify.annotations.NullMarked;
