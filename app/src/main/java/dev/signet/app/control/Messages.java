package dev.signet.app.control;

import dev.signet.jwt.json.JsonException;
import dev.signet.jwt.json.JsonLimits;
import dev.signet.jwt.json.JsonObject;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/** JSON objects to and fro over a socket, one a line. Not thread-safe. */
final class Messages implements Closeable {

    /** The text of a file of a million octets, escaped, and what is around it. */
    private static final JsonLimits LIMITS = new JsonLimits(8_000_000, 3, 1_000, 2_000_000, 20);

    private final SocketChannel channel;
    private final InputStream in;

    Messages(SocketChannel channel) {
        this.channel = channel;
        this.in = new BufferedInputStream(Channels.newInputStream(channel));
    }

    void send(JsonObject message) throws IOException {
        byte[] json = message.toBytes();
        ByteBuffer line = ByteBuffer.allocate(json.length + 1);
        line.put(json).put((byte) '\n').flip();
        while (line.hasRemaining()) {
            channel.write(line);
        }
    }

    /** The next one; empty when the other side has ended. */
    Optional<JsonObject> receive() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                return Optional.empty();
            }
            if (line.size() == LIMITS.maxBytes()) {
                throw new IOException("a message is too long");
            }
            line.write(octet);
        }
        try {
            return Optional.of(JsonObject.parse(line.toByteArray(), LIMITS));
        } catch (JsonException e) {
            throw new IOException("a message is not one", e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
