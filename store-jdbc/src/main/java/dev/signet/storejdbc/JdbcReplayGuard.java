package dev.signet.storejdbc;

import dev.signet.authorizationserver.store.ReplayGuard;
import dev.signet.authorizationserver.store.ReplayKey;
import dev.signet.authorizationserver.store.SingleUse;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Remembers used JWTs by unique rows (RFC 7523 §3 item 7). */
final class JdbcReplayGuard implements ReplayGuard {

    private final UseRecorder recorder;
    private final Clock clock;

    JdbcReplayGuard(UseRecorder recorder, Clock clock) {
        this.recorder = recorder;
        this.clock = clock;
    }

    @Override
    public Optional<ReplayKey> consume(List<SingleUse> uses) {
        return recorder.record(UsedJwts.rows(uses), clock.instant().getEpochSecond());
    }
}
