package dev.signet.systemtests.architecture.offending;

import java.util.logging.Logger;

/** Speaks to whoever stands near. */
public final class Talking {
    public void print(Throwable failure) {
        System.out.println("out");
        System.err.println("err");
        failure.printStackTrace();
        Logger.getLogger("log").info("log");
    }
}
