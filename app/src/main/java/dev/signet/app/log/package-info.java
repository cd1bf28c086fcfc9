/** The log: one JSON object a line, without secrets (RFC 7521 §8.3, RFC 9700 §4.10 on what must not leak). */
@NullMarked
package dev.signet.app.log;

import org.jspecify.annotations.NullMarked;
