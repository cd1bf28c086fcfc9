/** Text for people at a terminal: values from outside shown so that they can't steer it. */
@NullMarked
package dev.signet.app.console;

import org.jspecify.annotations.NullMarked;
