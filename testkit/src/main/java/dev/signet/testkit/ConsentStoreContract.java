package dev.signet.testkit;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.authorizationserver.resourceowner.Consent;
import dev.signet.authorizationserver.resourceowner.ConsentStore;
import dev.signet.authorizationserver.store.memory.InMemoryConsentStore;
import dev.signet.core.ClientId;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every {@link ConsentStore} must do. Extend it and say how to open yours. */
public abstract class ConsentStoreContract {

    private static final ClientId SHOP = new ClientId("shop");
    private static final ClientId OTHER = new ClientId("it's");
    private static final ResourceIndicator ORDERS = new ResourceIndicator("https://api.example.com/orders");
    private static final ResourceIndicator STOCK = new ResourceIndicator("https://api.example.com/stock");

    private ConsentStore store = new InMemoryConsentStore();
    private ConsentStore otherInstance = store;

    /**
     * A store of consents. It is called twice before each test: the first one must be empty; the second is another instance on
     * the same store, as another node has it. Where there is no such thing, give the same again.
     */
    protected abstract ConsentStore open();

    @BeforeEach
    final void openBoth() {
        store = open();
        otherInstance = open();
    }

    private static Consent consent(String subject, ClientId client, ResourceIndicator resource, String... tokens) {
        return new Consent(subject, client, Map.of(resource, Scope.of(tokens)));
    }

    @Nested
    class Add {
        @Test
        void keeps_all_of_it_for_all() {
            Consent given = new Consent("alice", SHOP, Map.of(ORDERS, Scope.of("read", "write"), STOCK, Scope.empty()));
            store.add(given);
            assertThat(otherInstance.find("alice", SHOP)).hasValue(given);
            assertThat(otherInstance.of("alice")).containsExactly(given);
        }

        @Test
        void leaves_what_was_there_before() {
            store.add(consent("alice", SHOP, ORDERS, "read"));
            otherInstance.add(consent("alice", SHOP, ORDERS, "write"));
            otherInstance.add(consent("alice", SHOP, STOCK, "read"));
            assertThat(store.find("alice", SHOP))
                    .hasValue(new Consent(
                            "alice", SHOP, Map.of(ORDERS, Scope.of("read", "write"), STOCK, Scope.of("read"))));
        }

        @Test
        void loses_none_of_those_that_come_together() {
            Race.of(8, number -> {
                ConsentStore node = number % 2 == 0 ? store : otherInstance;
                Callable<Boolean> add = () -> {
                    node.add(consent("alice", SHOP, ORDERS, "runner" + number, "all"));
                    return true;
                };
                return add;
            });
            assertThat(store.find("alice", SHOP).orElseThrow().scopes().values())
                    .singleElement()
                    .extracting(Scope::tokens, as(InstanceOfAssertFactories.COLLECTION))
                    .hasSize(9);
        }
    }

    @Nested
    class Find {
        @Test
        void keeps_people_and_clients_apart() {
            store.add(consent("alice", SHOP, ORDERS, "read"));
            store.add(consent("alice", OTHER, ORDERS, "write"));
            store.add(consent("alice2", SHOP, STOCK, "read"));
            assertThat(otherInstance.find("alice", SHOP)).hasValue(consent("alice", SHOP, ORDERS, "read"));
            assertThat(otherInstance.find("alice2", OTHER)).isEmpty();
            assertThat(otherInstance.find("Alice", SHOP)).isEmpty();
            assertThat(otherInstance.of("alice")).extracting(Consent::clientId).containsExactlyInAnyOrder(SHOP, OTHER);
            assertThat(otherInstance.of("nobody")).isEmpty();
        }
    }

    @Nested
    class Revoke {
        @Test
        void forgets_one_client_of_one_person() {
            store.add(consent("alice", SHOP, ORDERS, "read"));
            store.add(consent("alice", OTHER, ORDERS, "read"));
            store.add(consent("bob", SHOP, ORDERS, "read"));
            assertThat(otherInstance.revoke("alice", SHOP)).isTrue();
            assertThat(store.find("alice", SHOP)).isEmpty();
            assertThat(store.find("alice", OTHER)).isPresent();
            assertThat(store.find("bob", SHOP)).isPresent();
            assertThat(store.revoke("alice", SHOP)).isFalse();
        }

        @Test
        void forgets_a_client_that_is_gone_whoever_let_it_do_something() {
            store.add(consent("alice", SHOP, ORDERS, "read"));
            store.add(consent("bob", SHOP, STOCK, "read", "write"));
            store.add(consent("bob", OTHER, ORDERS, "read"));
            otherInstance.revokeAll(SHOP);
            assertThat(store.of("alice")).isEmpty();
            assertThat(store.of("bob")).containsExactly(consent("bob", OTHER, ORDERS, "read"));
            store.revokeAll(SHOP);
        }

        @Test
        void has_one_winner_of_those_that_come_together() {
            for (int round = 0; round < 10; round++) {
                String subject = "somebody " + round;
                store.add(consent(subject, SHOP, ORDERS, "read"));
                List<Boolean> results = Race.of(4, number -> {
                    ConsentStore node = number % 2 == 0 ? store : otherInstance;
                    return () -> node.revoke(subject, SHOP);
                });
                assertThat(results).containsOnlyOnce(true);
            }
        }
    }
}
