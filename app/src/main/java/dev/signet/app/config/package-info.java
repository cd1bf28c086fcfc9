/** Reads the configuration file: every fault at once, each with its line, its key and what was expected there. */
@NullMarked
package dev.signet.app.config;

import org.jspecify.annotations.NullMarked;
