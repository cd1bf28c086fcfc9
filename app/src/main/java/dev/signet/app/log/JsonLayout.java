package dev.signet.app.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.LayoutBase;
import dev.signet.app.console.Printable;
import dev.signet.jwt.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.event.KeyValuePair;

/**
 * One event as one line of JSON.
 *
 * <p>Whatever a value holds, it stays inside its JSON string: nobody can forge a line, and characters that are not seen are
 * escaped. Of an exception the line has the
 * types and where they were thrown; the words only of our own, since those of libraries may quote what they were given.
 */
final class JsonLayout extends LayoutBase<ILoggingEvent> {

    /** Cut beyond this: a line stays readable whatever it is about. */
    private static final int LONGEST_VALUE = 2000;

    private static final int MOST_FRAMES = 40;
    private static final Set<String> OURS = Set.of("time", "level", "logger", "message", "exception");

    @Override
    public String doLayout(ILoggingEvent event) {
        Instant time = Instant.ofEpochMilli(event.getTimeStamp()).truncatedTo(ChronoUnit.MILLIS);
        JsonObject.Builder line = JsonObject.builder()
                .put("time", time.toString())
                .put("level", event.getLevel().toString())
                .put("logger", event.getLoggerName())
                .put("message", cut(event.getFormattedMessage()));
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            pairs.stream().filter(pair -> !OURS.contains(pair.key)).forEach(pair -> put(line, pair));
        }
        if (event.getThrowableProxy() != null) {
            line.put("exception", exception(event.getThrowableProxy(), 0));
        }
        return Printable.text(line.build().toJson()) + "\n";
    }

    private static void put(JsonObject.Builder line, KeyValuePair pair) {
        if (pair.value instanceof Long number) {
            line.put(pair.key, number.longValue());
        } else if (pair.value instanceof Integer number) {
            line.put(pair.key, number.longValue());
        } else if (pair.value instanceof Boolean truth) {
            line.put(pair.key, truth.booleanValue());
        } else {
            line.put(pair.key, cut(String.valueOf(pair.value)));
        }
    }

    private static JsonObject exception(IThrowableProxy thrown, int depth) {
        JsonObject.Builder exception = JsonObject.builder().put("type", thrown.getClassName());
        String message = thrown.getMessage();
        if (message != null && thrown.getClassName().startsWith("dev.signet.")) {
            exception.put("message", cut(message));
        }
        exception.put("at", frames(thrown));
        IThrowableProxy cause = thrown.getCause();
        if (cause != null && depth < 5) {
            exception.put("cause", exception(cause, depth + 1));
        }
        return exception.build();
    }

    private static List<String> frames(IThrowableProxy thrown) {
        List<String> frames = new ArrayList<>();
        StackTraceElementProxy[] elements = thrown.getStackTraceElementProxyArray();
        int shown = elements.length - Math.min(thrown.getCommonFrames(), elements.length);
        for (int i = 0; i < Math.min(shown, MOST_FRAMES); i++) {
            StackTraceElement frame = elements[i].getStackTraceElement();
            frames.add(frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber());
        }
        return frames;
    }

    /** Lone surrogates can't be written as UTF-8, so they are replaced on the way. */
    private static String cut(String text) {
        String shown = text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
        return shown.codePoints()
                .map(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 0xFFFD : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
