package dev.signet.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.authorizationserver.claims.Attributes;
import dev.signet.authorizationserver.resourceowner.Account;
import dev.signet.authorizationserver.trust.TrustedIssuers;
import dev.signet.core.ClientId;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.explanation.Finding;
import dev.signet.core.explanation.JwtKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not enabled gets nothing, and nobody gets anything for it. */
class DisabledTest {

    private final Fixture fixture = Fixture.standard();

    private static Fixture withoutOrders() {
        return Fixture.with(builder -> builder.resources(
                List.of(Fixture.orders().enabled(false).build(), Fixture.stock().build())));
    }

    private RefusalReason lastReason() {
        return fixture.events.refusal().reason();
    }

    @Nested
    @DisplayName("A client that is not enabled")
    class Client {

        /** A request of each client, in its way to authenticate. */
        private TestCall call(Fixture server, String clientId) {
            return switch (clientId) {
                case Fixture.REPORTER -> server.validCall();
                case Fixture.BATCH -> server.clientCredentials().basic(clientId, Fixture.SECRET);
                case Fixture.FORMER ->
                    server.clientCredentials().with("client_id", clientId).with("client_secret", Fixture.SECRET);
                case Fixture.MACER -> server.clientCredentials().assertion(server.macAssertion());
                default -> server.exchange(server.grantAssertion().compact()).with("client_id", clientId);
            };
        }

        @ParameterizedTest
        @ValueSource(strings = {Fixture.REPORTER, Fixture.BATCH, Fixture.FORMER, Fixture.MACER, Fixture.PUBLIC})
        void is_refused_whatever_its_method(String clientId) {
            Fixture server = Fixture.withIssuer(JwtBearerGrantTest::open);
            call(server, clientId).send().isIssued();
            server.disable(clientId);
            TestAnswer answer = call(server, clientId).send().isInvalidClient();
            assertThat(answer.json().requireString("error_description")).isEqualTo("Client authentication failed");
            assertThat(server.events.refusal().reason()).isEqualTo(RefusalReason.CLIENT_DISABLED);
        }

        @Test
        void learns_so_only_with_its_credentials() {
            fixture.disable(Fixture.BATCH).disable(Fixture.REPORTER);
            fixture.clientCredentials()
                    .basic(Fixture.BATCH, Fixture.SECRET + "x")
                    .send()
                    .isInvalidClient();
            assertThat(lastReason()).isEqualTo(RefusalReason.CLIENT_SECRET_WRONG);
            fixture.clientCredentials()
                    .assertion(fixture.clientAssertion().signedWith(TestKeys.ATTACKER))
                    .send()
                    .isInvalidClient();
            assertThat(lastReason()).isEqualTo(RefusalReason.JWT_KEY_UNKNOWN);
        }

        @Test
        void uses_up_no_assertion() {
            TestAssertion assertion = fixture.clientAssertion();
            Fixture out = Fixture.standard().disable(Fixture.REPORTER);
            out.clientCredentials().assertion(assertion).send().isInvalidClient();
            fixture.clientCredentials().assertion(assertion).send().isIssued();
        }

        @Test
        void can_neither_ask_about_tokens_nor_revoke_them() {
            String token = fixture.token();
            fixture.disable(Fixture.REPORTER).disable(Fixture.ORDERS_API);
            fixture.introspect(token).isInvalidClient();
            fixture.revoke(token).isInvalidClient();
        }

        @Test
        void has_no_active_tokens() {
            String token = fixture.token();
            fixture.introspect(token).isActive();
            fixture.disable(Fixture.REPORTER);
            fixture.introspect(token).isInactive();
            assertThat(fixture.events.refusalOrInactive()).isEqualTo(RefusalReason.CLIENT_DISABLED);
        }

        @Test
        void is_explained() {
            String assertion = fixture.clientAssertion().compact();
            String token = fixture.token();
            fixture.disable(Fixture.REPORTER);
            for (JwtKind kind : List.of(JwtKind.CLIENT_ASSERTION, JwtKind.ACCESS_TOKEN)) {
                String jwt = kind == JwtKind.CLIENT_ASSERTION ? assertion : token;
                assertThat(fixture.server.explain(kind, jwt).refusal().flatMap(Finding::reason))
                        .contains(RefusalReason.CLIENT_DISABLED);
            }
        }
    }

    @Nested
    @DisplayName("A client that is not there")
    class Gone {

        @Test
        void has_no_active_tokens() {
            String token = fixture.accessToken().claim("client_id", "gone").compact();
            fixture.introspect(token).isInactive();
            assertThat(fixture.events.refusalOrInactive()).isEqualTo(RefusalReason.CLIENT_UNKNOWN);
        }

        @Test
        void leaves_no_active_tokens_to_another_that_gets_its_name() {
            String token = fixture.token();
            fixture.introspect(token).isActive();
            fixture.clients.remove(new ClientId(Fixture.REPORTER));
            fixture.introspect(token).isInactive();
            fixture.and(Fixture.reporter().registeredAt(fixture.clock.instant().plusSeconds(1)));
            fixture.introspect(token).isInactive();
            assertThat(fixture.events.refusalOrInactive()).isEqualTo(RefusalReason.CLIENT_UNKNOWN);
            fixture.clock.advance(Duration.ofSeconds(1));
            fixture.introspect(fixture.token()).isActive();
        }

        @Test
        void has_active_ones_while_an_issuer_lets_clients_go_without_authentication() {
            Fixture open = Fixture.withIssuer(JwtBearerGrantTest::open);
            String token =
                    open.exchange(open.grantAssertion().compact()).send().json().requireString("access_token");
            open.introspect(token).isActive();
            Fixture.withIssuer(issuer -> JwtBearerGrantTest.open(issuer).enabled(false))
                    .introspect(token)
                    .isInactive();
            Fixture.withIssuer(issuer -> issuer.allowUnauthenticatedClient(new ClientId("others")))
                    .introspect(token)
                    .isInactive();
        }

        @Test
        void has_active_ones_where_the_registry_of_trusts_cannot_tell() {
            String token = fixture.accessToken().claim("client_id", "gone").compact();
            Fixture.with(builder -> builder.trustedIssuers(issuer -> Optional.empty()))
                    .introspect(token)
                    .isActive();
            Fixture.with(builder -> builder.trustedIssuers(TrustedIssuers.none().before(issuer -> Optional.empty())))
                    .introspect(token)
                    .isActive();
        }
    }

    @Nested
    @DisplayName("A resource that is not enabled")
    class Resource {

        @Test
        void gets_no_tokens_however_it_is_named() {
            Fixture without = withoutOrders();
            without.validCall().send().isRefused(400, "invalid_target");
            without.validCall().with("scope", "orders.read").send().isRefused(400, "invalid_target");
            without.validCall().with("resource", Fixture.ORDERS).send().isRefused(400, "invalid_target");
            assertThat(without.events.refusal().reason()).isEqualTo(RefusalReason.TARGET_DISABLED);
            without.validCall().with("scope", "stock.read").send().isIssued();
        }

        @Test
        void tells_that_only_to_clients_that_may_use_it() {
            Fixture without = withoutOrders()
                    .and(Fixture.keyClient("stock-only", TestKeys.CLIENT)
                            .resources(Set.of(new ResourceIndicator(Fixture.STOCK))));
            without.clientCredentials()
                    .assertion(without.clientAssertion("stock-only"))
                    .with("resource", Fixture.ORDERS)
                    .send()
                    .isRefused(400, "invalid_target");
            assertThat(without.events.refusal().reason()).isEqualTo(RefusalReason.TARGET_UNKNOWN);
        }

        @Test
        void has_no_active_tokens() {
            String token = fixture.token();
            fixture.introspect(token).isActive();
            Fixture without = withoutOrders();
            without.introspect(token).isInactive();
            assertThat(without.events.refusalOrInactive()).isEqualTo(RefusalReason.TARGET_DISABLED);
            assertThat(without.server
                            .explain(JwtKind.ACCESS_TOKEN, token)
                            .refusal()
                            .flatMap(Finding::reason))
                    .contains(RefusalReason.TARGET_DISABLED);
        }

        @Test
        void is_not_among_those_the_metadata_names() {
            assertThat(fixture.server.metadata().protectedResources()).contains(Fixture.ORDERS);
            assertThat(withoutOrders().server.metadata().protectedResources()).containsExactly(Fixture.STOCK);
        }
    }

    @Nested
    @DisplayName("An account that is not enabled")
    class OfAnAccount {

        private Fixture knowing(boolean enabled) {
            return Fixture.with(builder -> builder.accounts(subject -> Optional.of(subject)
                    .filter("alice"::equals)
                    .map(found -> new Account(found, enabled, Attributes.none()))));
        }

        @Test
        void has_no_active_tokens() {
            String token = fixture.accessToken().claim("sub", "alice").compact();
            knowing(true).introspect(token).isActive();
            Fixture disabled = knowing(false);
            disabled.introspect(token).isInactive();
            assertThat(disabled.events.refusalOrInactive()).isEqualTo(RefusalReason.ACCOUNT_DISABLED);
            disabled.introspect(fixture.token()).isActive();
        }
    }
}
