package dev.signet.benchmarks.load;

/** How a client gets the parameters of its authorization requests to the server. */
enum RequestKind {
    PLAIN("plain"),
    PUSHED("PAR"),
    SIGNED_AND_PUSHED("PAR + JAR");

    private final String shown;

    RequestKind(String shown) {
        this.shown = shown;
    }

    @Override
    public String toString() {
        return shown;
    }
}
