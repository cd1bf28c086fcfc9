/** Our verdict beside those of two independent libraries, on seeded valid and mutated JWTs (RFC 7515, 7519, 8725). */
@NullMarked
package dev.signet.jwt.differential;

import org.jspecify.annotations.NullMarked;
