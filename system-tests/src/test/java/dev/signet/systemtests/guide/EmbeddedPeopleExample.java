package dev.signet.systemtests.guide;

import dev.signet.authorizationserver.AuthorizationServer;
import dev.signet.authorizationserver.registry.AuthorizationSettings;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.resourceowner.Decision;
import dev.signet.authorizationserver.resourceowner.ResourceOwnerPrompt;
import dev.signet.core.ClientId;
import dev.signet.core.Scope;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.authorization.Authentication;
import dev.signet.core.authorization.RedirectUri;
import dev.signet.core.http.FormParameters;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.http.ProtocolResponse;
import dev.signet.core.token.GrantType;
import dev.signet.storejdbc.JdbcStores;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The people of a program at the authorization server within it, as the guide shows it. */
final class EmbeddedPeopleExample {

    /** The sessions that the program has anyway. */
    interface Sessions {

        /** Whose session it is, by the cookie. */
        Optional<Member> find(ProtocolRequest request);
    }

    /** Somebody who is signed in. */
    record Member(String subject, Instant signedInAt) {}

    private EmbeddedPeopleExample() {}

    static ResourceOwnerPrompt prompt(Sessions sessions) {
        ResourceOwnerPrompt prompt = question -> {
            Optional<Member> member = sessions.find(question.http());
            if (member.isEmpty()) {
                String request = question.http().query().orElse("");
                return new Decision.Ask(ProtocolResponse.builder(303)
                        .header("Location", "/sign-in?" + FormParameters.encode(List.of(Map.entry("request", request))))
                        .build());
            }
            if (question.proposal().isEmpty()) {
                return new Decision.Denied();
            }
            return new Decision.Approved(
                    member.get().subject(),
                    Authentication.byPassword(member.get().signedInAt()),
                    question.proposal().get().scope());
        };
        return prompt;
    }

    static AuthorizationServer server(
            AuthorizationServer.Builder builder, JdbcStores stores, ResourceOwnerPrompt prompt) {
        AuthorizationServer server =
                builder.grants(stores.grants()).resourceOwnerPrompt(prompt).build();
        return server;
    }

    static RegisteredClient shop(String secret) {
        RegisteredClient shop = RegisteredClient.builder(new ClientId("shop"))
                .authenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .secret(secret)
                .grantTypes(Set.of(GrantType.AUTHORIZATION_CODE))
                .authorization(AuthorizationSettings.builder()
                        .clientName("The shop")
                        .redirectUris(List.of(new RedirectUri("https://shop.example.com/callback")))
                        .build())
                .scope(Scope.of("orders.read"))
                .build();
        return shop;
    }
}
