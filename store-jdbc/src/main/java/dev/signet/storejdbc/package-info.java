/**
 * The stores of the authorization server over JDBC, for H2 and PostgreSQL: JWTs that were used (RFC 7523 §3 item 7) or revoked
 * (RFC 7009 §2), signing keys, and clients with the metadata of RFC 7591 §2. What could be misused by whoever reads the database
 * is encrypted or hashed in it.
 */
@NullMarked
package dev.signet.storejdbc;

import org.jspecify.annotations.NullMarked;
