/** People at a terminal: what they give and are shown. Values from outside are shown so that they can't steer it. */
@NullMarked
package dev.signet.app.console;

import org.jspecify.annotations.NullMarked;
