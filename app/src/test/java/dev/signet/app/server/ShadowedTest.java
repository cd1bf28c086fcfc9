package dev.signet.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.app.config.Settings.Parties;
import dev.signet.app.log.JsonLog;
import dev.signet.app.log.LogLevel;
import dev.signet.authorizationserver.registry.ProtectedResources;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.resourceowner.KnownAccounts;
import dev.signet.authorizationserver.resourceowner.UserAccount;
import dev.signet.authorizationserver.resourceowner.Username;
import dev.signet.authorizationserver.store.StoreException;
import dev.signet.authorizationserver.store.memory.InMemoryAccountStore;
import dev.signet.authorizationserver.store.memory.InMemoryClientStore;
import dev.signet.authorizationserver.store.memory.InMemoryTrustStore;
import dev.signet.authorizationserver.trust.TrustedIssuers;
import dev.signet.core.ClientId;
import dev.signet.testkit.FixedKeys;
import dev.signet.testkit.ServerFixture;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What stands in the store and in the configuration file. */
class ShadowedTest {

    private final RegisteredClient client =
            ServerFixture.keyClient(new ClientId("shop"), FixedKeys.client()).build();
    private final Parties configured = new Parties(
            ProtectedResources.of(List.of(ServerFixture.orders().build())),
            List.of(client),
            KnownAccounts.ofUsers(List.of(
                    UserAccount.builder("u-1").username(new Username("alice")).build())),
            TrustedIssuers.of(List.of(ServerFixture.trustedIssuer().build())));
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    private List<String> lines(InMemoryClientStore clients, InMemoryTrustStore trusts, InMemoryAccountStore accounts) {
        JsonLog.start(log, LogLevel.INFO);
        Shadowed.warn(configured, clients, trusts, accounts);
        return log.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void is_told() {
        InMemoryTrustStore trusts = new InMemoryTrustStore();
        trusts.put(ServerFixture.trustedIssuer().enabled(false).build());
        List<String> lines = lines(
                InMemoryClientStore.of(List.of(client)),
                trusts,
                InMemoryAccountStore.of(List.of(UserAccount.builder("u-2")
                        .username(new Username("alice"))
                        .build())));
        assertThat(lines).hasSize(3);
        assertThat(lines.get(2)).contains("\"event\":\"user-shadowed\"", "\"subject\":\"u-1\"");
        assertThat(lines.get(0)).contains("\"level\":\"WARN\"", "\"event\":\"client-shadowed\"", "\"client\":\"shop\"");
        assertThat(lines.get(1))
                .contains(
                        "\"event\":\"trust-shadowed\"",
                        ServerFixture.trustedIssuer().build().issuer());
    }

    @Test
    void is_nothing_to_tell_of_where_all_are_in_one_place() {
        assertThat(lines(new InMemoryClientStore(), new InMemoryTrustStore(), new InMemoryAccountStore()))
                .isEmpty();
    }

    @Test
    void is_no_reason_not_to_start() {
        JsonLog.start(log, LogLevel.INFO);
        Shadowed.warn(
                configured,
                any -> {
                    throw new StoreException("the store does not answer");
                },
                new InMemoryTrustStore(),
                new InMemoryAccountStore());
        assertThat(log.toString(StandardCharsets.UTF_8)).isEmpty();
    }
}
