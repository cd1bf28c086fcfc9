package dev.signet.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.authorizationserver.claims.Attributes;
import dev.signet.authorizationserver.event.ServerEvent;
import dev.signet.authorizationserver.resourceowner.Account;
import dev.signet.authorizationserver.resourceowner.Decision;
import dev.signet.authorizationserver.resourceowner.KnownAccounts;
import dev.signet.authorizationserver.store.StoreException;
import dev.signet.authorizationserver.store.StoredGrant;
import dev.signet.authorizationserver.store.TokenDigest;
import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.authorization.Authentication;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.http.FormParameters;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.http.ProtocolResponse;
import dev.signet.testkit.Requirement;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AuthorizationEndpointTest {

    private final AuthorizationFixture fixture = AuthorizationFixture.standard();

    @Nested
    @DisplayName("RFC 6749 §4.1.2: what is approved")
    class Approved {

        @Test
        @Requirement({"6749-3.1-01", "7636-4.4-01"})
        void is_kept_under_the_code_that_the_client_gets() {
            FormParameters sent = fixture.validRequest().get().isCode();

            RecordingGrants.Put put = fixture.grants.all.get(0);
            assertThat(put.code()).isEqualTo(TokenDigest.of(sent.require("code")));
            assertThat(put.codeExpiresAt()).isEqualTo(Fixture.NOW.plusSeconds(60));
            StoredGrant grant = put.grant();
            assertThat(grant.clientId()).isEqualTo(new ClientId(AuthorizationFixture.SHOP));
            assertThat(grant.subject()).isEqualTo(AuthorizationFixture.ALICE);
            assertThat(grant.scope()).isEqualTo(Scope.of("orders.read"));
            assertThat(grant.resources()).containsExactly(new ResourceIndicator(Fixture.ORDERS));
            assertThat(grant.redirectUri()).contains(AuthorizationFixture.CALLBACK);
            assertThat(grant.codeChallenge()).contains(AuthorizationFixture.VERIFIER.challenge());
            assertThat(grant.authentication()).isEqualTo(Authentication.byPassword(Fixture.NOW.minusSeconds(60)));
            assertThat(grant.grantedAt()).isEqualTo(Fixture.NOW);
        }

        @Test
        void is_told_without_the_code() {
            String code = fixture.validRequest().get().isCode().require("code");

            assertThat(fixture.server.events.all())
                    .singleElement()
                    .isInstanceOfSatisfying(ServerEvent.AuthorizationApproved.class, event -> {
                        assertThat(event.clientId()).isEqualTo(new ClientId(AuthorizationFixture.SHOP));
                        assertThat(event.subject()).isEqualTo(AuthorizationFixture.ALICE);
                        assertThat(event.scope()).isEqualTo(Scope.of("orders.read"));
                        assertThat(event.resources()).containsExactly(new ResourceIndicator(Fixture.ORDERS));
                        assertThat(event.grantId()).isEqualTo(fixture.granted().id());
                        assertThat(event.toString()).doesNotContain(code, "xyz");
                    });
        }

        @Test
        void may_be_less_than_was_asked_for() {
            fixture.saying(question -> AuthorizationFixture.approved(Scope.of("orders.read")))
                    .validRequest()
                    .with("scope", "orders.read stock.read")
                    .and("resource", Fixture.ORDERS)
                    .and("resource", Fixture.STOCK)
                    .get()
                    .isCode();

            assertThat(fixture.granted().scope()).isEqualTo(Scope.of("orders.read"));
            assertThat(fixture.granted().resources())
                    .as("of the other nothing is left")
                    .containsExactly(new ResourceIndicator(Fixture.ORDERS));
        }

        @Test
        void is_as_good_as_denied_if_nothing_is_left_of_it() {
            fixture.saying(question -> AuthorizationFixture.approved(Scope.empty()))
                    .validRequest()
                    .get()
                    .isSent("access_denied");
        }

        @Test
        void is_never_more_than_was_asked_for() {
            fixture.saying(question -> AuthorizationFixture.approved(Scope.of("orders.read", "orders.write")))
                    .validRequest()
                    .get()
                    .isSent("server_error")
                    .because(RefusalReason.APPROVAL_UNFIT);
        }

        @Test
        @Requirement("D-12")
        void is_never_by_a_client() {
            fixture.saying(question -> new Decision.Approved(
                            Fixture.REPORTER, Authentication.byPassword(Fixture.NOW), Scope.of("orders.read")))
                    .validRequest()
                    .get()
                    .isSent("server_error")
                    .because(RefusalReason.APPROVAL_UNFIT);
        }

        @Test
        void is_never_by_somebody_whose_account_is_not_enabled() {
            AuthorizationFixture disabled = AuthorizationFixture.with(builder -> builder.accounts(
                    KnownAccounts.of(List.of(new Account(AuthorizationFixture.ALICE, false, Attributes.none())))));
            disabled.validRequest().get().isSent("access_denied").because(RefusalReason.ACCOUNT_DISABLED);

            AuthorizationFixture enabled = AuthorizationFixture.with(builder -> builder.accounts(
                    KnownAccounts.of(List.of(new Account(AuthorizationFixture.ALICE, true, Attributes.none())))));
            enabled.validRequest().get().isCode();
        }
    }

    @Nested
    @DisplayName("RFC 6749 §3.1: who is asked, and how")
    class Asked {

        @Test
        @Requirement("6749-3.1-01")
        void gives_no_code_before_somebody_is_signed_in() {
            fixture.saying(AuthorizationFixture.ASKING).validRequest().get().isAsked();
            fixture.saying(AuthorizationFixture.APPROVING).validRequest().get().isCode();
        }

        @Test
        @Requirement("6749-3.1-03")
        void takes_the_request_by_get_and_by_post() {
            FormParameters got = fixture.validRequest().get().isCode();
            FormParameters posted = fixture.validRequest().post().isCode();

            assertThat(got.names()).isEqualTo(posted.names());
            assertThat(fixture.grants.all).hasSize(2);
            assertThat(fixture.grants.all.get(0).grant().scope())
                    .isEqualTo(fixture.grants.all.get(1).grant().scope());
        }

        @Test
        void has_no_other_method() {
            for (String method : List.of("HEAD", "PUT", "OPTIONS")) {
                ProtocolResponse response = fixture.server.server.handle(
                        ProtocolRequest.builder(method, "/authorize").build());
                assertThat(response.status()).as(method).isEqualTo(405);
                assertThat(response.header("Allow")).contains("GET, POST");
            }
        }

        @Test
        @Requirement("6749-3.1-02")
        void is_at_a_url_without_fragment_that_may_have_a_query_of_its_own() {
            assertThat(fixture.server.server.metadata().authorizationEndpoint())
                    .hasValueSatisfying(url -> assertThat(url).hasNoFragment());
            fixture.validRequest().with("t", "1").get().isCode();
            fixture.validRequest().post("t=1").isCode();
        }

        @Test
        void takes_a_form_that_is_posted_to_the_url_of_the_request() {
            new AuthorizationTestCall(fixture)
                    .with("login", "go")
                    .post(query(fixture))
                    .isCode();
            new AuthorizationTestCall(fixture)
                    .with("scope", "orders.write")
                    .post(query(fixture))
                    .isSent("invalid_request")
                    .because(RefusalReason.PARAMETER_REPEATED);
        }

        private String query(AuthorizationFixture of) {
            String[] query = new String[1];
            of.saying(question -> {
                query[0] = question.http().query().orElseThrow();
                return AuthorizationFixture.ASKING.decide(question);
            });
            of.validRequest().get().isAsked();
            of.saying(AuthorizationFixture.APPROVING);
            return query[0];
        }

        @Test
        @Requirement("6749-3.1-04")
        void ignores_what_it_does_not_know_and_takes_no_value_for_absent() {
            fixture.validRequest().with("foo", "1").and("foo", "2").get().isCode();
            fixture.validRequest().with("scope", "").with("resource", "").get().isCode();

            assertThat(fixture.grants.all.get(1).grant().scope())
                    .as("all that the client may have at the default resource")
                    .isEqualTo(Scope.of("orders.read", "orders.write"));
        }

        @Test
        void shows_the_prompt_what_is_asked_for_and_by_whom() {
            fixture.validRequest().header("cookie", "session=1").get().isCode();

            assertThat(fixture.questions).singleElement().satisfies(question -> {
                assertThat(question.http().header("cookie")).contains("session=1");
                assertThat(question.request().client().authorization().clientName())
                        .contains("The shop");
                assertThat(question.proposal()).hasValueSatisfying(proposal -> {
                    assertThat(proposal.scope()).isEqualTo(Scope.of("orders.read"));
                    assertThat(proposal.resources())
                            .extracting(resource -> resource.resource().value())
                            .containsExactly(Fixture.ORDERS);
                });
                assertThat(question.toString()).doesNotContain("xyz", "session");
            });
        }

        @Test
        void is_held_to_the_rules_again_after_each_page() {
            fixture.saying(AuthorizationFixture.ASKING).validRequest().get().isAsked();
            fixture.server.disable(AuthorizationFixture.SHOP);
            fixture.saying(AuthorizationFixture.APPROVING)
                    .validRequest()
                    .with("approve", "yes")
                    .post()
                    .isShown()
                    .because(RefusalReason.CLIENT_DISABLED);
            assertThat(fixture.questions).hasSize(1);
        }

        @Test
        void is_answered_in_one_of_three_ways() {
            assertThat(Decision.class.getPermittedSubclasses())
                    .containsExactlyInAnyOrder(Decision.Approved.class, Decision.Denied.class, Decision.Ask.class);
        }

        @Test
        @Requirement({"6749-10.13-01", "9700-4.2-01"})
        void keeps_pages_of_the_prompt_out_of_caches_and_frames_whatever_they_say() {
            fixture.saying(question -> new Decision.Ask(ProtocolResponse.builder(200)
                            .header("cache-control", "public, max-age=60")
                            .header("x-frame-options", "SAMEORIGIN")
                            .header("content-security-policy", "default-src 'self'")
                            .body("text/html", "Who are you?".getBytes(StandardCharsets.UTF_8))
                            .build()))
                    .validRequest()
                    .get()
                    .isAsked();
        }
    }

    @Nested
    @DisplayName("RFC 6749 §4.1.2.1: what went wrong")
    class Failures {

        @Test
        @Requirement("6749-4.1.2.1-01")
        void tells_the_client_that_the_resource_owner_denied() {
            fixture.saying(AuthorizationFixture.DENYING).validRequest().get().isSent("access_denied");

            assertThat(fixture.server.events.all())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            ServerEvent.AuthorizationDenied.class,
                            event -> assertThat(event.clientId()).isEqualTo(new ClientId(AuthorizationFixture.SHOP)));
        }

        @Test
        @Requirement({"6749-4.1.2.1-01", "D-22"})
        void tells_the_client_of_failures_that_are_not_its_own() {
            fixture.saying(question -> {
                throw new IllegalStateException("hunter2");
            });
            AuthorizationTestAnswer failed = fixture.validRequest().get().isSent("server_error");
            assertThat(failed.location()).doesNotContain("hunter2");

            fixture.saying(question -> {
                throw new StoreException("hunter2");
            });
            AuthorizationTestAnswer unavailable = fixture.validRequest().get().isSent("temporarily_unavailable");
            assertThat(unavailable.location()).doesNotContain("hunter2");

            assertThat(fixture.server.events.of(ServerEvent.RequestFailed.class))
                    .extracting(ServerEvent.RequestFailed::reason)
                    .containsExactly(RefusalReason.INTERNAL, RefusalReason.STORE_UNAVAILABLE);
        }

        @Test
        @Requirement("6749-4.1.2.1-01")
        void gives_no_code_that_may_not_be_kept() {
            fixture.grants.fail();
            fixture.validRequest().get().isSent("temporarily_unavailable");
            assertThat(fixture.server.events.of(ServerEvent.AuthorizationApproved.class))
                    .isEmpty();
        }

        @Test
        @Requirement("D-22")
        void shows_failures_of_before_it_is_known_where_the_client_is() {
            AuthorizationFixture down = AuthorizationFixture.with(builder -> builder.clients(id -> {
                throw new StoreException("hunter2");
            }));
            AuthorizationTestAnswer answer = down.validRequest().get().isShown(503);
            assertThat(answer.body()).doesNotContain("hunter2");

            AuthorizationFixture broken = AuthorizationFixture.with(builder -> builder.clients(id -> {
                throw new IllegalStateException("hunter2");
            }));
            broken.validRequest().get().isShown(500);
        }

        @Test
        void shows_a_page_of_the_embedding_program_if_there_is_one() {
            AuthorizationFixture own =
                    AuthorizationFixture.with(builder -> builder.errorPage(failure -> ProtocolResponse.builder(200)
                            .header("cache-control", "max-age=60")
                            .body(
                                    "text/html",
                                    (failure.error().description() + failure.correlationId())
                                            .getBytes(StandardCharsets.UTF_8))
                            .build()));
            AuthorizationTestAnswer answer =
                    own.validRequest().with("client_id", "nobody").get().isShown();
            assertThat(answer.body()).startsWith("The client is unknown").endsWith(answer.header("X-Correlation-Id"));
        }

        @Test
        void shows_what_it_can_not_read() {
            fixture.validRequest().header("x", "y").post("%zz").isShown().because(RefusalReason.PARAMETER_MALFORMED);
            ProtocolResponse json = fixture.server.server.handle(ProtocolRequest.builder("POST", "/authorize")
                    .header("content-type", "application/json")
                    .body("{}".getBytes(StandardCharsets.UTF_8))
                    .build());
            assertThat(json.status()).isEqualTo(400);
            assertThat(json.header("Content-Type")).contains("text/html; charset=utf-8");
        }
    }

    @Nested
    @DisplayName("A server without people")
    class Without {

        @Test
        void has_no_such_endpoint() {
            assertThat(Fixture.standard().get("/authorize").status()).isEqualTo(404);
            assertThat(Fixture.standard().server.metadata().authorizationEndpoint())
                    .isEmpty();
        }

        @Test
        void can_not_ask_them_without_keeping_what_they_say() {
            assertThatThrownBy(() -> Fixture.with(builder -> builder.resourceOwnerPrompt(AuthorizationFixture.ASKING)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("grants are missing");
            assertThatThrownBy(() -> Fixture.with(builder -> builder.grants(new RecordingGrants())))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("resourceOwnerPrompt is missing");
        }

        @Test
        void is_below_the_path_of_its_issuer() {
            AuthorizationFixture below =
                    AuthorizationFixture.with(builder -> builder.issuer(Issuer.of("https://as.example.com/tenant")));
            assertThat(below.server.server.metadata().authorizationEndpoint())
                    .hasValueSatisfying(url -> assertThat(url).hasToString("https://as.example.com/tenant/authorize"));
            assertThat(below.server.get("/authorize").status()).isEqualTo(404);
            assertThat(below.server.get("/tenant/authorize").status()).isEqualTo(400);
        }
    }

    @Test
    @Requirement({"9700-2.1.1-05", "9207-2.3-01", "D-30"})
    void says_in_the_metadata_what_it_does() {
        var metadata = fixture.server.server.metadata();
        assertThat(metadata.codeChallengeMethodsSupported()).containsExactly("S256");
        assertThat(metadata.responseTypesSupported()).containsExactly("code");
        assertThat(metadata.responseModesSupported()).containsExactly("query", "form_post");
        assertThat(metadata.authorizationResponseIssParameterSupported()).isTrue();
        assertThat(Set.copyOf(metadata.grantTypesSupported())).doesNotContain("implicit", "password");
    }
}
