package dev.signet.authorizationserver;

import dev.signet.authorizationserver.event.ServerEvent;
import dev.signet.authorizationserver.event.ServerListener;
import dev.signet.core.error.RefusalReason;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Keeps the events. */
final class RecordingListener implements ServerListener {

    private final Collection<ServerEvent> events = new ConcurrentLinkedQueue<>();

    @Override
    public void onEvent(ServerEvent event) {
        events.add(event);
    }

    Collection<ServerEvent> all() {
        return events;
    }

    <E extends ServerEvent> List<E> of(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** The last of its kind. */
    <E extends ServerEvent> E last(Class<E> type) {
        List<E> all = of(type);
        return all.get(all.size() - 1);
    }

    /** The last refusal. */
    ServerEvent.RequestRefused refusal() {
        return last(ServerEvent.RequestRefused.class);
    }

    /** Why the one request so far was refused, or was told that a token is not active. */
    RefusalReason refusalOrInactive() {
        return of(ServerEvent.IntrospectionAnswered.class).stream()
                .flatMap(event -> event.reason().stream())
                .findFirst()
                .orElseGet(() -> refusal().reason());
    }

    /** The switches that were used, by name. */
    List<String> leniencies() {
        return of(ServerEvent.LeniencyUsed.class).stream()
                .map(event -> event.use().name())
                .toList();
    }
}
