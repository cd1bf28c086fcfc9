package dev.signet.app.command;

/** The store that this process holds, whatever configuration the command names: it was brought here for this one. */
record HeldStore(OpenStore store) implements StoreAccess {

    @Override
    public OpenStore open(ConfigOption config) {
        return store;
    }

    @Override
    public OpenStore openExisting(ConfigOption config) {
        return store;
    }
}
