package dev.signet.app.command;

import dev.signet.app.control.StoreHolder;

/** Ends a command here, for it to be run by the server that holds the store. */
final class StoreHeld extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient StoreHolder holder;

    StoreHeld(StoreHolder holder) {
        super("another process holds the store", null, false, false);
        this.holder = holder;
    }

    StoreHolder holder() {
        return holder;
    }
}
