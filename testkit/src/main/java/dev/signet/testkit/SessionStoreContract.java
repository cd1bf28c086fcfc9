package dev.signet.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.authorizationserver.resourceowner.SessionStore;
import dev.signet.authorizationserver.resourceowner.StoredSession;
import dev.signet.authorizationserver.store.TokenDigest;
import dev.signet.authorizationserver.store.memory.InMemorySessionStore;
import dev.signet.core.authorization.Authentication;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every {@link SessionStore} must do. Extend it and say how to open yours. */
public abstract class SessionStoreContract {

    private static final TokenDigest ID = TokenDigest.of("one");
    private static final TokenDigest OTHER_ID = TokenDigest.of("other");

    private TestClock clock = TestClock.atStart();
    private SessionStore store = new InMemorySessionStore(clock);
    private SessionStore otherInstance = store;

    /**
     * A store of sessions, going by that clock. It is called twice before each test: the first one must be empty; the second is
     * another instance on the same store, as another node has it. Where there is no such thing, give the same again.
     */
    protected abstract SessionStore open(Clock clock);

    @BeforeEach
    final void openBoth() {
        clock = TestClock.atStart();
        store = open(clock);
        otherInstance = open(clock);
    }

    private StoredSession session(TokenDigest id, String subject) {
        Instant now = clock.instant();
        return new StoredSession(id, subject, Authentication.byPassword(now), now, now.plus(Duration.ofMinutes(30)));
    }

    @Nested
    class Find {
        @Test
        void gives_back_all_that_was_put() {
            StoredSession session = new StoredSession(
                    ID,
                    "it's \uD83D\uDD11",
                    new Authentication(clock.instant().minusSeconds(5), Optional.of("urn:x"), List.of("pwd", "otp")),
                    clock.instant().minusSeconds(1),
                    clock.instant().plusSeconds(60));
            store.put(session);
            assertThat(otherInstance.find(ID)).hasValue(session);
            assertThat(otherInstance.find(OTHER_ID)).isEmpty();
        }

        @Test
        void gives_no_session_from_the_second_on_in_which_it_expires() {
            store.put(session(ID, "alice"));
            clock.advance(Duration.ofMinutes(30).minusSeconds(1));
            assertThat(store.find(ID)).isPresent();
            clock.advance(Duration.ofSeconds(1));
            assertThat(store.find(ID)).isEmpty();
        }
    }

    @Nested
    class Extend {
        @Test
        void lets_a_session_last_longer_for_all() {
            store.put(session(ID, "alice"));
            otherInstance.extend(ID, clock.instant().plus(Duration.ofHours(1)));
            clock.advance(Duration.ofMinutes(59));
            assertThat(store.find(ID)).isPresent();
        }

        @Test
        void shortens_none() {
            store.put(session(ID, "alice"));
            otherInstance.extend(ID, clock.instant().plusSeconds(1));
            clock.advance(Duration.ofMinutes(29));
            assertThat(store.find(ID)).isPresent();
        }

        @Test
        void brings_none_back_that_has_expired_or_was_ended() {
            store.put(session(ID, "alice"));
            store.put(session(OTHER_ID, "alice"));
            store.end(OTHER_ID);
            clock.advance(Duration.ofMinutes(30));
            Instant later = clock.instant().plus(Duration.ofHours(1));
            otherInstance.extend(ID, later);
            otherInstance.extend(OTHER_ID, later);
            assertThat(store.find(ID)).isEmpty();
            assertThat(store.find(OTHER_ID)).isEmpty();
        }
    }

    @Nested
    class End {
        @Test
        void of_one_leaves_the_others() {
            store.put(session(ID, "alice"));
            store.put(session(OTHER_ID, "alice"));
            otherInstance.end(ID);
            assertThat(store.find(ID)).isEmpty();
            assertThat(store.find(OTHER_ID)).isPresent();
            store.end(ID);
        }

        @Test
        void of_all_that_somebody_has_leaves_those_of_others() {
            store.put(session(ID, "alice"));
            store.put(session(TokenDigest.of("two"), "alice"));
            store.put(session(OTHER_ID, "alice2"));
            otherInstance.endAll("alice");
            assertThat(store.find(ID)).isEmpty();
            assertThat(store.find(TokenDigest.of("two"))).isEmpty();
            assertThat(store.find(OTHER_ID)).isPresent();
        }
    }
}
