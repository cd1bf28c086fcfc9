package dev.signet.app.control;

import dev.signet.jwt.json.JsonObject;
import java.io.IOException;
import java.io.Writer;

/** Carries text to where the command was given, whenever it is flushed, in as many messages as it takes. */
final class CallersWriter extends Writer {

    /** Of one message: a character takes six octets at most. */
    private static final int MOST_CHARACTERS = 1_000_000;

    private final Messages messages;
    private final String name;
    private final StringBuilder text = new StringBuilder();

    /** @param name of the message that carries it */
    CallersWriter(Messages messages, String name) {
        this.messages = messages;
        this.name = name;
    }

    @Override
    public void write(char[] characters, int from, int count) {
        text.append(characters, from, count);
    }

    @Override
    public void flush() throws IOException {
        int from = 0;
        while (from < text.length()) {
            int to = Math.min(from + MOST_CHARACTERS, text.length());
            if (to < text.length() && Character.isHighSurrogate(text.charAt(to - 1))) {
                // Half a character is none that a message could carry.
                to--;
            }
            messages.send(
                    JsonObject.builder().put(name, text.substring(from, to)).build());
            from = to;
        }
        text.setLength(0);
    }

    @Override
    public void close() throws IOException {
        flush();
    }
}
