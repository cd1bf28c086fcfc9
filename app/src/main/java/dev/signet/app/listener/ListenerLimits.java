package dev.signet.app.listener;

import java.time.Duration;

/**
 * What slow clients, and many of them, are held to.
 *
 * @param head after which a connection that no request came on is closed; at the latest after twice that time
 * @param body after which a request whose body has not arrived is given up; noticed when an octet arrives, or else by the
 *     limit of silence
 * @param connections how many are open at once; more wait until one is closed
 * @param silenceWhenFull after which an open connection is closed while others wait
 */
record ListenerLimits(Duration head, Duration body, int connections, Duration silenceWhenFull) {

    static final ListenerLimits STANDARD =
            new ListenerLimits(Duration.ofSeconds(30), Duration.ofSeconds(30), 4_000, Duration.ofSeconds(5));
}
