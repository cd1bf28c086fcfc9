package dev.signet.app.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.app.log.JsonLog;
import dev.signet.app.log.LogLevel;
import dev.signet.app.password.PasswordCheck;
import dev.signet.authorizationserver.resourceowner.UserAccount;
import dev.signet.authorizationserver.resourceowner.Username;
import dev.signet.jwt.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PageLogTest {

    private static final String ADDRESS = "192.0.2.7";

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final PagesFixture fixture = new PagesFixture();
    private final SignIn signIn = new SignIn(fixture.accounts, new PasswordCheck(1), fixture.clock);

    @BeforeEach
    void read() {
        JsonLog.start(log, LogLevel.INFO);
    }

    @AfterEach
    void stop() {
        JsonLog.start(new ByteArrayOutputStream(), LogLevel.ERROR);
    }

    private List<JsonObject> lines() {
        return log.toString(StandardCharsets.UTF_8)
                .lines()
                .map(JsonObject::parse)
                .toList();
    }

    private void assertLast(String event, String member, String value) {
        JsonObject last = lines().get(lines().size() - 1);
        assertThat(last.findString("event")).contains(event);
        assertThat(last.findString(member)).contains(value);
        assertThat(last.findString("address")).contains(ADDRESS);
    }

    @Test
    void tells_who_signed_in() {
        signIn.attempt("alice", PagesFixture.PASSWORD, ADDRESS);
        assertLast("signed-in", "subject", "u-1");
    }

    @Test
    void tells_why_somebody_could_not_and_nothing_that_was_typed() {
        signIn.attempt("alice", "a wrong password", ADDRESS);
        assertLast("sign-in-refused", "reason", "password");
        signIn.attempt(PagesFixture.PASSWORD, "alice", ADDRESS);
        assertLast("sign-in-refused", "reason", "username");
        fixture.accounts.put(UserAccount.builder("u-2")
                .username(new Username("bob"))
                .passwordHash(PagesFixture.HASH)
                .enabled(false)
                .build());
        signIn.attempt("bob", PagesFixture.PASSWORD, ADDRESS);
        assertLast("sign-in-refused", "reason", "account-disabled");
        fixture.accounts.put(
                UserAccount.builder("u-3").username(new Username("carol")).build());
        signIn.attempt("carol", PagesFixture.PASSWORD, ADDRESS);
        assertLast("sign-in-refused", "reason", "account-without-password");
        assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain(PagesFixture.PASSWORD, "a wrong password");
    }

    @Test
    void tells_when_somebody_has_to_wait() {
        for (int attempt = 0; attempt <= 10; attempt++) {
            signIn.attempt("nobody", "a wrong password", ADDRESS);
        }
        assertLast("sign-in-limited", "limit", "account");
    }
}
