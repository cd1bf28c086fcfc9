/**
 * Registers clients at an authorization server, and keeps their registration up to date (RFC 7591, RFC 7592).
 *
 * <p>A {@link dev.signet.client.registration.Registrar} registers at one server; a
 * {@link dev.signet.client.registration.ClientRegistration} is what came of it, with the
 * {@link dev.signet.client.registration.ClientInformation} that the application keeps.
 */
@NullMarked
package dev.signet.client.registration;

import org.jspecify.annotations.NullMarked;
