package dev.signet.storejdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.store.StoredKey;
import dev.signet.authorizationserver.trust.IssuerKeys;
import dev.signet.authorizationserver.trust.KeySources;
import dev.signet.authorizationserver.trust.SubjectPolicy;
import dev.signet.authorizationserver.trust.TrustStore;
import dev.signet.authorizationserver.trust.TrustedIssuer;
import dev.signet.core.ClientId;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.token.GrantType;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.SigningKey;
import dev.signet.testkit.FixedKeys;
import dev.signet.testkit.HostileTexts;
import dev.signet.testkit.TestClock;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A client is built once for each row, what another node changes is seen at once, and what can't be kept is refused. */
class RecentClientsTest {

    private static final String ISSUER = "https://ci.example.com";

    @TempDir
    Path folder;

    private TestDatabase database;
    private JdbcStores stores;

    @BeforeEach
    void open() {
        database = TestDatabase.h2(folder);
        stores = database.open();
    }

    @AfterEach
    void close() {
        stores.close();
    }

    private static RegisteredClient.Builder client(String clientId) {
        return RegisteredClient.builder(new ClientId(clientId))
                .authenticationMethod(ClientAuthenticationMethod.PRIVATE_KEY_JWT)
                .jwks(FixedKeys.publicKeys(FixedKeys.client()))
                .scope(Scope.of("read"))
                .grantTypes(Set.of(GrantType.CLIENT_CREDENTIALS));
    }

    @Nested
    class A_client {
        @Test
        void is_the_same_object_as_long_as_its_row_is_the_same() throws SQLException {
            stores.clients().put(client("reporter").build());
            RegisteredClient first =
                    stores.clients().find(new ClientId("reporter")).orElseThrow();
            assertThat(stores.clients().find(new ClientId("reporter")).orElseThrow())
                    .isSameAs(first);
            database.execute("UPDATE signet_client SET metadata = REPLACE(metadata, '\"read\"', '\"write\"')");
            assertThat(stores.clients()
                            .find(new ClientId("reporter"))
                            .orElseThrow()
                            .scope())
                    .isEqualTo(Scope.of("write"));
        }

        @Test
        void is_gone_when_its_row_is() throws SQLException {
            stores.clients().put(client("reporter").build());
            assertThat(stores.clients().find(new ClientId("reporter"))).isPresent();
            database.execute("DELETE FROM signet_client");
            assertThat(stores.clients().find(new ClientId("reporter"))).isEmpty();
        }
    }

    @Nested
    class Memory {
        @Test
        void is_bounded_and_keeps_what_was_asked_for_last() {
            RecentlyBuilt<String, Integer> recent = new RecentlyBuilt<>();
            AtomicInteger built = new AtomicInteger();
            for (int number = 0; number < RecentlyBuilt.MOST + 10; number++) {
                recent.of("c" + number, "row", row -> built.incrementAndGet());
                assertThat(recent.of("c0", "row", row -> -1)).isEqualTo(1);
            }
            assertThat(recent.size()).isEqualTo(RecentlyBuilt.MOST);
            assertThat(recent.of("c1", "row", row -> -1)).isEqualTo(-1);
            assertThat(recent.of("c0", "another row", row -> -1)).isEqualTo(-1);
        }

        @Test
        void shows_no_secret() {
            assertThat(new ClientRow("{\"a\":1}", "hash", "sealed")).hasToString("ClientRow");
        }
    }

    @Nested
    class What_can_not_be_kept {
        @Test
        void is_refused_when_a_client_is_too_large_to_be_read_again() throws SQLException {
            RegisteredClient large = client("large")
                    .resources(IntStream.range(0, 1500)
                            .mapToObj(number ->
                                    new ResourceIndicator("https://api.example.com/" + number + "/" + "x".repeat(200)))
                            .collect(Collectors.toSet()))
                    .build();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> stores.clients().put(large))
                    .withMessageContaining("large");
            assertThat(database.read("SELECT client_id FROM signet_client")).isEmpty();
        }

        @Test
        void is_refused_when_a_client_has_more_parts_than_are_read_again() throws SQLException {
            RegisteredClient many = client("many")
                    .resources(IntStream.range(0, 20_000)
                            .mapToObj(number -> new ResourceIndicator("a:" + number))
                            .collect(Collectors.toSet()))
                    .build();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> stores.clients().put(many))
                    .withMessageContaining("many");
            assertThat(database.read("SELECT client_id FROM signet_client")).isEmpty();
        }

        @ParameterizedTest
        @MethodSource("dev.signet.storejdbc.RecentClientsTest#subjectsBeyondTheLimits")
        void is_refused_when_a_trust_is_too_large_to_be_read_again(List<String> subjects) throws SQLException {
            TrustStore trusts = stores.trusts(KeySources.offline(CryptoProvider.jdk()));
            TrustedIssuer.Builder ofThem = trust(subjects);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> trusts.put(ofThem.build()))
                    .withMessageContaining(ISSUER);
            assertThat(database.read("SELECT issuer FROM signet_trusted_issuer"))
                    .isEmpty();

            assertThat(trusts.put(trust(List.of("one")).build())).isTrue();
            assertThatIllegalArgumentException().isThrownBy(() -> trusts.change(ISSUER, before -> ofThem.build()));
            assertThat(trusts.page("", 10)).hasSize(1);
        }

        private TrustedIssuer.Builder trust(List<String> subjects) {
            return TrustedIssuer.builder(ISSUER)
                    .keys(new IssuerKeys.Discovered(), KeySources.offline(CryptoProvider.jdk()))
                    .subjects(SubjectPolicy.matching(subjects.toArray(String[]::new)));
        }

        @ParameterizedTest
        @MethodSource("dev.signet.storejdbc.RecentClientsTest#unfitKeyIds")
        void is_refused_when_a_kid_is_too_long_or_holds_control_characters(String keyId) throws SQLException {
            StoredKey<SigningKey> key =
                    new StoredKey<>(FixedKeys.withKeyId(FixedKeys.server(), keyId), TestClock.START, TestClock.START);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> stores.signingKeys().put(key))
                    .withMessageStartingWith("kid must be 1 to 255 characters");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> stores.signingKeys().putFirst(key));
            assertThat(database.read("SELECT kid FROM signet_signing_key")).isEmpty();
        }
    }

    /** Too much text, too long a text, too many texts. */
    static Stream<List<String>> subjectsBeyondTheLimits() {
        return Stream.of(
                IntStream.range(0, 3)
                        .mapToObj(number -> number + "x".repeat(100_000))
                        .toList(),
                List.of("x".repeat(200_000)),
                IntStream.range(0, 20_000).mapToObj(number -> "s" + number).toList());
    }

    static Stream<String> unfitKeyIds() {
        return Stream.concat(HostileTexts.CONTROL.stream(), Stream.of("k".repeat(256), ""));
    }
}
