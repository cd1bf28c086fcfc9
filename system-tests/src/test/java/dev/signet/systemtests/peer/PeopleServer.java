package dev.signet.systemtests.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.app.password.Password;
import dev.signet.app.password.PasswordHash;
import dev.signet.app.useragent.Page;
import dev.signet.app.useragent.UserAgent;
import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.outbound.OutboundHttp;
import dev.signet.resourceserver.AccessTokenOutcome;
import dev.signet.resourceserver.AccessTokenValidator;
import dev.signet.systemtests.process.ServerProcess;
import dev.signet.systemtests.registration.Commands;
import dev.signet.testkit.FixedKeys;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Our server as it runs, with an account for Alice and clients that ask her. */
public final class PeopleServer implements AutoCloseable {

    /** A public client, whose answers go to {@link #CALLBACK}, or to {@code http://127.0.0.1/callback} at any port. */
    public static final ClientId PUBLIC = new ClientId("shop");

    /** The same with {@code private_key_jwt} and the public half of {@link FixedKeys#client()}. */
    public static final ClientId WITH_KEY = new ClientId("shop-with-key");

    /** Another with the public half of {@link FixedKeys#stranger()}. */
    static final ClientId OTHER = new ClientId("stall");

    public static final String CALLBACK = "https://shop.example.com/callback";

    /** The {@code sub} of Alice. */
    public static final String ALICE = "5d0f6c1e";

    static final String RESOURCE = "https://api.example.com/orders";

    private static final String PASSWORD = "down the rabbit hole";

    private final ServerProcess process;
    private final Commands commands;

    private PeopleServer(ServerProcess process, Commands commands) {
        this.process = process;
        this.commands = commands;
    }

    /** Starts it, with its store in that folder. */
    public static PeopleServer start(Path folder) {
        return start(folder, "", "request_uris: []");
    }

    /** The same, which fetches what {@link #WITH_KEY} hosts there. */
    static PeopleServer start(Path folder, URI hosted) {
        return start(folder, """
                outbound: {allow_hosts: ["%s"]}
                authorization_requests: {request_uri_parameter: true}""".formatted(hosted.getAuthority()), "request_uris: [\"" + hosted + "\"]");
    }

    /** The same, without either; clients can register themselves for these grant types. */
    public static PeopleServer start(Path folder, List<String> grantTypes) {
        return start(folder, """
                registration:
                  scope: orders.read
                  grant_types: [%s]""".formatted(String.join(", ", grantTypes)), "request_uris: []");
    }

    private static PeopleServer start(Path folder, String requests, String requestUris) {
        int port = ServerProcess.freePort();
        String yaml = """
                issuer: http://127.0.0.1:%d
                listen: {host: 127.0.0.1, port: %d}
                store: {url: "jdbc:h2:file:./people"}
                decryption: {algorithms: [ECDH-ES, RSA-OAEP-256]}
                resources:
                  - {resource: "%s", scopes: [orders.read], default: true}
                users:
                  - %s
                clients:
                  - client_id: %s
                    token_endpoint_auth_method: none
                    application_type: native
                    grant_types: [authorization_code, refresh_token]
                    redirect_uris: ["%s", "http://127.0.0.1/callback"]
                    scope: orders.read
                  - client_id: %s
                    token_endpoint_auth_method: private_key_jwt
                    jwks: %s
                    application_type: native
                    grant_types: [authorization_code, refresh_token]
                    redirect_uris: ["%s", "http://127.0.0.1/callback"]
                    scope: orders.read
                    %s
                  - client_id: %s
                    token_endpoint_auth_method: private_key_jwt
                    jwks: %s
                    grant_types: [authorization_code]
                    redirect_uris: ["%s"]
                    scope: orders.read
                %s
                """.formatted(
                        port,
                        port,
                        RESOURCE,
                        alice(),
                        PUBLIC,
                        CALLBACK,
                        WITH_KEY,
                        FixedKeys.publicKeys(FixedKeys.client()).toJson(),
                        CALLBACK,
                        requestUris,
                        OTHER,
                        FixedKeys.publicKeys(FixedKeys.stranger()).toJson(),
                        CALLBACK,
                        requests);
        ServerProcess process = ServerProcess.start(folder, yaml, port);
        return new PeopleServer(process, new Commands(folder.resolve("signet-" + port + ".yaml")));
    }

    /** Alice as an entry of the configuration's {@code users}, on one line. */
    public static String alice() {
        return "{sub: \"%s\", username: alice, password_hash: \"%s\"}"
                .formatted(
                        ALICE,
                        PasswordHash.of(Password.ofNew(PASSWORD), new SecureRandom())
                                .toText());
    }

    /** Its issuer. */
    public Issuer issuer() {
        return Issuer.of("http://127.0.0.1:" + process.port());
    }

    /** What one client can register itself with. */
    public String initialAccessToken() {
        return commands.run("registration-token", "create", UUID.randomUUID().toString());
    }

    /** What Alice lets clients do, as whoever runs the server sees it. */
    String consents() {
        return commands.run("user", "consents", "alice");
    }

    /** What connects to it. */
    public OutboundHttp outbound() {
        return OutboundHttp.builder().allowHosts(Set.of("127.0.0.1")).build();
    }

    /** What an API makes of an access token of this server. */
    public AccessTokenOutcome validate(String accessToken) {
        return AccessTokenValidator.builder()
                .issuer(issuer().value())
                .audience(RESOURCE)
                .outbound(outbound())
                .build()
                .validate(List.of("Bearer " + accessToken))
                .requireScope("orders.read");
    }

    /** That an API takes this access token as one that Alice granted. */
    void assertAlices(String accessToken) {
        assertThat(validate(accessToken))
                .isInstanceOfSatisfying(
                        AccessTokenOutcome.Valid.class,
                        valid -> assertThat(valid.token().subject()).isEqualTo(ALICE));
    }

    /** Has Alice go to an address, sign in if she is asked to, and approve if she has not before. */
    public static Page approve(UserAgent browser, URI address) throws IOException, InterruptedException {
        Page page = browser.open(address);
        if (page.asksFor("username")) {
            page = browser.send(page, Map.of("username", "alice", "password", PASSWORD, "login", "1"));
        }
        return page.asksFor("approve") ? browser.send(page, Map.of("approve", "1")) : page;
    }

    /** Has somebody go to an address, and leave instead of signing in. */
    public static Page leave(UserAgent browser, URI address) throws IOException, InterruptedException {
        return browser.send(browser.open(address), Map.of("cancel", "1"));
    }

    @Override
    public void close() {
        process.close();
    }
}
