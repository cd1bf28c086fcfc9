/** Chooses the cryptographic provider of the process. */
@NullMarked
package dev.signet.app.crypto;

import org.jspecify.annotations.NullMarked;
