package dev.signet.client.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.client.FailureException;
import dev.signet.client.LocalAuthorizationServer;
import dev.signet.client.OAuthClient;
import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.core.authorization.RedirectUri;
import dev.signet.core.clientauth.ClientAuthentication;
import dev.signet.testkit.Requirement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** RFC 9207 §2.4, §4: several servers. */
class AuthorizationRequestsTest {

    private static final RedirectUri SHARED = new RedirectUri("https://shop.example.com/callback");
    private static final RedirectUri OWN = new RedirectUri("https://shop.example.com/callback/two");

    private final LocalAuthorizationServer one = new LocalAuthorizationServer();
    private final LocalAuthorizationServer two = new LocalAuthorizationServer();

    @AfterEach
    void stop() {
        one.close();
        two.close();
    }

    private static AuthorizationRequest request(LocalAuthorizationServer server, RedirectUri redirectUri) {
        OAuthClient client = OAuthClient.builder(server.issuer(), ClientAuthentication.none(new ClientId("shop")))
                .outbound(server.outbound())
                .build();
        return AuthorizationRequest.builder(client, redirectUri).build();
    }

    private static void doesNotSayThatItSendsIss(LocalAuthorizationServer server) {
        server.publish(server.metadata().toBuilder()
                .remove("authorization_response_iss_parameter_supported")
                .build());
    }

    @Test
    @Requirement("9207-2.4-06")
    void may_share_a_redirect_uri_if_all_servers_say_who_they_are() throws Exception {
        AuthorizationRequests requests = AuthorizationRequests.of(List.of(request(one, SHARED), request(two, SHARED)));

        assertThat(requests.find(two.issuer()).orElseThrow().issuer()).isEqualTo(two.issuer());
        assertThat(requests.find(Issuer.of("https://other.example"))).isEmpty();
        assertThat(requests).hasToString("AuthorizationRequests to [" + one.issuer() + ", " + two.issuer() + "]");
    }

    @Test
    @Requirement("9207-2.4-06")
    void do_not_share_one_with_a_server_that_does_not() throws Exception {
        doesNotSayThatItSendsIss(two);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> AuthorizationRequests.of(List.of(request(one, SHARED), request(two, SHARED))))
                .withMessage("authorization requests: " + two.issuer()
                        + " does not send iss, and needs a redirect URI of its own");
        assertThat(AuthorizationRequests.of(List.of(request(one, SHARED), request(two, OWN))))
                .isNotNull();
    }

    @Test
    @Requirement("9207-4-01")
    void are_one_for_each_issuer() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AuthorizationRequests.of(List.of(request(one, SHARED), request(one, OWN))))
                .withMessage("authorization requests: " + one.issuer() + " is there twice");
    }

    @Test
    void are_made_without_asking_anybody_if_none_is_shared() throws Exception {
        AuthorizationRequests.of(List.of(request(one, SHARED), request(two, OWN)));
        assertThat(one.paths()).isEmpty();
        assertThat(two.paths()).isEmpty();

        two.close();
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> AuthorizationRequests.of(List.of(request(one, SHARED), request(two, SHARED))));
    }

    @Test
    @Requirement({"9700-2.1-03", "9700-4.4-01"})
    void know_whose_answer_it_is_even_if_a_server_stops_saying_so() throws Exception {
        AuthorizationRequests requests = AuthorizationRequests.of(List.of(request(one, SHARED), request(two, SHARED)));
        PendingAuthorization atOne =
                requests.find(one.issuer()).orElseThrow().begin().require().pending();

        assertThat(atOne.complete(SHARED, "code=c&state=" + atOne.state() + "&iss=" + one.issuer()))
                .isInstanceOf(AuthorizationResponse.Code.class);
        assertThat(atOne.complete(SHARED, "code=c&state=" + atOne.state() + "&iss=" + two.issuer()))
                .isInstanceOf(AuthorizationResponse.MixUp.class);
        assertThat(atOne.complete(SHARED, "code=c&state=" + atOne.state()))
                .isInstanceOf(AuthorizationResponse.MixUp.class);
    }
}
