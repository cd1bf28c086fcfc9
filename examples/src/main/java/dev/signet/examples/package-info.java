/** Programs without a browser that get a token for an API and call it: a cron job, a pod, a job in continuous integration. */
@NullMarked
package dev.signet.examples;

import org.jspecify.annotations.NullMarked;
