package dev.signet.authorizationserver.registry;

import java.util.List;

/** A registration that is not as it must be, with all that is wrong with it. The words of a fault begin with the member it is about. */
public final class InvalidClient extends IllegalArgumentException {

    private final List<String> faults;

    InvalidClient(String client, List<String> faults) {
        super("client " + client + ": " + String.join("; ", faults));
        this.faults = List.copyOf(faults);
    }

    /** All that is wrong; repeats no value. */
    public List<String> faults() {
        return faults;
    }
}
