package dev.signet.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.authorizationserver.claims.ClaimCondition;
import dev.signet.authorizationserver.store.memory.InMemoryTrustStore;
import dev.signet.authorizationserver.trust.IssuerKeys;
import dev.signet.authorizationserver.trust.KeySources;
import dev.signet.authorizationserver.trust.SubjectPolicy;
import dev.signet.authorizationserver.trust.TrustStore;
import dev.signet.authorizationserver.trust.TrustedIssuer;
import dev.signet.authorizationserver.trust.TrustedIssuer.Leniency;
import dev.signet.core.ClientId;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.JwsAlgorithm;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link TrustStore} must do. Extend it and say how to open yours. */
public abstract class TrustStoreContract {

    private static final String ISSUER = "https://ci.example.com";

    private TrustStore store = new InMemoryTrustStore();
    private TrustStore otherInstance = store;

    /**
     * A store of trusts. It is called twice before each test: the first one must be empty; the second is another instance on the
     * same store, as another node has it. Where there is no such thing, give the same again.
     */
    protected abstract TrustStore open();

    @BeforeEach
    final void openBoth() {
        store = open();
        otherInstance = open();
    }

    private static TrustedIssuer.Builder trust(String issuer) {
        return TrustedIssuer.builder(issuer)
                .keys(
                        new IssuerKeys.Known(FixedKeys.publicKeys(FixedKeys.issuer(), FixedKeys.rs256())),
                        KeySources.offline(CryptoProvider.jdk()))
                .subjects(SubjectPolicy.matching("repo:acme/*"));
    }

    /** One of each kind. */
    static Stream<TrustedIssuer> kinds() {
        KeySources sources = KeySources.offline(CryptoProvider.jdk());
        return Stream.of(
                trust(ISSUER).build(),
                trust(ISSUER)
                        .keys(new IssuerKeys.PublishedAt(URI.create("https://ci.example.com/jwks?a='b'")), sources)
                        .build(),
                trust(ISSUER).keys(new IssuerKeys.Discovered(), sources).build(),
                trust(ISSUER)
                        .algorithms(Set.of(JwsAlgorithm.RS256))
                        .subjects(SubjectPolicy.mapping(Map.of("it's", "alice")).prefixedWith("ci/"))
                        .scope(Scope.of("orders.read"))
                        .clients(Set.of(new ClientId("it's")))
                        .resources(Set.of(new ResourceIndicator("https://api.example.com/it's")))
                        .requiredClaims(Set.of("ref"))
                        .conditions(List.of(
                                ClaimCondition.equalTo("ref", "it's"),
                                ClaimCondition.oneOf("level", List.of(1, 2)),
                                ClaimCondition.contains("groups", List.of("ops")),
                                ClaimCondition.beginsWith("env", "prod")))
                        .attributes(Set.of("mail"))
                        .maximumLifetime(Duration.ofMinutes(5))
                        .allow(Leniency.JTI_OPTIONAL)
                        .enabled(false)
                        .build(),
                trust(ISSUER)
                        .allowUnauthenticatedClient(new ClientId("somebody"))
                        .build());
    }

    @Nested
    class Find {
        @ParameterizedTest
        @MethodSource("dev.signet.testkit.TrustStoreContract#kinds")
        void gives_back_all_that_was_put(TrustedIssuer trust) {
            assertThat(store.put(trust)).isTrue();
            assertThat(otherInstance.find(ISSUER).orElseThrow().toJson()).isEqualTo(trust.toJson());
        }

        @Test
        void gives_the_same_object_while_the_trust_is_the_same() {
            store.put(trust(ISSUER).build());
            assertThat(store.find(ISSUER).orElseThrow())
                    .isSameAs(store.find(ISSUER).orElseThrow());
        }

        @Test
        void knows_who_is_named_without_authentication_while_the_trust_is_enabled() {
            ClientId somebody = new ClientId("somebody");
            store.put(trust(ISSUER).build());
            assertThat(otherInstance.mayNameUnauthenticated(somebody)).isFalse();
            store.change(
                    ISSUER,
                    trust -> trust(ISSUER).allowUnauthenticatedClient(somebody).build());
            assertThat(otherInstance.mayNameUnauthenticated(somebody)).isTrue();
            assertThat(otherInstance.mayNameUnauthenticated(new ClientId("somebody-else")))
                    .isFalse();
            store.change(ISSUER, trust -> trust.toBuilder().enabled(false).build());
            assertThat(otherInstance.mayNameUnauthenticated(somebody)).isFalse();
            store.put(trust("another").allowUnauthenticatedClient(somebody).build());
            assertThat(otherInstance.mayNameUnauthenticated(somebody)).isTrue();
        }

        @Test
        void is_empty_for_an_unknown_issuer() {
            store.put(trust(ISSUER).build());
            for (String unknown : List.of(
                    "https://ci.example.com/", "HTTPS://ci.example.com", "https://ci.example", "%", "k' OR 'a'='a")) {
                assertThat(store.find(unknown)).as(unknown).isEmpty();
            }
        }
    }

    @Nested
    class Put {
        @Test
        void takes_any_issuer_as_data() {
            Set<String> issuers = new TreeSet<>(HostileTexts.ASCII);
            issuers.addAll(HostileTexts.UNICODE);
            issuers.add("x".repeat(1024));
            for (String issuer : issuers) {
                assertThat(store.put(trust(issuer).build())).isTrue();
                assertThat(otherInstance.find(issuer).orElseThrow().issuer()).isEqualTo(issuer);
            }
        }

        @Test
        void refuses_a_second_trust_in_one_issuer_and_changes_nothing() {
            assertThat(store.put(trust(ISSUER).build())).isTrue();
            assertThat(store.put(trust(ISSUER).enabled(false).build())).isFalse();
            assertThat(otherInstance.put(trust(ISSUER).enabled(false).build())).isFalse();
            assertThat(otherInstance.find(ISSUER).orElseThrow().isEnabled()).isTrue();
        }

        @Test
        void has_one_winner_of_those_that_come_together() {
            for (int round = 0; round < 10; round++) {
                String issuer = "race " + round;
                List<Boolean> results = Race.of(8, number -> {
                    TrustStore node = number % 2 == 0 ? store : otherInstance;
                    TrustedIssuer trust =
                            trust(issuer).scope(Scope.of("runner" + number)).build();
                    return () -> node.put(trust);
                });
                assertThat(results).containsOnlyOnce(true);
                assertThat(otherInstance.find(issuer).orElseThrow().scope())
                        .hasValue(Scope.of("runner" + results.indexOf(true)));
            }
        }
    }

    @Nested
    class Change {
        @Test
        void is_known_to_all_at_once() {
            store.put(trust(ISSUER).build());
            assertThat(store.find(ISSUER).orElseThrow().isEnabled()).isTrue();
            assertThat(otherInstance
                            .change(
                                    ISSUER,
                                    trust -> trust.toBuilder().enabled(false).build())
                            .orElseThrow()
                            .isEnabled())
                    .isFalse();
            assertThat(store.find(ISSUER).orElseThrow().isEnabled()).isFalse();
        }

        @Test
        void of_none_makes_none() {
            assertThat(store.change(ISSUER, trust -> trust)).isEmpty();
            assertThat(otherInstance.find(ISSUER)).isEmpty();
        }

        @Test
        void keeps_the_issuer() {
            store.put(trust(ISSUER).build());
            assertThatThrownBy(
                            () -> store.change(ISSUER, trust -> trust("another").build()))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(otherInstance.find(ISSUER)).isPresent();
            assertThat(otherInstance.find("another")).isEmpty();
        }

        @Test
        void loses_none_of_those_that_come_together() {
            store.put(trust(ISSUER).scope(Scope.empty()).build());
            Race.of(8, number -> {
                TrustStore node = number % 2 == 0 ? store : otherInstance;
                return () -> node.change(
                        ISSUER,
                        trust -> trust.toBuilder()
                                .scope(ClientStoreContract.with(trust.scope().orElseThrow(), "runner" + number))
                                .build());
            });
            assertThat(otherInstance
                            .find(ISSUER)
                            .orElseThrow()
                            .scope()
                            .orElseThrow()
                            .tokens())
                    .hasSize(8);
        }
    }

    @Nested
    class Remove {
        @Test
        void takes_a_trust_away_for_all() {
            store.put(trust(ISSUER).build());
            store.put(trust("kept").build());
            assertThat(otherInstance.find(ISSUER)).isPresent();
            assertThat(store.remove(ISSUER)).isTrue();
            assertThat(otherInstance.find(ISSUER)).isEmpty();
            assertThat(store.find("kept")).isPresent();
            assertThat(store.remove(ISSUER)).isFalse();
        }

        @Test
        void has_one_winner_of_those_that_come_together() {
            for (int round = 0; round < 10; round++) {
                String issuer = "remove " + round;
                store.put(trust(issuer).build());
                List<Boolean> results = Race.of(8, number -> {
                    TrustStore node = number % 2 == 0 ? store : otherInstance;
                    return () -> node.remove(issuer);
                });
                assertThat(results).containsOnlyOnce(true);
            }
        }
    }

    @Nested
    class Page {
        @Test
        void after_page_has_each_trust_once() {
            Set<String> all = new TreeSet<>(HostileTexts.ASCII);
            all.addAll(HostileTexts.UNICODE);
            all.addAll(List.of("a", "B", "b", "a-b", "ab", "A"));
            all.forEach(issuer -> store.put(trust(issuer).build()));
            List<String> listed = new ArrayList<>();
            List<TrustedIssuer> page = otherInstance.page("", 4);
            while (!page.isEmpty()) {
                assertThat(page).hasSizeLessThanOrEqualTo(4);
                page.forEach(trust -> listed.add(trust.issuer()));
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
