package dev.signet.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.authorizationserver.claims.Attributes;
import dev.signet.authorizationserver.registry.ClientSecret;
import dev.signet.authorizationserver.registry.HashedSecret;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.registry.SelfRegistration;
import dev.signet.authorizationserver.store.ClientStore;
import dev.signet.authorizationserver.store.memory.InMemoryClientStore;
import dev.signet.core.ClientId;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.token.GrantType;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.JwsAlgorithm;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link ClientStore} must do. Extend it and say how to open yours. */
public abstract class ClientStoreContract {

    private static final String SECRET = "a secret of the contract, long enough for any MAC: 0123456789abcdef";

    private ClientStore store = new InMemoryClientStore();
    private ClientStore otherInstance = store;

    /**
     * A client store. It is called twice before each test: the first one must be empty; the second is another instance on
     * the same store, as another node has it. Where there is no such thing, give the same again.
     */
    protected abstract ClientStore open();

    @BeforeEach
    final void openBoth() {
        store = open();
        otherInstance = open();
    }

    private static RegisteredClient.Builder keyed(String clientId) {
        return RegisteredClient.builder(new ClientId(clientId))
                .authenticationMethod(ClientAuthenticationMethod.PRIVATE_KEY_JWT)
                .jwks(FixedKeys.publicKeys(FixedKeys.client(), FixedKeys.rs256()))
                .grantTypes(Set.of(GrantType.CLIENT_CREDENTIALS));
    }

    private static RegisteredClient.Builder withSecret(String clientId, ClientAuthenticationMethod method) {
        return RegisteredClient.builder(new ClientId(clientId))
                .authenticationMethod(method)
                .secret(SECRET)
                .grantTypes(Set.of(GrantType.CLIENT_CREDENTIALS));
    }

    /** One of each kind. */
    static Stream<RegisteredClient> kinds() {
        return Stream.of(
                keyed("keys").build(),
                keyed("everything")
                        .grantTypes(Set.of(GrantType.CLIENT_CREDENTIALS, GrantType.JWT_BEARER))
                        .scope(Scope.of("orders.read", "orders.write"))
                        .resources(Set.of(
                                new ResourceIndicator("https://api.example.com/orders"),
                                new ResourceIndicator("https://api.example.com/it's")))
                        .resourceServerFor(Set.of(new ResourceIndicator("https://api.example.com/orders")))
                        .introspectOwnTokens(true)
                        .assertionSigningAlgorithm(JwsAlgorithm.ES256)
                        .legacyAssertionAudience(true)
                        .requireAssertionTyp(true)
                        .tryAllKeys(true)
                        .accessTokenLifetime(Duration.ofMinutes(5))
                        .attributes(Attributes.of(JsonObject.builder()
                                .put("tier", "it's gold")
                                .put("roles", List.of("reader", "writer"))
                                .build()))
                        .build(),
                keyed("by itself")
                        .selfRegistration(new SelfRegistration(
                                Optional.of("it's a token"),
                                ClientSecret.hashed(SECRET, new SecureRandom()),
                                JsonObject.builder().put("scope", "orders.read").build(),
                                Optional.of(new SelfRegistration.SoftwareStatement(
                                        "a.b.c",
                                        JsonObject.builder()
                                                .put("client_name", "it's")
                                                .build()))))
                        .build(),
                RegisteredClient.builder(new ClientId("keys elsewhere"))
                        .authenticationMethod(ClientAuthenticationMethod.PRIVATE_KEY_JWT)
                        .jwksUri(URI.create("https://client.example.com/jwks?a='b'"))
                        .grantTypes(Set.of(GrantType.JWT_BEARER))
                        .build(),
                withSecret("basic", ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                        .build(),
                withSecret("post", ClientAuthenticationMethod.CLIENT_SECRET_POST)
                        .build(),
                withSecret("mac", ClientAuthenticationMethod.CLIENT_SECRET_JWT)
                        .assertionSigningAlgorithm(JwsAlgorithm.HS512)
                        .build(),
                RegisteredClient.builder(new ClientId("public"))
                        .authenticationMethod(ClientAuthenticationMethod.NONE)
                        .grantTypes(Set.of(GrantType.JWT_BEARER))
                        .build());
    }

    static Scope with(Scope scope, String token) {
        return Scope.of(Stream.concat(scope.tokens().stream(), Stream.of(token)).toList());
    }

    /** Identifiers that a {@code client_id} may be. */
    static Stream<String> identifiers() {
        return Stream.concat(HostileTexts.ASCII.stream(), Stream.of("c".repeat(256)));
    }

    @Nested
    class Find {
        @ParameterizedTest
        @MethodSource("dev.signet.testkit.ClientStoreContract#kinds")
        void gives_back_all_that_was_put(RegisteredClient client) {
            assertThat(store.put(client)).isTrue();
            RegisteredClient found = otherInstance.find(client.clientId()).orElseThrow();
            assertThat(found.clientId()).isEqualTo(client.clientId());
            assertThat(found.toMetadata()).isEqualTo(client.toMetadata());
            assertThat(found.secret()).isEqualTo(client.secret());
            assertThat(found.selfRegistration()).isEqualTo(client.selfRegistration());
        }

        @Test
        void gives_the_same_again() {
            store.put(keyed("again").build());
            assertThat(store.find(new ClientId("again")).orElseThrow().toMetadata())
                    .isEqualTo(store.find(new ClientId("again")).orElseThrow().toMetadata());
        }

        @Test
        void gives_a_hash_that_knows_the_secret_and_no_other() {
            store.put(withSecret("hash", ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                    .build());
            HashedSecret secret = (HashedSecret) otherInstance
                    .find(new ClientId("hash"))
                    .orElseThrow()
                    .secret()
                    .orElseThrow();
            assertThat(secret.matches(SECRET)).isTrue();
            assertThat(secret.matches(SECRET + " ")).isFalse();
        }

        @Test
        void is_empty_for_an_unknown_client() {
            store.put(keyed("known").build());
            for (String unknown :
                    List.of("unknown", "KNOWN", "known ", " known", "know", "%", "_____", "k' OR 'a'='a")) {
                assertThat(store.find(new ClientId(unknown))).as(unknown).isEmpty();
            }
        }
    }

    @Nested
    class Put {
        @ParameterizedTest
        @MethodSource("dev.signet.testkit.ClientStoreContract#identifiers")
        void takes_any_identifier_as_data(String clientId) {
            RegisteredClient client = keyed(clientId).build();
            assertThat(store.put(client)).isTrue();
            assertThat(otherInstance.find(client.clientId()).orElseThrow().clientId())
                    .isEqualTo(client.clientId());
            assertThat(store.put(client)).isFalse();
        }

        @Test
        void refuses_a_second_client_of_one_identifier_and_changes_nothing() {
            RegisteredClient first = keyed("twice").build();
            RegisteredClient second = withSecret("twice", ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                    .build();
            assertThat(store.put(first)).isTrue();
            assertThat(store.put(second)).isFalse();
            assertThat(otherInstance.put(second)).isFalse();
            RegisteredClient found = store.find(first.clientId()).orElseThrow();
            assertThat(found.toMetadata()).isEqualTo(first.toMetadata());
            assertThat(found.secret()).isEmpty();
        }

        @Test
        void has_one_winner_of_those_that_come_together() {
            for (int round = 0; round < 10; round++) {
                String clientId = "race " + round;
                List<Boolean> results = Race.of(16, number -> {
                    ClientStore node = number % 2 == 0 ? store : otherInstance;
                    RegisteredClient client =
                            keyed(clientId).scope(Scope.of("runner" + number)).build();
                    return () -> node.put(client);
                });
                assertThat(results).containsOnlyOnce(true);
                assertThat(otherInstance
                                .find(new ClientId(clientId))
                                .orElseThrow()
                                .scope())
                        .isEqualTo(Scope.of("runner" + results.indexOf(true)));
            }
        }
    }

    @Nested
    class Change {
        @Test
        void is_known_to_all_at_once_whatever_is_changed() {
            ClientId clientId = new ClientId("changed");
            store.put(keyed("changed").build());
            store.find(clientId);
            RegisteredClient next = withSecret("changed", ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                    .build();
            assertThat(otherInstance
                            .change(clientId, client -> next)
                            .orElseThrow()
                            .toMetadata())
                    .isEqualTo(next.toMetadata());
            RegisteredClient found = store.find(clientId).orElseThrow();
            assertThat(found.toMetadata()).isEqualTo(next.toMetadata());
            assertThat(found.secret()).isEqualTo(next.secret());
            RegisteredClient mac = withSecret("changed", ClientAuthenticationMethod.CLIENT_SECRET_JWT)
                    .build();
            assertThat(store.change(clientId, client -> mac)).isPresent();
            assertThat(otherInstance.find(clientId).orElseThrow().secret()).isEqualTo(mac.secret());
            assertThat(store.change(clientId, client -> keyed("changed").build()))
                    .isPresent();
            assertThat(otherInstance.find(clientId).orElseThrow().secret()).isEmpty();
        }

        @Test
        void of_nobody_makes_nobody() {
            ClientId clientId = new ClientId("nobody");
            assertThat(store.change(clientId, client -> keyed("nobody").build()))
                    .isEmpty();
            assertThat(otherInstance.find(clientId)).isEmpty();
        }

        @Test
        void keeps_the_identifier() {
            ClientId clientId = new ClientId("one");
            store.put(keyed("one").build());
            assertThatThrownBy(() ->
                            store.change(clientId, client -> keyed("another").build()))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(otherInstance.find(clientId)).isPresent();
            assertThat(otherInstance.find(new ClientId("another"))).isEmpty();
        }

        @Test
        void loses_none_of_those_that_come_together() {
            ClientId clientId = new ClientId("crowded");
            store.put(keyed("crowded").build());
            Race.of(8, number -> {
                ClientStore node = number % 2 == 0 ? store : otherInstance;
                return () -> node.change(
                        clientId,
                        client -> keyed("crowded")
                                .scope(with(client.scope(), "runner" + number))
                                .build());
            });
            assertThat(otherInstance.find(clientId).orElseThrow().scope().tokens())
                    .hasSize(8);
        }
    }

    @Nested
    class Remove {
        @Test
        void takes_a_client_away_for_all() {
            ClientId clientId = new ClientId("gone");
            store.put(keyed("gone").build());
            store.put(keyed("kept").build());
            assertThat(otherInstance.find(clientId)).isPresent();
            assertThat(store.remove(clientId)).isTrue();
            assertThat(otherInstance.find(clientId)).isEmpty();
            assertThat(store.find(new ClientId("kept"))).isPresent();
            assertThat(store.remove(clientId)).isFalse();
            assertThat(store.put(keyed("gone").build())).isTrue();
        }

        @Test
        void has_one_winner_of_those_that_come_together() {
            for (int round = 0; round < 10; round++) {
                ClientId clientId = new ClientId("remove " + round);
                store.put(keyed(clientId.value()).build());
                List<Boolean> results = Race.of(8, number -> {
                    ClientStore node = number % 2 == 0 ? store : otherInstance;
                    return () -> node.remove(clientId);
                });
                assertThat(results).containsOnlyOnce(true);
            }
        }
    }

    @Nested
    class Page {
        @Test
        void after_page_has_each_client_once() {
            Set<String> all = new TreeSet<>(HostileTexts.ASCII);
            all.addAll(List.of("a", "B", "b", "a-b", "ab", "A"));
            all.forEach(clientId -> store.put(keyed(clientId).build()));
            List<String> listed = new ArrayList<>();
            List<RegisteredClient> page = otherInstance.page("", 4);
            while (!page.isEmpty()) {
                assertThat(page).hasSizeLessThanOrEqualTo(4);
                page.forEach(client -> listed.add(client.clientId().value()));
                page = otherInstance.page(listed.get(listed.size() - 1), 4);
            }
            assertThat(listed).containsExactlyInAnyOrderElementsOf(all);
        }

        @Test
        void of_nothing_is_empty() {
            assertThat(store.page("", 10)).isEmpty();
        }
    }
}
