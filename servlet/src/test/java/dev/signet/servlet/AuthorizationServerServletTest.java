package dev.signet.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.authorizationserver.event.ServerEvent;
import dev.signet.core.Scope;
import dev.signet.core.http.BasicCredentials;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.jwt.json.JsonObject;
import dev.signet.testkit.Requirement;
import dev.signet.testkit.ServerFixture;
import dev.signet.testkit.TestResourceOwner;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuthorizationServerServletTest {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String CREDENTIALS = BasicCredentials.encode(ServerFixture.BATCH, ServerFixture.SECRET);

    private final ServerFixture fixture = ServerFixture.withResourceOwner(TestResourceOwner.approving());
    private final Container container = new Container();

    AuthorizationServerServletTest() throws IOException {}

    @BeforeEach
    void start() throws Exception {
        container.add(new AuthorizationServerServlet(fixture.server()), "/*");
        container.start();
    }

    @AfterEach
    void stop() throws Exception {
        container.close();
    }

    private HttpResponse<String> ask(String form, String contentType) throws Exception {
        return container.post("/token", form, "Authorization", CREDENTIALS, "Content-Type", contentType);
    }

    private static String error(HttpResponse<String> response) {
        return JsonObject.parse(response.body()).findString("error").orElseThrow();
    }

    @Test
    @Requirement("6749-3.2-02")
    void issues_a_token() throws Exception {
        HttpResponse<String> response = ask("grant_type=client_credentials&scope=orders.read", FORM);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
        JsonObject body = JsonObject.parse(response.body());
        assertThat(body.findString("scope")).contains(Scope.of("orders.read").toString());
        assertThat(body.findString("access_token")).isPresent();
        assertThat(fixture.events().of(ServerEvent.TokenIssued.class)).hasSize(1);
    }

    @Test
    void takes_each_header_line_for_itself() throws Exception {
        HttpResponse<String> response = container.post(
                "/token",
                "grant_type=client_credentials",
                "Authorization",
                CREDENTIALS,
                "Authorization",
                CREDENTIALS,
                "Content-Type",
                FORM);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(error(response)).isEqualTo("invalid_request");
        assertThat(fixture.events().of(ServerEvent.TokenIssued.class)).isEmpty();
    }

    @Test
    void sees_the_query() throws Exception {
        HttpResponse<String> response = container.post(
                "/token?client_secret=x",
                "grant_type=client_credentials",
                "Authorization",
                CREDENTIALS,
                "Content-Type",
                FORM);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(error(response)).isEqualTo("invalid_request");
    }

    @Test
    @Requirement("6749-3.2-02")
    void says_what_is_wrong_with_a_body_of_another_type() throws Exception {
        HttpResponse<String> response = ask("{}", "application/json");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(error(response)).isEqualTo("invalid_request");
    }

    @Test
    void takes_a_body_up_to_the_cap_and_refuses_one_octet_more() throws Exception {
        String form = "grant_type=client_credentials&filling=";
        String filling = "x".repeat(ProtocolRequest.MAXIMUM_BODY - form.length());

        assertThat(ask(form + filling, FORM).statusCode()).isEqualTo(200);
        HttpResponse<String> response = ask(form + filling + "x", FORM);
        assertThat(error(response)).isEqualTo("invalid_request");
        assertThat(fixture.events().of(ServerEvent.TokenIssued.class)).hasSize(1);
    }

    @Test
    void refuses_a_body_beyond_the_cap_whose_length_was_not_said() throws Exception {
        String head = "POST /token HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: " + CREDENTIALS
                + "\r\nContent-Type: " + FORM + "\r\nTransfer-Encoding: chunked\r\n\r\n";
        String form = "grant_type=client_credentials&filling=" + "x".repeat(ProtocolRequest.MAXIMUM_BODY);

        String answer = exchange(head + Integer.toHexString(form.length()) + "\r\n" + form + "\r\n0\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 413 ").contains("\"invalid_request\"");
        assertThat(fixture.events().of(ServerEvent.TokenIssued.class)).isEmpty();
    }

    private String exchange(String request) throws IOException {
        URI origin = URI.create(container.origin());
        try (Socket socket = new Socket(origin.getHost(), origin.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    @Requirement({"6749-3.1-03", "D-47"})
    void sends_people_to_the_client_with_a_code() throws Exception {
        String query = fixture.validAuthorization().query();
        for (HttpResponse<String> response : List.of(
                container.send("GET", "/authorize?" + query),
                container.post("/authorize", query, "Content-Type", FORM))) {
            assertThat(response.statusCode()).isEqualTo(303);
            assertThat(response.headers().firstValue("Location").orElse(""))
                    .startsWith(ServerFixture.CALLBACK + "?code=");
            assertThat(response.headers().allValues("Cache-Control")).containsExactly("no-store");
            assertThat(response.headers().allValues("X-Frame-Options")).containsExactly("DENY");
        }
    }

    @Test
    @Requirement("6749-3.1.2-04")
    void shows_people_what_can_not_be_sent_to_a_client() throws Exception {
        HttpResponse<String> response = container.send("GET", "/authorize?client_id=nobody");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Location")).isEmpty();
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        assertThat(response.body()).contains("The client is unknown");
    }

    @Test
    @Requirement("8414-3-01")
    void serves_the_metadata_to_get_and_its_size_to_head() throws Exception {
        String path = "/.well-known/oauth-authorization-server";
        HttpResponse<String> document = container.send("GET", path);
        HttpResponse<String> head = container.send("HEAD", path);

        assertThat(JsonObject.parse(document.body()).findString("issuer")).contains(ServerFixture.ISSUER.value());
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("Content-Length"))
                .isEqualTo(document.headers().firstValue("Content-Length"));
    }

    @Test
    void answers_methods_and_paths_that_there_are_not() throws Exception {
        HttpResponse<String> put = container.send("PUT", "/token");

        assertThat(put.statusCode()).isEqualTo(405);
        assertThat(put.headers().firstValue("Allow")).contains("POST");
        assertThat(container.send("GET", "/elsewhere").statusCode()).isEqualTo(404);
        assertThat(container.send("TRACE", "/token").statusCode()).isEqualTo(405);
    }
}
