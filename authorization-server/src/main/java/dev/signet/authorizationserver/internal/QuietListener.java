package dev.signet.authorizationserver.internal;

import dev.signet.authorizationserver.event.ServerEvent;
import dev.signet.authorizationserver.event.ServerListener;

/** Drops what a listener throws: whoever only looks on must not change what a client is answered. */
public final class QuietListener implements ServerListener {

    private final ServerListener listener;

    /** Tells that one. */
    public QuietListener(ServerListener listener) {
        this.listener = listener;
    }

    @Override
    public void onEvent(ServerEvent event) {
        try {
            listener.onEvent(event);
        } catch (RuntimeException dropped) {
            // There is nobody to tell: the listener is whom one tells.
        }
    }
}
