package dev.signet.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.authorizationserver.registry.ProtectedResource;
import dev.signet.authorizationserver.trust.TrustedIssuers;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.error.RefusalReason;
import dev.signet.jwt.json.JsonObject;
import dev.signet.testkit.Requirement;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetSelectionTest {

    private final Fixture fixture = Fixture.standard();

    private static Fixture with(ProtectedResource.Builder... resources) {
        return Fixture.with(builder -> builder.resources(List.of(resources).stream()
                        .map(ProtectedResource.Builder::build)
                        .toList())
                .trustedIssuers(
                        TrustedIssuers.of(List.of(Fixture.ciWithoutScope().build()))));
    }

    private static String audience(TestAnswer answer) {
        return answer.token().claims().requireString("aud");
    }

    private void isRefused(TestAnswer answer, String error, RefusalReason reason) {
        answer.isRefused(400, error);
        assertThat(fixture.events.refusal().reason()).isEqualTo(reason);
    }

    @Nested
    @DisplayName("RFC 8707 §2: the resource parameter")
    class Asked {

        @Test
        @Requirement({"9068-3-02", "8707-2.2-02", "9700-2.3-01", "8707-3-01"})
        void becomes_the_audience_as_it_is_written() {
            assertThat(audience(
                            fixture.validCall().with("resource", Fixture.STOCK).send()))
                    .isEqualTo(Fixture.STOCK);
            String odd = "https://rs.example.com/";
            Fixture other = with(ProtectedResource.builder(new ResourceIndicator(odd)));
            assertThat(audience(other.validCall().with("resource", odd).send())).isEqualTo(odd);
            other.validCall().with("resource", "https://rs.example.com").send().isRefused(400, "invalid_target");
        }

        @ParameterizedTest
        @ValueSource(strings = {"/relative", "orders", "https://api.example.com/orders#x", "https://a b", "://"})
        @Requirement({"8707-2-01", "8707-2-02"})
        void refuses_what_is_no_absolute_uri_without_fragment(String resource) {
            isRefused(
                    fixture.validCall().with("resource", resource).send(),
                    "invalid_target",
                    RefusalReason.TARGET_MALFORMED);
        }

        @Test
        @Requirement("8707-2-02")
        void refuses_a_resource_that_is_not_registered() {
            isRefused(
                    fixture.validCall()
                            .with("resource", "https://api.example.com/other")
                            .send(),
                    "invalid_target",
                    RefusalReason.TARGET_UNKNOWN);
        }

        @Test
        @Requirement({"8707-2-03", "9068-3-03", "9068-5-04", "D-10"})
        void refuses_more_than_one() {
            isRefused(
                    fixture.validCall()
                            .and("resource", Fixture.ORDERS)
                            .and("resource", Fixture.STOCK)
                            .send(),
                    "invalid_target",
                    RefusalReason.TARGET_SEVERAL);
        }

        @Test
        @Requirement("8707-2-02")
        void refuses_a_resource_that_is_not_for_the_client() {
            fixture.and(Fixture.keyClient("orders only", TestKeys.CLIENT)
                    .resources(Set.of(new ResourceIndicator(Fixture.ORDERS))));
            fixture.and(Fixture.keyClient("stock only", TestKeys.CLIENT).scope(Scope.of("stock.read")));
            for (String client : List.of("orders only", "stock only")) {
                String other = client.startsWith("orders") ? Fixture.STOCK : Fixture.ORDERS;
                String own = client.startsWith("orders") ? Fixture.ORDERS : Fixture.STOCK;
                isRefused(
                        fixture.clientCredentials()
                                .assertion(fixture.clientAssertion(client))
                                .with("resource", other)
                                .send(),
                        "invalid_target",
                        RefusalReason.TARGET_UNKNOWN);
                fixture.clientCredentials()
                        .assertion(fixture.clientAssertion(client))
                        .with("resource", own)
                        .send()
                        .isIssued();
            }
        }

        @Test
        @Requirement({"9068-2.2.3-02", "8707-2.2-02"})
        void leaves_only_scopes_of_the_resource() {
            JsonObject claims = fixture.validCall()
                    .with("resource", Fixture.STOCK)
                    .send()
                    .token()
                    .claims();
            assertThat(claims.requireString("scope")).isEqualTo("stock.read");
            isRefused(
                    fixture.validCall()
                            .with("resource", Fixture.STOCK)
                            .with("scope", "stock.read orders.read")
                            .send(),
                    "invalid_scope",
                    RefusalReason.SCOPE_REFUSED);
        }
    }

    @Nested
    @DisplayName("RFC 9068 §3: without the resource parameter")
    class Inferred {

        @Test
        @Requirement({"9068-3-05", "D-11"})
        void is_the_resource_of_the_scopes() {
            assertThat(audience(fixture.validCall().with("scope", "stock.read").send()))
                    .isEqualTo(Fixture.STOCK);
            assertThat(audience(fixture.validCall()
                            .with("scope", "orders.read orders.write")
                            .send()))
                    .isEqualTo(Fixture.ORDERS);
        }

        @Test
        @Requirement({"9068-3-06", "9068-3-03", "D-11"})
        void refuses_scopes_of_different_resources() {
            isRefused(
                    fixture.validCall().with("scope", "orders.read stock.read").send(),
                    "invalid_scope",
                    RefusalReason.SCOPE_AMBIGUOUS);
        }

        @Test
        @Requirement({"9068-3-04", "9068-2.2-03"})
        void is_the_default_if_no_scope_is_asked_for_either() {
            assertThat(audience(fixture.validCall().send())).isEqualTo(Fixture.ORDERS);
        }

        @Test
        @Requirement({"9068-3-04", "9068-2.2-03"})
        void refuses_a_request_that_names_nothing_where_there_is_no_default() {
            Fixture without = with(Fixture.orders().isDefault(false), Fixture.stock());
            without.validCall().send().isRefused(400, "invalid_target");
            assertThat(without.events.refusal().reason()).isEqualTo(RefusalReason.TARGET_MISSING);
            without.validExchange().send().isRefused(400, "invalid_target");
            without.validCall().with("scope", "orders.read").send().isIssued();
        }

        @Test
        @Requirement({"9068-3-03", "9068-3-06"})
        void refuses_a_scope_of_several_resources_unless_one_is_the_default() {
            ProtectedResource.Builder first = ProtectedResource.builder(new ResourceIndicator("urn:first"))
                    .scope(Scope.of("orders.read"));
            ProtectedResource.Builder second = ProtectedResource.builder(new ResourceIndicator("urn:second"))
                    .scope(Scope.of("orders.read"));
            with(first, second).validCall().with("scope", "orders.read").send().isRefused(400, "invalid_scope");
            assertThat(audience(with(first, second.isDefault(true))
                            .validCall()
                            .with("scope", "orders.read")
                            .send()))
                    .isEqualTo("urn:second");
        }
    }

    @Nested
    @DisplayName("RFC 6749 §3.3: scope")
    class GrantedScope {

        @ParameterizedTest
        @ValueSource(strings = {"orders.admin", "orders.read orders.admin", "unknown", "ORDERS.READ", "openid"})
        @Requirement({"6749-3.3-01", "6749-3.3-03", "8725-3.2-01"})
        void refuses_a_scope_that_the_client_does_not_have(String scope) {
            isRefused(fixture.validCall().with("scope", scope).send(), "invalid_scope", RefusalReason.SCOPE_REFUSED);
        }

        @ParameterizedTest
        @ValueSource(strings = {"a\"b", "a\\b", "orders.read  orders.write", " orders.read", "orders.read ", "é", "\t"})
        @Requirement("6749-3.3-03")
        void refuses_a_malformed_scope(String scope) {
            isRefused(
                    fixture.validCall().with("scope", scope).send(),
                    "invalid_scope",
                    RefusalReason.PARAMETER_MALFORMED);
        }

        @Test
        @Requirement({"6749-3.3-03", "9068-2.2.3-01"})
        void takes_scopes_in_any_order() {
            assertThat(fixture.validCall()
                            .with("scope", "orders.write orders.read")
                            .send()
                            .token()
                            .claims()
                            .requireString("scope")
                            .split(" "))
                    .containsExactlyInAnyOrder("orders.read", "orders.write");
        }

        @Test
        @Requirement("6749-3.3-02")
        void is_all_that_the_client_has_at_the_resource_if_none_is_asked_for() {
            assertThat(fixture.validCall().send().json().requireString("scope")).isEqualTo("orders.read orders.write");
        }

        @Test
        @Requirement("6749-3.3-02")
        void must_be_asked_for_where_the_resource_requires_that() {
            Fixture required = with(Fixture.orders().scopeRequired(true));
            required.validCall().send().isRefused(400, "invalid_scope");
            assertThat(required.events.refusal().reason()).isEqualTo(RefusalReason.SCOPE_MISSING);
            required.validCall().with("scope", "orders.read").send().isIssued();
        }

        @Test
        void is_left_out_where_the_resource_has_none() {
            Fixture plain = with(ProtectedResource.builder(new ResourceIndicator("urn:plain"))
                    .isDefault(true));
            TestAnswer answer = plain.validCall().send().isIssued();
            assertThat(answer.json().has("scope")).isFalse();
            assertThat(answer.token().claims().has("scope")).isFalse();
        }
    }
}
