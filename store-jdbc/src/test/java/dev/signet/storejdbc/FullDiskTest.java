package dev.signet.storejdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.authorizationserver.store.ReplayGuard;
import dev.signet.authorizationserver.store.ReplayKey;
import dev.signet.authorizationserver.store.StoreException;
import dev.signet.testkit.Requirement;
import dev.signet.testkit.TestClock;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that was full for a while costs the requests of that while, not the server's restart. */
@Requirement("D-04")
class FullDiskTest {

    @TempDir
    Path folder;

    private JdbcStores stores;

    @BeforeEach
    void open() {
        FillingDisk.mount();
        stores = JdbcStores.builder("jdbc:h2:filling:" + folder.resolve("store"), TestDatabase.KEY)
                .clock(TestClock.atStart())
                .open();
    }

    @AfterEach
    void close() {
        FillingDisk.makeRoom();
        stores.close();
    }

    private boolean firstUse(String jwtId) {
        ReplayGuard guard = stores.replayGuard();
        return guard.firstUse(new ReplayKey("use", "issuer", jwtId), TestClock.START.plusSeconds(60));
    }

    @Test
    void an_embedded_store_works_again_once_there_is_room_and_has_forgotten_nothing() {
        assertThat(firstUse("before")).isTrue();
        FillingDisk.fill();
        assertThatThrownBy(() -> firstUse("meanwhile")).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> firstUse("meanwhile 2")).isInstanceOf(StoreException.class);
        FillingDisk.makeRoom();
        assertThat(firstUse("after")).isTrue();
        assertThat(firstUse("before")).isFalse();
        assertThat(firstUse("after")).isFalse();
        stores.ping();
    }
}
