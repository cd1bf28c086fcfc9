package dev.signet.app.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets up the process's log.
 *
 * <p>Signet's own loggers follow the chosen level. Those of libraries never say more than warnings: at finer levels
 * some of them print requests with everything in them.
 */
public final class JsonLog {

    private JsonLog() {}

    /** From now on everything logged in this process goes to {@code out}, which stays open. */
    public static void start(OutputStream out, LogLevel level) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            throw new IllegalStateException("the log needs Logback on the class path");
        }
        context.reset();
        JsonLayout layout = new JsonLayout();
        layout.setContext(context);
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setLayout(layout);
        encoder.start();
        OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.setImmediateFlush(true);
        appender.setOutputStream(new Unclosed(out));
        appender.start();
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(level == LogLevel.ERROR ? Level.ERROR : Level.WARN);
        root.addAppender(appender);
        // Jetty warns about each malformed request: that is the sender's affair, and would let anybody fill the log.
        context.getLogger("org.eclipse.jetty").setLevel(Level.ERROR);
        context.getLogger("dev.signet").setLevel(Level.toLevel(level.name()));
    }

    /** Leaves the process's standard streams open when the log is set up anew. */
    private static final class Unclosed extends FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
