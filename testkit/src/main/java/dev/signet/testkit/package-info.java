/** Fixtures, recording fakes and store contracts for tests of Signet and of what is built on it. */
@NullMarked
package dev.signet.testkit;

import org.jspecify.annotations.NullMarked;
