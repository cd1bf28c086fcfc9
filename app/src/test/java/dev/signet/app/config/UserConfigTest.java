package dev.signet.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signet.app.crypto.CryptoChoice;
import dev.signet.authorizationserver.resourceowner.Account;
import dev.signet.authorizationserver.resourceowner.KnownAccounts;
import dev.signet.authorizationserver.resourceowner.Username;
import dev.signet.testkit.FixedKeys;
import dev.signet.testkit.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the file says about who has an account. */
class UserConfigTest {

    private static final String HASH =
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

    private static final String SITE =
            """
            issuer: http://localhost:8080
            store: {url: "jdbc:h2:file:./data/signet"}
            resources: [{resource: "https://api.example.com", scopes: [a], default: true}]
            clients: [{client_id: shop, grant_types: [client_credentials], scope: a, jwks: %s}]
            """.formatted(FixedKeys.publicKeys(FixedKeys.client()).toJson());

    @TempDir
    Path folder;

    private KnownAccounts read(String yaml) {
        try {
            Path file = Files.writeString(folder.resolve("signet.yaml"), yaml);
            return ConfigFile.parse(file, Environment.of(Map.of()))
                    .read(CryptoChoice.JDK::select, Clock.systemUTC())
                    .parties()
                    .accounts();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void users_are_the_accounts() {
        KnownAccounts accounts = read(SITE + """
                users:
                  - {sub: ann, attributes: {mail: ann@example.com, groups: [staff]}}
                  - {sub: "bob", enabled: false}
                """);
        Account ann = accounts.find("ann").orElseThrow();
        assertThat(ann.isEnabled()).isTrue();
        assertThat(ann.attributes().toJson().toJson())
                .isEqualTo("{\"mail\":\"ann@example.com\",\"groups\":[\"staff\"]}");
        assertThat(accounts.find("bob").orElseThrow().isEnabled()).isFalse();
        assertThat(accounts.find("Ann")).isEmpty();
        assertThat(read(SITE).subjects()).isEmpty();
    }

    @Test
    void users_sign_in_with_what_is_said() {
        KnownAccounts accounts = read(SITE + """
                users:
                  - {sub: u-1, username: Ann, password_hash: "%s"}
                """.formatted(HASH));
        assertThat(accounts.findByUsername(new Username("ann")).orElseThrow().passwordHash())
                .hasValue(HASH);
        assertThat(accounts.findUser("u-1").orElseThrow().username()).hasValue(new Username("ann"));
    }

    @Test
    void faults_of_what_users_sign_in_with_are_told_at_their_keys() {
        ConfigException refused = catchThrowableOfType(ConfigException.class, () -> read(SITE + """
                users:
                  - {sub: u-1, username: ann, password_hash: hidden}
                  - {sub: u-2, username: ANN}
                  - {sub: u-3, username: "a b"}
                  - {sub: u-4, password_hash: "%s"}
                """.formatted(HASH)));
        assertThat(refused.getMessage())
                .contains("users[0].password_hash: expected an Argon2id hash")
                .contains("users[1].username: is given to another user above")
                .contains("users[2].username: expected 1 to 128 visible characters")
                .contains("users[3].password_hash: is of no use without username")
                .doesNotContain("hidden", "argon2id$");
    }

    @Test
    @Requirement({"D-12", "9068-5-02"})
    void faults_are_told_at_their_keys() {
        ConfigException refused = catchThrowableOfType(ConfigException.class, () -> read(SITE + """
                users:
                  - {sub: ann, attributes: {mail: null}}
                  - {sub: ann}
                  - {sub: shop}
                  - {sub: "a\\u0007"}
                  - {enabled: perhaps, password: hidden}
                """));
        assertThat(refused.getMessage())
                .contains("users[0].attributes: mail must have a value")
                .contains("users[1].sub: is given to another user above")
                .contains("users[2].sub: is the client_id of a client")
                .contains("users[3].sub: expected 1 to 1024 characters")
                .contains("users[4].sub: is missing")
                .contains("users[4].enabled: expected true or false")
                .contains("users[4].password: unknown key")
                .doesNotContain("hidden", "perhaps");
    }
}
