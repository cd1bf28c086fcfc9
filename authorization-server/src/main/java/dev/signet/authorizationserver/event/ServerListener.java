package dev.signet.authorizationserver.event;

/**
 * Is told what happens, and changes nothing. Replace it to log, count or audit.
 *
 * <p>It is called on the thread of the request, before the answer leaves: what takes long belongs on another thread. What it
 * throws is dropped. Thread-safe.
 */
@FunctionalInterface
public interface ServerListener {

    /** Takes notice of an event. */
    void onEvent(ServerEvent event);

    /** Takes no notice. */
    static ServerListener none() {
        return event -> {};
    }
}
