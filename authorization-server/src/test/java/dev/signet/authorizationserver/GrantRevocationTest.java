package dev.signet.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.authorizationserver.CodeFixture.Tokens;
import dev.signet.authorizationserver.event.ServerEvent;
import dev.signet.core.ClientId;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.error.RefusalReason;
import dev.signet.testkit.Requirement;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrantRevocationTest {

    private final CodeFixture server = CodeFixture.standard();

    private TestCall revocation(String clientId, String token) {
        return server.as(clientId, server.fixture.revocation(token));
    }

    @Nested
    @DisplayName("RFC 7009 §2: a refresh token")
    class Refresh_token {

        @ParameterizedTest
        @ValueSource(strings = {CodeFixture.WEB, CodeFixture.APP, CodeFixture.KEYED})
        @Requirement({"7009-2-01", "7009-2.1-03", "7009-2.1-04", "7009-2.2-01", "D-44"})
        void ends_its_grant_with_the_access_tokens(String clientId) {
            Tokens tokens = server.tokens(clientId);
            Tokens others = server.tokens(clientId);
            revocation(clientId, tokens.refresh()).send().isEmpty();
            server.fixture.introspect(tokens.access()).isInactive();
            server.refresh(clientId, tokens.refresh()).isInvalidGrant();
            server.fixture.introspect(others.access()).isActive();
            server.refresh(clientId, others.refresh()).isIssued();
            ServerEvent.GrantRevoked event = server.fixture.events.last(ServerEvent.GrantRevoked.class);
            assertThat(event.clientId()).isEqualTo(new ClientId(clientId));
            assertThat(event.accessTokens()).isEqualTo(1);
        }

        @Test
        @Requirement("7009-2.1-03")
        void that_was_replaced_ends_its_grant_as_well() {
            Tokens first = server.tokens(CodeFixture.APP);
            Tokens second = Tokens.of(server.refresh(CodeFixture.APP, first.refresh()));
            revocation(CodeFixture.APP, first.refresh()).send().isEmpty();
            server.fixture.introspect(second.access()).isInactive();
            server.refresh(CodeFixture.APP, second.refresh()).isInvalidGrant();
        }

        @Test
        @Requirement({"7009-2.1-01", "D-44"})
        void of_another_client_is_left_alone() {
            Tokens tokens = server.tokens(CodeFixture.WEB);
            revocation(CodeFixture.APP, tokens.refresh()).send().isInvalidRequest();
            assertThat(server.fixture.events.refusal().reason()).isEqualTo(RefusalReason.TOKEN_OF_OTHER_CLIENT);
            server.refresh(CodeFixture.WEB, tokens.refresh()).isIssued();
            server.fixture.introspect(tokens.access()).isActive();
        }

        @ParameterizedTest
        @ValueSource(strings = {"access_token", "refresh_token", "something"})
        @Requirement("7009-2.1-02")
        void is_found_whatever_the_hint_says(String hint) {
            Tokens tokens = server.tokens(CodeFixture.WEB);
            revocation(CodeFixture.WEB, tokens.refresh())
                    .with("token_type_hint", hint)
                    .send()
                    .isEmpty();
            server.refresh(CodeFixture.WEB, tokens.refresh()).isInvalidGrant();
        }

        @Test
        @Requirement("7009-2.2-01")
        void may_be_revoked_twice() {
            Tokens tokens = server.tokens(CodeFixture.WEB);
            revocation(CodeFixture.WEB, tokens.refresh()).send().isEmpty();
            revocation(CodeFixture.WEB, tokens.refresh()).send().isEmpty();
        }

        @Test
        @Requirement("7523-3-17")
        void is_not_revoked_by_an_assertion_that_was_used_before() {
            Tokens tokens = server.tokens(CodeFixture.KEYED);
            TestAssertion used = server.fixture.clientAssertion(CodeFixture.KEYED);
            server.refreshing(tokens.refresh()).assertion(used).send().isIssued();
            server.fixture.revocation(tokens.refresh()).assertion(used).send().isInvalidClient();
            server.refresh(CodeFixture.KEYED, tokens.refresh()).isIssued();
        }
    }

    @Nested
    @DisplayName("RFC 7009 §2.1: an access token")
    class Access_token {

        @Test
        @Requirement({"7009-2.1-03", "D-44"})
        void leaves_the_refresh_token() {
            Tokens tokens = server.tokens(CodeFixture.WEB);
            revocation(CodeFixture.WEB, tokens.access()).send().isEmpty();
            server.fixture.introspect(tokens.access()).isInactive();
            server.refresh(CodeFixture.WEB, tokens.refresh()).isIssued();
        }
    }

    @Nested
    @DisplayName("RFC 7662 §2.2: asked about, a refresh token")
    class Introspection {

        @Test
        @Requirement({"7662-2.2-02", "D-25"})
        void is_not_active_for_anybody() {
            server.fixture.and(CodeFixture.redeeming("asking", ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                    .secret(Fixture.SECRET)
                    .introspectOwnTokens(true));
            Tokens tokens = server.tokens("asking");
            server.fixture.introspect(tokens.refresh()).isInactive();
            server.as("asking", server.fixture.introspection(tokens.refresh()))
                    .send()
                    .isInactive();
            server.as("asking", server.fixture.introspection(tokens.access()))
                    .send()
                    .isActive();
        }
    }
}
