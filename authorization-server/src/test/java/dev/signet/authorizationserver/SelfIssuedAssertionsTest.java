package dev.signet.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.authorizationserver.claims.Attributes;
import dev.signet.authorizationserver.claims.ClaimMapping;
import dev.signet.authorizationserver.claims.ClaimSource;
import dev.signet.authorizationserver.grant.SubjectPermission;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.registry.SelfIssuedAssertions;
import dev.signet.authorizationserver.resourceowner.Account;
import dev.signet.authorizationserver.resourceowner.KnownAccounts;
import dev.signet.authorizationserver.trust.SubjectPolicy;
import dev.signet.authorizationserver.trust.TrustedIssuer;
import dev.signet.authorizationserver.trust.TrustedIssuers;
import dev.signet.core.ClientId;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.assertion.AssertionGrant;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.explanation.Finding;
import dev.signet.core.explanation.JwtKind;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.outbound.KeySource;
import dev.signet.testkit.Requirement;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SelfIssuedAssertionsTest {

    private static final String AGENT = "agent";
    private static final String ALICE = "alice@a.example";

    /** A server with a client whose assertions are good for that, and with other settings. */
    private static Fixture server(
            UnaryOperator<SelfIssuedAssertions> goodFor, Consumer<AuthorizationServer.Builder> settings) {
        return Fixture.with(builder -> settings.accept(builder.selfIssuedAssertions(true)))
                .and(agent(goodFor));
    }

    private static Fixture server(UnaryOperator<SelfIssuedAssertions> goodFor) {
        return server(goodFor, builder -> {});
    }

    /** A server with a client that may speak for itself and for all of one domain. */
    private static Fixture server() {
        return server(goodFor -> goodFor.andAbout("*@a.example"));
    }

    private static RegisteredClient.Builder agent(UnaryOperator<SelfIssuedAssertions> goodFor) {
        return Fixture.keyClient(AGENT, TestKeys.CLIENT)
                .selfIssuedAssertions(goodFor.apply(SelfIssuedAssertions.aboutItself()));
    }

    /** What the client says about somebody. */
    private static TestAssertion about(Fixture server, String subject) {
        return server.grantAssertion().claim("iss", AGENT).claim("sub", subject).signedWith(TestKeys.CLIENT);
    }

    /** The client exchanges an assertion. */
    private static TestCall exchange(Fixture server, TestAssertion assertion) {
        return server.exchange(assertion.compact()).assertion(server.clientAssertion(AGENT));
    }

    private static RefusalReason reason(Fixture server) {
        return server.events.refusal().reason();
    }

    @Nested
    @DisplayName("RFC 7521 §6.2: a client that acts for itself")
    class ForItself {

        @Test
        @Requirement({"7521-5.2-04", "7521-6.2-01"})
        void gets_a_token_that_speaks_for_itself() {
            Fixture server = server(goodFor -> goodFor);
            JsonObject claims =
                    exchange(server, about(server, AGENT)).send().token().claims();
            assertThat(claims.requireString("sub")).isEqualTo(AGENT);
            assertThat(claims.requireString("client_id")).isEqualTo(AGENT);
            assertThat(claims.requireString("aud")).isEqualTo(Fixture.ORDERS);
        }

        @Test
        @Requirement({"7521-5.2-04", "7521-6.3-02"})
        void speaks_for_nobody_else_unless_it_is_registered_for_that() {
            Fixture server = server(goodFor -> goodFor);
            exchange(server, about(server, ALICE)).send().isInvalidGrant();
            assertThat(reason(server)).isEqualTo(RefusalReason.ASSERTION_SUBJECT_REFUSED);
        }

        @Test
        void is_described_by_what_is_known_about_it() {
            Fixture server = Fixture.with(builder -> builder.selfIssuedAssertions(true)
                            .resources(List.of(
                                    Fixture.orders()
                                            .claims(ClaimMapping.builder()
                                                    .claim("tier", ClaimSource.subjectAttribute("tier"))
                                                    .build())
                                            .build(),
                                    Fixture.stock().build())))
                    .and(agent(goodFor -> goodFor)
                            .attributes(Attributes.of(
                                    JsonObject.builder().put("tier", "gold").build())));
            assertThat(exchange(server, about(server, AGENT).claim("tier", "platinum"))
                            .send()
                            .token()
                            .claims()
                            .requireString("tier"))
                    .isEqualTo("gold");
        }
    }

    @Nested
    @DisplayName("RFC 7521 §6.3: a client that acts for somebody")
    class ForOthers {

        @Test
        @Requirement({"7521-6.3-01", "7521-6.3-02"})
        void gets_tokens_for_those_it_is_registered_for() {
            Fixture server = server();
            JsonObject claims =
                    exchange(server, about(server, ALICE)).send().token().claims();
            assertThat(claims.requireString("sub")).isEqualTo(ALICE);
            assertThat(claims.requireString("client_id")).isEqualTo(AGENT);
            exchange(server, about(server, "bob@b.example")).send().isInvalidGrant();
        }

        @Test
        @Requirement("7521-6.3-01")
        void may_be_held_to_those_who_have_an_account() {
            Fixture server = server(
                    goodFor -> goodFor.andAbout("*@a.example").accountRequired(true),
                    builder ->
                            builder.accounts(KnownAccounts.of(List.of(new Account(ALICE, true, Attributes.none())))));
            exchange(server, about(server, ALICE)).send().isIssued();
            exchange(server, about(server, AGENT)).send().isIssued();
            exchange(server, about(server, "eve@a.example")).send().isInvalidGrant();
            assertThat(reason(server)).isEqualTo(RefusalReason.ACCOUNT_UNKNOWN);
            assertThat(server.server
                            .explain(
                                    JwtKind.GRANT_ASSERTION,
                                    about(server, AGENT).compact())
                            .isAccepted())
                    .isTrue();
            assertThat(server.server
                            .explain(
                                    JwtKind.GRANT_ASSERTION,
                                    about(server, "eve@a.example").compact())
                            .refusal()
                            .flatMap(Finding::reason))
                    .contains(RefusalReason.ACCOUNT_UNKNOWN);
        }

        @Test
        @Requirement("D-12")
        void never_speaks_for_another_client() {
            Fixture server = server(goodFor -> goodFor.andAbout("rep*"));
            exchange(server, about(server, "rep")).send().isIssued();
            exchange(server, about(server, Fixture.REPORTER)).send().isInvalidGrant();
        }
    }

    @Nested
    @DisplayName("RFC 7521 §4.1: what somebody has granted")
    class Permission {

        @Test
        void is_asked_for_with_all_that_is_known() {
            List<SubjectPermission.Request> asked = new ArrayList<>();
            Account alice = new Account(ALICE, true, Attributes.none());
            Fixture server = server(
                    goodFor -> goodFor.andAbout("*@a.example"),
                    builder -> builder.accounts(KnownAccounts.of(List.of(alice)))
                            .subjectPermission(request -> asked.add(request)));
            exchange(server, about(server, ALICE))
                    .with("scope", "orders.read")
                    .send()
                    .isIssued();
            assertThat(asked)
                    .containsExactly(new SubjectPermission.Request(
                            new ClientId(AGENT),
                            AGENT,
                            ALICE,
                            Optional.of(alice),
                            Scope.of("orders.read"),
                            new ResourceIndicator(Fixture.ORDERS)));
        }

        @Test
        void is_missing_without_a_trace() {
            Fixture server = server(
                    goodFor -> goodFor.andAbout("*@a.example"),
                    builder -> builder.subjectPermission(
                            request -> !request.scope().equals(Scope.of("orders.write"))));
            TestAssertion assertion = about(server, ALICE);
            exchange(server, assertion).with("scope", "orders.write").send().isInvalidGrant();
            assertThat(reason(server)).isEqualTo(RefusalReason.SUBJECT_PERMISSION_MISSING);
            exchange(server, assertion).with("scope", "orders.read").send().isIssued();
        }

        @Test
        void is_asked_about_assertions_of_trusted_issuers_and_about_nothing_else() {
            List<String> issuers = new ArrayList<>();
            Fixture server = Fixture.with(builder -> builder.subjectPermission(request -> {
                issuers.add(request.issuer());
                return false;
            }));
            server.validExchange().send().isInvalidGrant();
            server.validCall().send().isIssued();
            assertThat(issuers).containsExactly(Fixture.TRUSTED_ISSUER);
        }
    }

    @Nested
    @DisplayName("RFC 7523 §3.1: who presents it")
    class Presenter {

        @Test
        void is_the_client_that_made_it() {
            Fixture server = server();
            server.exchange(about(server, AGENT)).send().isRefused(400, "unauthorized_client");
            server.exchange(about(server, AGENT).compact()).send().isInvalidClient();
        }

        @Test
        @Requirement({"7521-4.1-05", "8414-2-06", "D-08"})
        void need_not_authenticate_where_the_client_is_registered_so() {
            Fixture server = server(goodFor -> goodFor.allowUnauthenticatedClient(true));
            assertThat(server.server.metadata().tokenEndpointAuthMethodsSupported())
                    .contains("none");
            JsonObject claims = server.exchange(about(server, AGENT).compact())
                    .send()
                    .token()
                    .claims();
            assertThat(claims.requireString("client_id")).isEqualTo(AGENT);
            assertThat(server.events.leniencies()).containsExactly("allowUnauthenticatedClient");
            server.exchange(about(server, AGENT).compact())
                    .with("scope", "orders.admin")
                    .send()
                    .isRefused(400, "invalid_scope");
            server.exchange(about(server, AGENT).compact())
                    .basic(Fixture.BATCH, Fixture.SECRET)
                    .send()
                    .isRefused(400, "unauthorized_client");
        }

        @Test
        void is_refused_with_wrong_credentials_though_none_are_needed() {
            Fixture server = server(goodFor -> goodFor.allowUnauthenticatedClient(true));
            server.exchange(about(server, AGENT).compact())
                    .assertion(server.clientAssertion(AGENT).signedWith(TestKeys.ATTACKER))
                    .send()
                    .isInvalidClient();
        }

        @Test
        void is_enabled() {
            Fixture server = server(goodFor -> goodFor.allowUnauthenticatedClient(true));
            TestAssertion assertion = about(server, AGENT);
            server.disable(AGENT);
            server.exchange(assertion.compact()).send().isInvalidClient();
            assertThat(server.server
                            .explain(JwtKind.GRANT_ASSERTION, assertion.compact())
                            .refusal()
                            .flatMap(Finding::reason))
                    .contains(RefusalReason.ASSERTION_ISSUER_DISABLED);
            exchange(server, assertion).send().isInvalidClient();
            assertThat(reason(server)).isEqualTo(RefusalReason.CLIENT_DISABLED);
        }
    }

    @Nested
    @DisplayName("RFC 7523 §3.1: the two uses of JWTs")
    class TwoUses {

        @Test
        @Requirement("7523-3.1-04")
        void are_told_apart_by_their_type() {
            Fixture server = server();
            TestAssertion authenticating = server.clientAssertion(AGENT);
            exchange(server, authenticating).send().isInvalidGrant();
            assertThat(reason(server)).isEqualTo(RefusalReason.JWT_TYPE);
            server.exchange(about(server, AGENT).compact())
                    .assertion(about(server, ALICE))
                    .send()
                    .isInvalidClient();
            exchange(server, about(server, AGENT))
                    .assertion(authenticating)
                    .send()
                    .isIssued();
        }

        @Test
        @Requirement({"7523-3.1-04", "D-04"})
        void are_one_use_of_one_JWT_in_one_request() {
            Fixture server = server();
            TestAssertion untyped = about(server, AGENT);
            server.exchange(untyped.compact()).assertion(untyped).send().isInvalidGrant();
            assertThat(reason(server)).isEqualTo(RefusalReason.ASSERTION_REPLAYED);
            exchange(server, untyped).send().isIssued();
        }

        @Test
        @Requirement({"7523-3.1-04", "D-04", "7523-3-16"})
        void are_one_use_of_one_JWT_in_two_requests() {
            Fixture server = server();
            TestAssertion first = about(server, AGENT);
            server.clientCredentials().assertion(first).send().isIssued();
            exchange(server, first).send().isInvalidGrant();
            assertThat(reason(server)).isEqualTo(RefusalReason.ASSERTION_REPLAYED);
            TestAssertion second = about(server, AGENT);
            exchange(server, second).send().isIssued();
            server.clientCredentials().assertion(second).send().isInvalidClient();
            assertThat(reason(server)).isEqualTo(RefusalReason.ASSERTION_REPLAYED);
        }

        @Test
        @Requirement({"D-04", "7523-3.1-04"})
        void are_as_many_as_there_are_where_the_client_is_registered_so_and_none_authenticates() {
            Fixture server = server(goodFor -> goodFor.allowAssertionReuse(true));
            TestAssertion assertion = about(server, AGENT);
            exchange(server, assertion).send().isIssued();
            exchange(server, assertion).send().isIssued();
            assertThat(server.events.leniencies()).containsExactly("allowAssertionReuse", "allowAssertionReuse");
            server.clientCredentials().assertion(assertion).send().isInvalidClient();
            assertThat(reason(server)).isEqualTo(RefusalReason.JWT_TYPE);
            server.clientCredentials()
                    .assertion(server.clientAssertion(AGENT))
                    .send()
                    .isIssued();
        }
    }

    @Nested
    @DisplayName("RFC 7523 §3: keys and algorithms")
    class Keys {

        @Test
        @Requirement({"7523-3.2-02", "7523-3-20"})
        void are_those_the_client_authenticates_by() {
            Fixture server = server();
            exchange(server, about(server, AGENT).signedWith(TestKeys.ATTACKER))
                    .send()
                    .isInvalidGrant();
            exchange(server, about(server, AGENT).signedWith(TestKeys.ISSUER).header("kid", TestKeys.ISSUER.keyId()))
                    .send()
                    .isInvalidGrant();
            assertThat(reason(server)).isEqualTo(RefusalReason.JWT_KEY_UNKNOWN);
        }

        @Test
        void are_chosen_by_kid() {
            Fixture server = Fixture.with(builder -> builder.selfIssuedAssertions(true))
                    .and(agent(goodFor -> goodFor)
                            .jwks(JwkSet.of(
                                    List.of(TestKeys.CLIENT.verificationKey(), TestKeys.ATTACKER.verificationKey()))));
            exchange(server, about(server, AGENT)).send().isIssued();
            exchange(server, about(server, AGENT).signedWith(TestKeys.ATTACKER))
                    .send()
                    .isIssued();
            exchange(server, about(server, AGENT).header("kid", TestKeys.ATTACKER.keyId()))
                    .send()
                    .isInvalidGrant();
        }

        @Test
        @Requirement("7523-3.2-03")
        void have_the_algorithm_that_the_client_registered() {
            Fixture server = Fixture.with(builder -> builder.selfIssuedAssertions(true))
                    .and(agent(goodFor -> goodFor.allowUnauthenticatedClient(true))
                            .assertionSigningAlgorithm(JwsAlgorithm.RS256));
            server.exchange(about(server, AGENT).compact()).send().isInvalidGrant();
            assertThat(reason(server)).isEqualTo(RefusalReason.JWT_ALGORITHM_NOT_ALLOWED);
        }

        @Test
        void that_cannot_be_had_judge_nothing() {
            Fixture server = Fixture.with(builder -> builder.selfIssuedAssertions(true))
                    .and(Fixture.client(AGENT, ClientAuthenticationMethod.PRIVATE_KEY_JWT)
                            .jwksUri(URI.create("https://agent.example.com/jwks"))
                            .selfIssuedAssertions(
                                    SelfIssuedAssertions.aboutItself().allowUnauthenticatedClient(true)));
            server.exchange(about(server, AGENT).compact()).send().isRefused(503, "temporarily_unavailable");
        }
    }

    @Nested
    @DisplayName("Who is trusted")
    class Trusted {

        @Test
        void is_no_client_that_is_not_registered_for_it() {
            Fixture server = server();
            server.exchange(server.grantAssertion()
                            .claim("iss", Fixture.REPORTER)
                            .claim("sub", Fixture.REPORTER)
                            .signedWith(TestKeys.CLIENT))
                    .send()
                    .isInvalidGrant();
            assertThat(reason(server)).isEqualTo(RefusalReason.ASSERTION_ISSUER_UNTRUSTED);
        }

        @Test
        void is_no_client_where_the_server_exchanges_no_such_assertions() {
            Fixture server = Fixture.standard().and(agent(goodFor -> goodFor));
            exchange(server, about(server, AGENT)).send().isInvalidGrant();
            assertThat(reason(server)).isEqualTo(RefusalReason.ASSERTION_ISSUER_UNTRUSTED);
        }

        @Test
        void is_a_client_where_nobody_else_is() {
            Fixture server = server(goodFor -> goodFor, builder -> builder.trustedIssuers(TrustedIssuers.none()));
            exchange(server, about(server, AGENT)).send().isIssued();
            assertThat(server.server.metadata().grantTypesSupported()).contains(AssertionGrant.GRANT_TYPE);
        }

        @Test
        void is_an_issuer_of_that_name_before_the_client() {
            Fixture server = server(
                    goodFor -> goodFor,
                    builder -> builder.trustedIssuers(TrustedIssuers.of(List.of(TrustedIssuer.builder(AGENT)
                            .keys(KeySource.of(JwkSet.of(List.of(TestKeys.ISSUER.verificationKey()))))
                            .subjects(SubjectPolicy.matching("named-*"))
                            .build()))));
            exchange(server, about(server, AGENT)).send().isInvalidGrant();
            exchange(server, about(server, "named-1").signedWith(TestKeys.ISSUER))
                    .send()
                    .isIssued();
        }
    }
}
