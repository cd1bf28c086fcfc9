package dev.signet.app.demo;

import dev.signet.app.demo.Conversation.Answer;
import dev.signet.app.login.Browser;
import dev.signet.app.login.LoopbackCallback;
import dev.signet.client.AuthorizationCode;
import dev.signet.core.Issuer;
import dev.signet.core.assertion.ClientAssertion;
import dev.signet.core.http.Header;
import dev.signet.core.token.GrantType;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** The flows, step by step: each says what it expects, refusals included. */
public final class Demo implements AutoCloseable {

    private static final Duration FOR_A_REQUEST = Duration.ofSeconds(60);
    private static final Duration FOR_A_READER = Duration.ofMinutes(5);

    private final DemoParties parties;
    private final DemoStage stage;
    private final Conversation talk;
    private final Visitor visitor;

    private Demo(DemoParties parties, DemoStage stage, Conversation talk, Visitor visitor) {
        this.parties = parties;
        this.stage = stage;
        this.talk = talk;
        this.visitor = visitor;
    }

    /** Starts the servers; what happens is printed line by line. A script takes the part of the person. */
    public static Demo start(Clock clock, SecureRandom random, Consumer<String> out) throws IOException {
        return start(clock, random, out, ScriptedVisitor::new);
    }

    /** The same with the person at this machine, who signs in with that browser. */
    public static Demo start(Clock clock, SecureRandom random, Consumer<String> out, Browser browser)
            throws IOException {
        return start(clock, random, out, (parties, talk) -> new BrowserVisitor(browser, parties, talk));
    }

    private static Demo start(
            Clock clock,
            SecureRandom random,
            Consumer<String> out,
            BiFunction<DemoParties, Conversation, Visitor> visitor)
            throws IOException {
        DemoParties parties = new DemoParties(clock, random);
        DemoStage stage = DemoStage.build(DemoStage.Place.free(), parties, clock, random);
        Conversation talk = new Conversation(stage.http(), clock, out);
        return new Demo(parties, stage, talk, visitor.apply(parties, talk));
    }

    /**
     * Goes through the flows.
     *
     * @return whether every step went as expected
     */
    public boolean run() throws InterruptedException {
        talk.say("An authorization server runs at " + stage.issuer() + ", an API at " + stage.apiAddress() + ".");
        clientCredentials();
        foreignJwt();
        person();
        talk.say("");
        talk.say(talk.wentAsExpected() ? "Every step went as expected." : "Some steps did NOT go as expected.");
        return talk.wentAsExpected();
    }

    private void clientCredentials() {
        Issuer server = stage.issuer();
        talk.heading("1. A client that holds nothing but a private key gets a token (RFC 7523 §2.2)");
        String assertion = parties.clientAssertion(server, FOR_A_REQUEST);
        talk.showJwt("The client signs an assertion that says who it is:", assertion);
        Answer issued = requestToken(assertion, List.of());
        String token = issued.text("access_token");
        talk.expect("200 with an access token", issued.status() == 200 && !token.isEmpty());
        talk.showJwt("The access token (RFC 9068):", token);

        talk.heading("1a. The same assertion again");
        Answer replayed = requestToken(assertion, List.of());
        talk.expect(
                "401 invalid_client: an assertion is good once",
                replayed.status() == 401 && replayed.text("error").equals("invalid_client"));

        talk.heading("1b. The API without a token");
        talk.expect(
                "401 with a challenge that asks for a token", callApi(List.of()).isChallenge("Bearer "));

        talk.heading("1c. The API with the token");
        Answer order = callApi(bearer(token));
        talk.expect(
                "200, and the API knows who orders",
                order.status() == 200 && order.text("orderedBy").equals(DemoParties.REPORTER.value()));

        talk.heading("1d. The API with a token somebody has changed");
        talk.expect(
                "401 with the challenge invalid_token",
                callApi(bearer(tampered(token, "\"" + DemoParties.REPORTER + "\"", "\"admin\"")))
                        .isChallenge("error=\"invalid_token\""));
    }

    private void foreignJwt() {
        Issuer server = stage.issuer();
        talk.heading("2. A job's own JWT, from an issuer the server trusts, is exchanged for a token (RFC 7523 §2.1)");
        String job = parties.foreignAssertion(server, FOR_A_REQUEST);
        talk.showJwt("What the job was given by its platform:", job);
        Answer issued = requestToken(parties.clientAssertion(server, FOR_A_REQUEST), exchange(job));
        String token = issued.text("access_token");
        talk.expect("200 with an access token", issued.status() == 200 && !token.isEmpty());
        talk.showJwt("The access token is for the subject that the issuer named:", token);

        talk.heading("2a. The API with that token");
        Answer order = callApi(bearer(token));
        talk.expect(
                "200, and the API knows for whom",
                order.status() == 200 && order.text("orderedBy").equals(DemoParties.FOREIGN_SUBJECT));

        talk.heading("2b. The same JWT again, though the client authenticates anew");
        Answer replayed = requestToken(parties.clientAssertion(server, FOR_A_REQUEST), exchange(job));
        talk.expect(
                "400 invalid_grant: a JWT is exchanged once",
                replayed.status() == 400 && replayed.text("error").equals("invalid_grant"));
    }

    private void person() throws InterruptedException {
        CodeFlow flow = new CodeFlow(stage.client(parties.shop()), parties.shopKey(), talk, visitor, this::sendAsShop);
        talk.heading("3. A person signs in and lets a shop order in their name (RFC 6749 §4.1, RFC 9101, RFC 9126)");
        try (LoopbackCallback callback = new LoopbackCallback(0)) {
            Optional<CodeFlow.Signed> signed = flow.sign(callback.redirectUri());
            if (signed.isEmpty()) {
                talk.expect("a request that the shop signed", false);
                return;
            }
            talk.showJwt(
                    "The shop signs what it asks for (RFC 9101):", signed.get().requestObject());
            Answer pushed = flow.push(signed.get().requestObject());
            String requestUri = pushed.text("request_uri");
            talk.expect(
                    "201: the server takes it from the shop, past the browser, and calls it by a URN (RFC 9126)",
                    pushed.status() == 201 && !requestUri.isEmpty());
            Optional<AuthorizationCode> code =
                    flow.authorize(callback, signed.get().pending(), requestUri);
            talk.expect(
                    "a code for the request that was begun (state), of the server that was asked (iss)",
                    code.isPresent());
            if (code.isPresent()) {
                tokens(flow, code.get());
            }
            refusedRequests(flow, signed.get().requestObject(), requestUri);
        } catch (IOException unreachable) {
            talk.expect("pages to sign in at", false);
        }
    }

    private void refusedRequests(CodeFlow flow, String requestObject, String requestUri)
            throws IOException, InterruptedException {
        talk.heading("3d. The link of that request once more");
        talk.expect(
                "a page that says so: a pushed request is answered once",
                flow.again(requestUri).status() == 400);

        talk.heading("3e. A signed request in which somebody has changed what is asked for");
        Answer refused = flow.push(tampered(requestObject, DemoParties.SCOPE, "orders.admin"));
        talk.expect(
                "400 invalid_request_object: the signature is not over that",
                refused.status() == 400 && refused.text("error").equals("invalid_request_object"));

        talk.heading("3f. A link, neither signed nor pushed, that would have the answer sent to somebody else");
        talk.expect(
                "a page that says what is wrong, and nobody is sent anywhere",
                flow.redirectedElsewhere().status() == 400);
    }

    private void tokens(CodeFlow flow, AuthorizationCode code) {
        Answer issued = flow.exchange(code);
        String token = issued.text("access_token");
        String refreshToken = issued.text("refresh_token");
        talk.expect("200 with an access token and a refresh token", issued.status() == 200 && !refreshToken.isEmpty());
        talk.showJwt("The access token is for the person:", token);

        talk.heading("3a. The API with that token");
        Answer order = callApi(bearer(token));
        talk.expect(
                "200, and the API knows for whom, and through which client",
                order.status() == 200
                        && order.text("orderedBy").equals(DemoParties.PERSON)
                        && order.text("through").equals(DemoParties.SHOP.value()));

        talk.heading("3b. Another access token, without the person");
        Answer refreshed = flow.refresh(refreshToken);
        talk.expect("200 with an access token", refreshed.status() == 200);

        talk.heading("3c. The same code again: somebody has stolen it, and all that came of it is revoked");
        Answer reused = flow.exchange(code);
        talk.expect(
                "400 invalid_grant: a code is good once",
                reused.status() == 400 && reused.text("error").equals("invalid_grant"));
        Answer revoked = flow.refresh(refreshToken);
        talk.expect(
                "400 invalid_grant: the refresh token is good no more",
                revoked.status() == 400 && revoked.text("error").equals("invalid_grant"));
    }

    private static List<Map.Entry<String, String>> exchange(String assertion) {
        return List.of(Map.entry("grant_type", GrantType.JWT_BEARER), Map.entry("assertion", assertion));
    }

    /** @param grant the parameters of the grant; client credentials if there are none */
    private Answer requestToken(String clientAssertion, List<Map.Entry<String, String>> grant) {
        List<Map.Entry<String, String>> form = new ArrayList<>(
                grant.isEmpty() ? List.of(Map.entry("grant_type", GrantType.CLIENT_CREDENTIALS)) : grant);
        form.add(Map.entry("scope", DemoParties.SCOPE));
        return send(stage.tokenEndpoint(), form, clientAssertion);
    }

    private Answer sendAsShop(URI endpoint, List<Map.Entry<String, String>> form) {
        return send(endpoint.toString(), form, parties.shopAssertion(stage.issuer(), FOR_A_REQUEST));
    }

    private Answer send(String endpoint, List<Map.Entry<String, String>> form, String clientAssertion) {
        List<Map.Entry<String, String>> authenticated = new ArrayList<>(form);
        authenticated.add(Map.entry("client_assertion_type", ClientAssertion.ASSERTION_TYPE));
        authenticated.add(Map.entry("client_assertion", clientAssertion));
        return talk.post(endpoint, List.of(), authenticated);
    }

    private Answer callApi(List<Header> headers) {
        return talk.post(stage.apiAddress(), headers, List.of(Map.entry("item", "tea")));
    }

    private static List<Header> bearer(String token) {
        return List.of(new Header("Authorization", "Bearer " + token));
    }

    /** The same signature over claims in which something else stands. */
    private static String tampered(String jwt, String signed, String other) {
        List<String> parts = List.of(jwt.split("\\."));
        if (parts.size() != 3) {
            return jwt;
        }
        String claims =
                new String(Base64.getUrlDecoder().decode(parts.get(1)), StandardCharsets.UTF_8).replace(signed, other);
        String changed =
                Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        return parts.get(0) + "." + changed + "." + parts.get(2);
    }

    /** Prints commands to go on with. */
    public void printCommands() {
        Issuer server = stage.issuer();
        talk.heading("Go on by hand");
        talk.say("The servers keep running until Ctrl-C. What the server publishes:");
        talk.say("  curl -s " + server + "/.well-known/oauth-authorization-server");
        talk.say("A token for a client with a secret, and an order with it:");
        talk.say("  TOKEN=$(curl -s -u " + DemoParties.TESTER + ":" + parties.testerSecret()
                + " -d grant_type=client_credentials " + stage.tokenEndpoint()
                + " | sed 's/.*\"access_token\":\"\\([^\"]*\\)\".*/\\1/')");
        talk.say("  curl -s -H \"Authorization: Bearer $TOKEN\" -d item=tea " + stage.apiAddress());
        talk.say("  echo $TOKEN | ./signet token inspect --issuer " + server + " --audience " + stage.apiAddress());
        talk.say("A token for " + DemoParties.PERSON + ", password " + parties.personsPassword() + ":");
        talk.say("  ./signet login --issuer " + server + " --client-id " + DemoParties.TERMINAL + " --scope "
                + DemoParties.SCOPE);
        talk.say("A token with a signed assertion, good for five minutes and once:");
        talk.say("  curl -s -d grant_type=client_credentials -d client_assertion_type=" + ClientAssertion.ASSERTION_TYPE
                + " -d client_assertion=" + parties.clientAssertion(server, FOR_A_READER) + " "
                + stage.tokenEndpoint());
    }

    @Override
    public void close() {
        stage.close();
    }
}
