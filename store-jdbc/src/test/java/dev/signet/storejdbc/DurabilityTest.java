package dev.signet.storejdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.authorizationserver.store.StoredKey;
import dev.signet.testkit.FixedKeys;
import dev.signet.testkit.Requirement;
import dev.signet.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An H2 file belongs to one process, and what it confirmed outlasts that process, however it ends. */
class DurabilityTest {

    private static final int KILLS = 3;
    private static final int CONFIRMED_AT_LEAST = 200;

    @TempDir
    Path folder;

    @Test
    @Requirement("7523-3-16")
    void nothing_confirmed_is_lost_when_the_process_is_killed() throws IOException {
        TestDatabase database = TestDatabase.h2(folder);
        List<String> confirmed = new ArrayList<>();
        for (int kill = 0; kill < KILLS; kill++) {
            try (OtherProcess other = OtherProcess.on(database, "round " + kill)) {
                for (int line = 0; line < CONFIRMED_AT_LEAST + 37 * kill; line++) {
                    confirmed.add(other.line().orElseThrow());
                }
                other.kill();
                confirmed.addAll(other.rest());
            }
            try (JdbcStores stores = database.open()) {
                assertThat(confirmed)
                        .noneMatch(jwtId -> stores.replayGuard()
                                .firstUse(OtherProcess.key(jwtId), TestClock.START.plusSeconds(60)));
                assertThat(stores.signingKeys().keys())
                        .containsExactly(new StoredKey<>(FixedKeys.server(), TestClock.START, TestClock.START));
            }
        }
    }

    @Test
    void a_file_that_another_process_has_open_is_named_and_opens_when_that_one_is_gone() throws IOException {
        TestDatabase database = TestDatabase.h2(folder);
        try (OtherProcess other = OtherProcess.on(database, "busy")) {
            assertThat(other.line()).isPresent();
            assertThatThrownBy(database::open)
                    .isInstanceOf(StoreInUseException.class)
                    .hasMessage("the store file " + folder.resolve("store.mv.db")
                            + " is open in another process; stop that one, or give this one a store of its own");
        }
        database.open().close();
    }
}
