package dev.signet.app.demo;

import java.io.IOException;
import java.net.URI;

/** Somebody who signs in at a page, and says yes. */
@FunctionalInterface
interface Visitor {

    /**
     * Goes there; returns when all is done, or when it goes on without the caller.
     *
     * @throws IOException if the page can't be had
     */
    void visit(URI page) throws IOException, InterruptedException;
}
