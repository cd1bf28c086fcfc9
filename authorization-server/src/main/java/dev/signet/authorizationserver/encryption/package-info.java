/** What is encrypted to this server (RFC 7523 §3 item 9, RFC 9101 §6.1): the keys it publishes for that and decrypts with. */
@NullMarked
package dev.signet.authorizationserver.encryption;

import org.jspecify.annotations.NullMarked;
