/** The page of refusal reasons, which are a promise to those who read logs and events. */
@NullMarked
package dev.signet.systemtests.errors;

import org.jspecify.annotations.NullMarked;
