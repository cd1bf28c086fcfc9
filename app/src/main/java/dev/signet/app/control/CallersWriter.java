package dev.signet.app.control;

import dev.signet.jwt.json.JsonObject;
import java.io.IOException;
import java.io.Writer;

/** Carries text to where the command was given, whenever it is flushed. */
final class CallersWriter extends Writer {

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
        if (text.length() > 0) {
            messages.send(JsonObject.builder().put(name, text.toString()).build());
            text.setLength(0);
        }
    }

    @Override
    public void close() throws IOException {
        flush();
    }
}
