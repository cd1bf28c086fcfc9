package dev.signet.app.config;

import dev.signet.app.pages.Pages;
import dev.signet.app.pages.SessionLimits;
import dev.signet.core.Issuer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Reads {@code sessions} and {@code pages}: how long people stay signed in, and what they see. */
final class PageReader {

    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(30);

    private final NamedFile files;

    PageReader(NamedFile files) {
        this.files = files;
    }

    /** @param issuer whose pages they are; empty while that is at fault */
    Optional<PageSettings> read(Section top, Optional<Issuer> issuer) {
        SessionLimits sessions = sessions(top);
        Optional<Section> pages = top.section("pages");
        Optional<Path> folder = pages.flatMap(section -> section.value("templates", "a folder", files::locate));
        pages.ifPresent(Section::done);
        try {
            return issuer.map(whose -> new PageSettings(sessions, Pages.look(whose, folder)));
        } catch (IllegalArgumentException unusable) {
            pages.ifPresent(section -> section.fault("templates", String.valueOf(unusable.getMessage())));
            return Optional.empty();
        }
    }

    private static SessionLimits sessions(Section top) {
        Optional<Section> section = top.section("sessions");
        Duration idle = section.flatMap(sessions -> limit(sessions, "idle")).orElse(SessionLimits.STANDARD.idle());
        Duration absolute =
                section.flatMap(sessions -> limit(sessions, "absolute")).orElse(SessionLimits.STANDARD.absolute());
        section.ifPresent(Section::done);
        section.filter(sessions -> idle.compareTo(absolute) > 0)
                .ifPresent(sessions -> sessions.fault("idle", "is longer than absolute"));
        return new SessionLimits(idle, absolute);
    }

    private static Optional<Duration> limit(Section sessions, String key) {
        Optional<Duration> limit = sessions.duration(key);
        limit.filter(time -> time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0)
                .ifPresent(outside -> sessions.fault(key, "expected 1m to 30d"));
        return limit;
    }
}
