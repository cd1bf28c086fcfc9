package dev.signet.app.command;

/** How commands come to the stores they work on. */
interface StoreAccess {

    /**
     * The settings and stores that the option leads to; to be closed by the command. An embedded store is made if need be.
     *
     * @throws StoreHeld if the command has to be run elsewhere; until then it must not have changed anything
     */
    OpenStore open(ConfigOption config);

    /**
     * As {@link #open}, for a command that has nothing to do in a new store.
     *
     * @throws CommandFailure if there is none
     */
    OpenStore openExisting(ConfigOption config);
}
