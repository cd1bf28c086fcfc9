package dev.signet.authorizationserver;

import static dev.signet.core.assertion.ClientAuthenticationMethod.CLIENT_SECRET_BASIC;
import static dev.signet.core.assertion.ClientAuthenticationMethod.CLIENT_SECRET_JWT;
import static dev.signet.core.assertion.ClientAuthenticationMethod.CLIENT_SECRET_POST;
import static dev.signet.core.assertion.ClientAuthenticationMethod.NONE;
import static dev.signet.core.assertion.ClientAuthenticationMethod.PRIVATE_KEY_JWT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.authorizationserver.claims.ClaimCondition;
import dev.signet.authorizationserver.clientauth.AllowedMethods;
import dev.signet.authorizationserver.clientauth.ClientEndpoint;
import dev.signet.authorizationserver.registry.FederatedIdentity;
import dev.signet.authorizationserver.trust.TrustedIssuers;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.explanation.Check;
import dev.signet.core.explanation.Explanation;
import dev.signet.core.explanation.Finding;
import dev.signet.core.explanation.JwtKind;
import dev.signet.core.explanation.Verdict;
import dev.signet.core.metadata.AuthorizationServerMetadata;
import dev.signet.core.token.GrantType;
import dev.signet.testkit.Requirement;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** By which methods clients may authenticate at each endpoint and for each grant. */
class AllowedMethodsTest {

    /** What methods can be allowed for. */
    private enum Place {
        CLIENT_CREDENTIALS {
            @Override
            AllowedMethods allowing(Set<ClientAuthenticationMethod> methods) {
                return AllowedMethods.all().forGrant(GrantType.CLIENT_CREDENTIALS, methods);
            }

            @Override
            TestCall call(Fixture fixture) {
                return fixture.clientCredentials();
            }
        },
        JWT_BEARER {
            @Override
            AllowedMethods allowing(Set<ClientAuthenticationMethod> methods) {
                return AllowedMethods.all().forGrant(GrantType.JWT_BEARER, methods);
            }

            @Override
            TestCall call(Fixture fixture) {
                return fixture.exchange(fixture.grantAssertion().compact());
            }
        },
        TOKEN {
            @Override
            AllowedMethods allowing(Set<ClientAuthenticationMethod> methods) {
                return AllowedMethods.all().at(ClientEndpoint.TOKEN, methods);
            }

            @Override
            TestCall call(Fixture fixture) {
                return JWT_BEARER.call(fixture);
            }
        },
        INTROSPECTION {
            @Override
            AllowedMethods allowing(Set<ClientAuthenticationMethod> methods) {
                return AllowedMethods.all().at(ClientEndpoint.INTROSPECTION, methods);
            }

            @Override
            TestCall call(Fixture fixture) {
                return fixture.introspection("none-of-ours");
            }
        },
        REVOCATION {
            @Override
            AllowedMethods allowing(Set<ClientAuthenticationMethod> methods) {
                return AllowedMethods.all().at(ClientEndpoint.REVOCATION, methods);
            }

            @Override
            TestCall call(Fixture fixture) {
                return fixture.revocation("none-of-ours");
            }
        };

        abstract AllowedMethods allowing(Set<ClientAuthenticationMethod> methods);

        abstract TestCall call(Fixture fixture);

        /** The methods that anything can be had by. */
        Set<ClientAuthenticationMethod> methods() {
            Set<ClientAuthenticationMethod> methods = EnumSet.allOf(ClientAuthenticationMethod.class);
            if (this == CLIENT_CREDENTIALS || this == INTROSPECTION) {
                methods.remove(NONE);
            }
            return methods;
        }

        TestCall call(Fixture fixture, ClientAuthenticationMethod method) {
            TestCall call = call(fixture);
            return switch (method) {
                case NONE -> call.with("client_id", Fixture.PUBLIC);
                case CLIENT_SECRET_BASIC -> call.basic(Fixture.BATCH, Fixture.SECRET);
                case CLIENT_SECRET_POST ->
                    call.with("client_id", Fixture.FORMER).with("client_secret", Fixture.SECRET);
                case CLIENT_SECRET_JWT -> call.assertion(fixture.macAssertion());
                case PRIVATE_KEY_JWT -> call.assertion(fixture.clientAssertion());
            };
        }
    }

    /** A server whose trust is not known when it is built, so that it may let clients go without authentication. */
    private static Fixture server(AllowedMethods allowed) {
        TrustedIssuers open =
                TrustedIssuers.of(List.of(JwtBearerGrantTest.open(Fixture.ci()).build()));
        return Fixture.with(builder -> builder.trustedIssuers(open::find).allowedMethods(allowed));
    }

    private static void isNotAllowed(Fixture server, TestCall call) {
        call.send().isInvalidClient();
        assertThat(server.events.refusal().reason()).isEqualTo(RefusalReason.CLIENT_METHOD_NOT_ALLOWED);
    }

    @Nested
    @DisplayName("RFC 6749 §2.3: a method that fits the policy of the server")
    class Enforced {

        static Stream<Arguments> everything() {
            return Stream.of(Place.values())
                    .flatMap(place -> place.methods().stream().map(method -> Arguments.of(place, method)));
        }

        /** Nobody gets client credentials where only public clients get to the token endpoint. */
        static Stream<Arguments> everythingAlone() {
            return everything().filter(both -> !List.of(both.get()).equals(List.of(Place.TOKEN, NONE)));
        }

        @ParameterizedTest
        @MethodSource("everything")
        @Requirement("6749-2.3-01")
        void one_that_is_left_out_is_refused_and_the_others_are_not(Place place, ClientAuthenticationMethod left) {
            Set<ClientAuthenticationMethod> others = place.methods();
            others.remove(left);
            Fixture server = server(place.allowing(others));
            isNotAllowed(server, place.call(server, left));
            others.forEach(
                    method -> assertThat(place.call(server, method).send().status())
                            .as("%s at %s without %s", method, place, left)
                            .isEqualTo(200));
        }

        @ParameterizedTest
        @MethodSource("everythingAlone")
        @Requirement("6749-2.3-01")
        void one_that_is_allowed_alone_is_allowed(Place place, ClientAuthenticationMethod alone) {
            Fixture server = server(place.allowing(Set.of(alone)));
            assertThat(place.call(server, alone).send().status()).isEqualTo(200);
        }

        @Test
        @Requirement("6749-2.3-01")
        void holds_for_one_grant_and_not_for_the_other() {
            Fixture server = server(Place.CLIENT_CREDENTIALS.allowing(Set.of(PRIVATE_KEY_JWT)));
            isNotAllowed(server, Place.CLIENT_CREDENTIALS.call(server, CLIENT_SECRET_BASIC));
            Place.JWT_BEARER.call(server, CLIENT_SECRET_BASIC).send().isIssued();
            assertThat(Place.INTROSPECTION
                            .call(server, CLIENT_SECRET_BASIC)
                            .send()
                            .status())
                    .isEqualTo(200);
        }

        @Test
        @Requirement({"6749-2.3-01", "D-08"})
        void who_shows_no_credentials_authenticates_by_none() {
            Fixture closed = server(Place.JWT_BEARER.allowing(Set.of(PRIVATE_KEY_JWT)));
            isNotAllowed(closed, Place.JWT_BEARER.call(closed));
            Fixture open = server(Place.JWT_BEARER.allowing(Set.of(PRIVATE_KEY_JWT, NONE)));
            Place.JWT_BEARER.call(open).send().isIssued();
        }

        @Test
        @Requirement("D-08")
        void who_shows_no_credentials_is_refused_where_none_is_not_enabled() {
            TrustedIssuers trusted = TrustedIssuers.of(
                    List.of(JwtBearerGrantTest.open(Fixture.ci()).build()));
            Fixture server = Fixture.with(builder ->
                    builder.trustedIssuers(trusted::find).authenticationMethods(EnumSet.of(PRIVATE_KEY_JWT)));
            isNotAllowed(server, Place.JWT_BEARER.call(server));
            server.validExchange().send().isIssued();
        }

        @Test
        @Requirement("7521-4.2-05")
        void a_client_with_the_jwts_of_an_issuer_authenticates_by_private_key_jwt() {
            for (boolean allowed : List.of(true, false)) {
                Fixture server = server(Place.CLIENT_CREDENTIALS.allowing(
                                Set.of(allowed ? PRIVATE_KEY_JWT : CLIENT_SECRET_BASIC)))
                        .and(Fixture.client("worker", PRIVATE_KEY_JWT)
                                .federatedIdentity(new FederatedIdentity(
                                        Fixture.TRUSTED_ISSUER,
                                        List.of(ClaimCondition.equalTo("sub", "repo:acme/shop")))));
                TestCall call = server.clientCredentials()
                        .assertion(server.grantAssertion())
                        .with("client_id", "worker");
                if (allowed) {
                    call.send().isIssued();
                } else {
                    isNotAllowed(server, call);
                }
            }
        }
    }

    @Nested
    @DisplayName("RFC 6749 §5.2: what the refused learn and lose")
    class Refused {

        @Test
        @Requirement("7523-3-17")
        void an_assertion_is_not_used_up() {
            Fixture server = server(Place.INTROSPECTION.allowing(Set.of(CLIENT_SECRET_BASIC)));
            TestAssertion assertion = server.clientAssertion();
            isNotAllowed(server, Place.INTROSPECTION.call(server).assertion(assertion));
            server.clientCredentials().assertion(assertion).send().isIssued();
        }

        @Test
        @Requirement("7523-3-17")
        void nor_is_the_one_that_is_to_be_exchanged() {
            Fixture server = server(Place.JWT_BEARER.allowing(Set.of(PRIVATE_KEY_JWT)));
            String assertion = server.grantAssertion().compact();
            isNotAllowed(server, server.exchange(assertion).basic(Fixture.BATCH, Fixture.SECRET));
            server.exchange(assertion)
                    .assertion(server.clientAssertion())
                    .send()
                    .isIssued();
        }

        @Test
        void they_are_told_the_same_as_for_a_wrong_secret_and_the_log_is_told_what_it_was() {
            Fixture server = server(Place.CLIENT_CREDENTIALS.allowing(Set.of(PRIVATE_KEY_JWT)));
            TestAnswer notAllowed = Place.CLIENT_CREDENTIALS
                    .call(server, CLIENT_SECRET_BASIC)
                    .send()
                    .isInvalidClient();
            assertThat(server.events.refusal().detail())
                    .isEqualTo("client_secret_basic is not allowed for the grant client_credentials");
            TestAnswer wrong = server.clientCredentials()
                    .basic(Fixture.BATCH, "wrong")
                    .send()
                    .isInvalidClient();
            assertThat(server.events.refusal().reason()).isEqualTo(RefusalReason.CLIENT_SECRET_WRONG);
            assertThat(notAllowed.json()).isEqualTo(wrong.json());
        }
    }

    @Nested
    @DisplayName("What contradicts itself")
    class Contradictions {

        private static void isRefused(Consumer<AuthorizationServer.Builder> settings, String... faults) {
            assertThatThrownBy(() -> Fixture.with(settings))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll(faults);
        }

        private static void isRefused(AllowedMethods allowed, String... faults) {
            isRefused(builder -> builder.allowedMethods(allowed), faults);
        }

        @Test
        void a_method_that_is_not_enabled_all_told_at_once() {
            isRefused(
                    builder -> builder.authenticationMethods(Set.of(CLIENT_SECRET_BASIC))
                            .allowedMethods(AllowedMethods.all()
                                    .at(ClientEndpoint.REVOCATION, Set.of(PRIVATE_KEY_JWT, CLIENT_SECRET_JWT))
                                    .forGrant(GrantType.JWT_BEARER, Set.of(CLIENT_SECRET_POST))),
                    "allowedMethods: endpoints.revocation: client_secret_jwt, private_key_jwt is not enabled",
                    "allowedMethods: grants." + GrantType.JWT_BEARER + ": client_secret_post is not enabled");
        }

        @Test
        void an_endpoint_or_grant_that_is_left_without_any() {
            isRefused(
                    AllowedMethods.all()
                            .at(ClientEndpoint.INTROSPECTION, Set.of())
                            .forGrant(GrantType.CLIENT_CREDENTIALS, Set.of()),
                    "endpoints.introspection: leaves no way to authenticate",
                    "grants.client_credentials: leaves no way to authenticate");
            isRefused(
                    builder -> builder.trustedIssuers(TrustedIssuers.of(List.of(
                                    JwtBearerGrantTest.open(Fixture.ci()).build())))
                            .allowedMethods(AllowedMethods.all().at(ClientEndpoint.TOKEN, Set.of(NONE))),
                    "endpoints.token: leaves no way to authenticate for client_credentials");
            isRefused(Place.JWT_BEARER.allowing(Set.of(NONE)), "none alone is no way to authenticate");
        }

        @Test
        void none_where_clients_have_to_prove_who_they_are() {
            isRefused(
                    AllowedMethods.all()
                            .at(ClientEndpoint.INTROSPECTION, Set.of(PRIVATE_KEY_JWT, NONE))
                            .forGrant(GrantType.CLIENT_CREDENTIALS, Set.of(PRIVATE_KEY_JWT, NONE)),
                    "endpoints.introspection: none proves nothing",
                    "grants.client_credentials: none proves nothing");
        }

        @Test
        void a_grant_or_endpoint_that_is_not_there() {
            isRefused(
                    AllowedMethods.all().forGrant("password", Set.of(PRIVATE_KEY_JWT)),
                    "grants.password: there is no such grant");
            isRefused(
                    builder -> builder.trustedIssuers(TrustedIssuers.none())
                            .allowedMethods(Place.JWT_BEARER.allowing(Set.of(PRIVATE_KEY_JWT))),
                    "grants." + GrantType.JWT_BEARER + ": there is no such grant");
            assertThatThrownBy(() -> Fixture.withoutRevocation(
                            builder -> builder.allowedMethods(Place.INTROSPECTION.allowing(Set.of(PRIVATE_KEY_JWT)))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("neither introspection nor revocation");
        }

        @Test
        void a_grant_by_a_method_that_is_kept_from_the_token_endpoint() {
            isRefused(
                    AllowedMethods.all()
                            .at(ClientEndpoint.TOKEN, Set.of(PRIVATE_KEY_JWT))
                            .forGrant(GrantType.JWT_BEARER, Set.of(PRIVATE_KEY_JWT, CLIENT_SECRET_POST)),
                    "grants." + GrantType.JWT_BEARER + ": client_secret_post is not allowed at the token endpoint");
        }

        @Test
        @Requirement("D-08")
        void a_trust_that_lets_clients_go_without_what_is_required() {
            Consumer<AuthorizationServer.Builder> open = builder -> builder.trustedIssuers(TrustedIssuers.of(
                    List.of(JwtBearerGrantTest.open(Fixture.ci()).build())));
            String fault = "clients may go without authentication, though none is not allowed for its grant";
            isRefused(
                    open.andThen(builder -> builder.allowedMethods(Place.JWT_BEARER.allowing(Set.of(PRIVATE_KEY_JWT)))),
                    fault);
            isRefused(open.andThen(builder -> builder.authenticationMethods(Set.of(PRIVATE_KEY_JWT))), fault);
        }
    }

    @Nested
    @DisplayName("RFC 8414 §2: what the metadata says of it")
    class Published {

        @Test
        @Requirement({"8414-2-04", "8414-2-06"})
        void names_the_methods_and_algorithms_of_each_endpoint() {
            AuthorizationServerMetadata metadata = server(AllowedMethods.all()
                            .at(ClientEndpoint.INTROSPECTION, Set.of(CLIENT_SECRET_JWT))
                            .at(ClientEndpoint.REVOCATION, Set.of(CLIENT_SECRET_BASIC))
                            .forGrant(GrantType.CLIENT_CREDENTIALS, Set.of(PRIVATE_KEY_JWT))
                            .forGrant(GrantType.JWT_BEARER, Set.of(PRIVATE_KEY_JWT, CLIENT_SECRET_POST)))
                    .server
                    .metadata();
            assertThat(metadata.tokenEndpointAuthMethodsSupported())
                    .containsExactly("client_secret_post", "private_key_jwt");
            assertThat(metadata.tokenEndpointAuthSigningAlgValuesSupported())
                    .contains("ES256")
                    .doesNotContain("HS256");
            assertThat(metadata.introspectionEndpointAuthMethodsSupported()).containsExactly("client_secret_jwt");
            assertThat(metadata.introspectionEndpointAuthSigningAlgValuesSupported())
                    .containsExactly("HS256", "HS384", "HS512");
            assertThat(metadata.revocationEndpointAuthMethodsSupported()).containsExactly("client_secret_basic");
            assertThat(metadata.revocationEndpointAuthSigningAlgValuesSupported())
                    .isEmpty();
        }

        @Test
        @Requirement("8414-2-06")
        void leaves_out_none_where_the_only_grant_for_it_is_closed_to_it() {
            assertThat(server(Place.JWT_BEARER.allowing(Set.of(PRIVATE_KEY_JWT)))
                            .server
                            .metadata()
                            .tokenEndpointAuthMethodsSupported())
                    .contains("client_secret_basic", "private_key_jwt")
                    .doesNotContain("none");
        }
    }

    @Nested
    @DisplayName("What is explained of it")
    class Explained {

        private static List<Check> notReached(Explanation explanation) {
            return explanation.findings().stream()
                    .filter(finding -> finding.verdict() == Verdict.NOT_REACHED)
                    .map(Finding::check)
                    .toList();
        }

        @Test
        void depends_on_where_an_assertion_of_a_client_is_presented() {
            Fixture server = server(Place.INTROSPECTION.allowing(Set.of(CLIENT_SECRET_BASIC)));
            String assertion = server.clientAssertion().compact();
            assertThat(notReached(server.server.explain(JwtKind.CLIENT_ASSERTION, assertion)))
                    .containsExactly(Check.ALLOWED_METHOD, Check.SINGLE_USE);
            assertThat(notReached(server(AllowedMethods.all()).server.explain(JwtKind.CLIENT_ASSERTION, assertion)))
                    .containsExactly(Check.SINGLE_USE);
        }
    }
}
