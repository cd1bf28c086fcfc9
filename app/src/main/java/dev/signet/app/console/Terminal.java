package dev.signet.app.console;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;

/**
 * What a command reads from and writes to. It may be elsewhere than the command runs.
 *
 * @param files what the command may read and make
 * @param out for results
 * @param err for what went wrong
 * @param log for the lines of the log
 */
public record Terminal(UserFiles files, PrintWriter out, PrintWriter err, OutputStream log) {

    /** The terminal of this process, with that standard input. */
    public Terminal(InputStream in, PrintWriter out, PrintWriter err, OutputStream log) {
        this(UserFiles.ofThisProcess(in), out, err, log);
    }

    /** Writes lines of result. */
    public void print(String text) {
        out.println(text);
        out.flush();
    }

    /** Writes lines about what went wrong, or about what is going on. */
    public void complain(String text) {
        err.println(text);
        err.flush();
    }
}
