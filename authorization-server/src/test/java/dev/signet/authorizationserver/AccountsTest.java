package dev.signet.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.authorizationserver.claims.Attributes;
import dev.signet.authorizationserver.claims.ClaimMapping;
import dev.signet.authorizationserver.claims.ClaimSource;
import dev.signet.authorizationserver.resourceowner.Account;
import dev.signet.authorizationserver.resourceowner.Accounts;
import dev.signet.authorizationserver.resourceowner.KnownAccounts;
import dev.signet.authorizationserver.store.StoreException;
import dev.signet.authorizationserver.trust.SubjectPolicy;
import dev.signet.authorizationserver.trust.TrustedIssuers;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.explanation.Check;
import dev.signet.core.explanation.Finding;
import dev.signet.core.explanation.JwtKind;
import dev.signet.jwt.json.JsonObject;
import dev.signet.testkit.Requirement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountsTest {

    private static final String SHOP = "repo:acme/shop";

    private static Account account(String subject) {
        return new Account(subject, true, Attributes.none());
    }

    /** A server with these accounts, and an issuer that speaks for those only who have one. */
    private static Fixture requiring(Accounts accounts) {
        return Fixture.with(builder -> builder.accounts(accounts)
                .trustedIssuers(TrustedIssuers.of(
                        List.of(Fixture.ci().accountRequired(true).build()))));
    }

    private static Fixture with(Account account) {
        return Fixture.with(builder -> builder.accounts(KnownAccounts.of(List.of(account))));
    }

    @Nested
    @DisplayName("RFC 7521 §6.3: a subject that is known to policy")
    class Known {

        @Test
        @Requirement("7521-6.3-01")
        void is_whom_the_token_speaks_for() {
            Fixture known = requiring(KnownAccounts.of(List.of(account(SHOP))));
            assertThat(known.validExchange().send().token().claims().requireString("sub"))
                    .isEqualTo(SHOP);
        }

        @Test
        @Requirement("7521-6.3-01")
        void is_required_where_the_issuer_says_so() {
            Fixture unknown = requiring(KnownAccounts.of(List.of(account("repo:acme/other"))));
            TestAssertion assertion = unknown.grantAssertion();
            unknown.exchange(assertion).send().isInvalidGrant();
            assertThat(unknown.events.refusal().reason()).isEqualTo(RefusalReason.ACCOUNT_UNKNOWN);
            requiring(KnownAccounts.of(List.of(account(SHOP))))
                    .exchange(assertion)
                    .send()
                    .isIssued();
            with(account("repo:acme/other")).exchange(assertion).send().isIssued();
        }

        @Test
        @Requirement("7521-6.3-01")
        void is_looked_up_under_the_name_that_it_has_here() {
            Accounts ann = KnownAccounts.of(List.of(account("ann")));
            Fixture mapped = Fixture.with(builder -> builder.accounts(ann)
                    .trustedIssuers(TrustedIssuers.of(List.of(Fixture.ci()
                            .subjects(SubjectPolicy.mapping(Map.of(SHOP, "ann", "repo:acme/other", "bob")))
                            .accountRequired(true)
                            .build()))));
            assertThat(mapped.validExchange().send().token().claims().requireString("sub"))
                    .isEqualTo("ann");
            mapped.exchange(mapped.grantAssertion().claim("sub", "repo:acme/other"))
                    .send()
                    .isInvalidGrant();
        }

        @Test
        void is_not_asked_for_when_a_client_speaks_for_itself() {
            Fixture failing = Fixture.with(builder -> builder.accounts(subject -> {
                throw new StoreException("down", new IllegalStateException());
            }));
            failing.validCall().send().isIssued();
            failing.validExchange().send().isRefused(503, "temporarily_unavailable");
        }

        @Test
        void is_explained() {
            Fixture unknown = requiring(Accounts.none());
            Finding refusal = unknown.server
                    .explain(JwtKind.GRANT_ASSERTION, unknown.grantAssertion().compact())
                    .refusal()
                    .orElseThrow();
            assertThat(refusal.check()).isEqualTo(Check.SUBJECT);
            assertThat(refusal.reason()).contains(RefusalReason.ACCOUNT_UNKNOWN);
        }
    }

    @Nested
    @DisplayName("An account that is not enabled")
    class Disabled {

        @Test
        void is_refused_though_the_issuer_may_speak_for_it_and_uses_nothing_up() {
            Fixture disabled = with(new Account(SHOP, false, Attributes.none()));
            TestAssertion assertion = disabled.grantAssertion();
            disabled.exchange(assertion).send().isInvalidGrant();
            assertThat(disabled.events.refusal().reason()).isEqualTo(RefusalReason.ACCOUNT_DISABLED);
            disabled.exchange(disabled.grantAssertion().claim("sub", "repo:acme/other"))
                    .send()
                    .isIssued();
            with(account(SHOP)).exchange(assertion).send().isIssued();
        }
    }

    @Nested
    @DisplayName("RFC 9068 §2.2.2: what is known about a subject")
    class KnownAbout {

        private Fixture mapping(Attributes known) {
            return Fixture.with(builder -> builder.accounts(KnownAccounts.of(List.of(new Account(SHOP, true, known))))
                    .resources(List.of(
                            Fixture.orders()
                                    .claims(ClaimMapping.builder()
                                            .claim("email", ClaimSource.subjectAttribute("mail"))
                                            .claim("team", ClaimSource.subjectAttribute("team"))
                                            .build())
                                    .build(),
                            Fixture.stock().build()))
                    .trustedIssuers(TrustedIssuers.of(List.of(
                            Fixture.ci().attributes(Set.of("mail", "team")).build()))));
        }

        @Test
        void counts_more_than_what_an_issuer_says() {
            Fixture fixture = mapping(Attributes.of(
                    JsonObject.builder().put("mail", "known@example.com").build()));
            JsonObject claims = fixture.exchange(fixture.grantAssertion()
                            .claim("mail", "asserted@example.com")
                            .claim("team", "shop"))
                    .send()
                    .token()
                    .claims();
            assertThat(claims.requireString("email")).isEqualTo("known@example.com");
            assertThat(claims.requireString("team")).isEqualTo("shop");
        }

        @Test
        void leaves_what_an_issuer_says_where_there_is_nothing() {
            Fixture fixture = mapping(Attributes.none());
            JsonObject claims = fixture.exchange(fixture.grantAssertion().claim("mail", "asserted@example.com"))
                    .send()
                    .token()
                    .claims();
            assertThat(claims.requireString("email")).isEqualTo("asserted@example.com");
        }
    }

    @Nested
    @DisplayName("Accounts that are known beforehand")
    class KnownBeforehand {

        @Test
        void are_one_for_each_subject() {
            assertThatThrownBy(() -> KnownAccounts.of(List.of(account("a"), account("b"), account("a"))))
                    .hasMessage("accounts: more than one is a");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "a\nb", "a\u0000"})
        void have_subjects_that_a_token_can_name(String subject) {
            assertThatThrownBy(() -> account(subject)).hasMessageContaining("sub must have 1 to 1024 characters");
            assertThat(account("x".repeat(1024)).toString()).startsWith("Account x");
            assertThatThrownBy(() -> account("x".repeat(1025))).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        @Requirement({"D-12", "9068-5-02"})
        void are_never_called_as_a_client_is() {
            assertThatThrownBy(() -> with(account(Fixture.REPORTER)))
                    .hasMessageContaining("accounts: reporter is the client_id of a client");
            with(account("reporter2")).validCall().send().isIssued();
        }
    }
}
