package dev.signet.testkit;

import dev.signet.authorizationserver.event.ServerEvent;
import dev.signet.authorizationserver.event.ServerListener;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what happened in a server, for a test to look at. Thread-safe. */
public final class RecordingListener implements ServerListener {

    private final List<ServerEvent> events = new CopyOnWriteArrayList<>();

    /** A listener that has heard nothing. */
    public RecordingListener() {}

    @Override
    public void onEvent(ServerEvent event) {
        events.add(event);
    }

    /** All events, in their order. */
    public List<ServerEvent> all() {
        return List.copyOf(events);
    }

    /** The events of one kind, in their order. */
    public <E extends ServerEvent> List<E> of(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The last event of one kind. */
    public <E extends ServerEvent> Optional<E> last(Class<E> kind) {
        List<E> found = of(kind);
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get(found.size() - 1));
    }

    /** Forgets all events. */
    public void clear() {
        events.clear();
    }
}
