package dev.signet.app.command;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;

/**
 * What a command reads from and writes to.
 *
 * @param out for results
 * @param err for what went wrong
 * @param log for the lines of the log
 */
public record Terminal(InputStream in, PrintWriter out, PrintWriter err, OutputStream log) {

    /** Writes lines of result. */
    void print(String text) {
        out.println(text);
        out.flush();
    }

    /** Writes lines about what went wrong, or about what is going on. */
    void complain(String text) {
        err.println(text);
        err.flush();
    }
}
