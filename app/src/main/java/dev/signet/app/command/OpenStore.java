package dev.signet.app.command;

import dev.signet.app.config.Settings;
import dev.signet.storejdbc.JdbcStores;

/**
 * The stores that a command works on.
 *
 * @param settings what they belong to
 * @param isOwn whether they were opened for the command, and end with it
 */
record OpenStore(Settings settings, JdbcStores stores, boolean isOwn) implements AutoCloseable {

    @Override
    public void close() {
        if (isOwn) {
            stores.close();
        }
    }
}
