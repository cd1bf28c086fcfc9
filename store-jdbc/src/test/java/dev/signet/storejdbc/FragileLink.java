package dev.signet.storejdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A line to the database that a test can cut, or let hang without an answer. */
final class FragileLink implements AutoCloseable {

    private enum State {
        WHOLE,
        CUT,
        HANGING
    }

    private final int target;
    private final ServerSocket entrance;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile State state = State.WHOLE;

    private FragileLink(int target, ServerSocket entrance) {
        this.target = target;
        this.entrance = entrance;
    }

    static FragileLink to(int port) {
        try {
            FragileLink link = new FragileLink(port, new ServerSocket(0, 100, InetAddress.getLoopbackAddress()));
            start(link::accept);
            return link;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return entrance.getLocalPort();
    }

    /** Ends all connections; new ones are ended as soon as they are made. */
    void cut() {
        state = State.CUT;
        open.forEach(FragileLink::end);
        open.clear();
    }

    /** Nothing passes any more, and nobody is told. */
    void hang() {
        state = State.HANGING;
    }

    void mend() {
        state = State.WHOLE;
        open.forEach(FragileLink::end);
        open.clear();
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket near = entrance.accept();
                if (state == State.CUT) {
                    end(near);
                } else {
                    connect(near);
                }
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket near) throws IOException {
        Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(near);
        open.add(far);
        start(() -> copy(near, far));
        start(() -> copy(far, near));
    }

    private void copy(Socket from, Socket to) {
        byte[] buffer = new byte[8192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                if (state != State.HANGING) {
                    out.write(buffer, 0, length);
                }
            }
        } catch (IOException ended) {
            // The other direction ends with this one.
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "fragile-link");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        cut();
    }
}
