/** Code that breaks a rule on purpose, so that each rule is shown to see it. */
@NullMarked
package dev.signet.systemtests.architecture.offending;

import org.jspecify.annotations.NullMarked;
