package dev.signet.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.client.http.AuthorizedHttp;
import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.core.clientauth.ClientAuthentication;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.DecryptionKey;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.SigningKey;
import dev.signet.outbound.OutboundHttp;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A socket that records every octet a client sends, in every flow there is: no part of a private key is among them. */
class RecordedBytesTest {

    private static final List<String> PRIVATE_MEMBERS = List.of("d", "p", "q", "dp", "dq", "qi");
    private static final String SECRET = "a-secret-that-is-never-sent-anywhere-0123456789";

    private final ServerSocket socket = listen();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ByteArrayOutputStream recorded = new ByteArrayOutputStream();
    private final Issuer issuer = Issuer.of("http://localhost:" + socket.getLocalPort());
    private final OutboundHttp outbound =
            OutboundHttp.builder().allowHosts(Set.of("localhost")).build();
    private final DecryptionKey ofServer = DecryptionKey.fromJwk(newKey(JwsAlgorithm.ES256).toPrivateJwk().toBuilder()
            .put("alg", "ECDH-ES+A256KW")
            .put("use", "enc")
            .build());

    RecordedBytesTest() {
        threads.execute(this::accept);
    }

    private static ServerSocket listen() {
        try {
            return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SigningKey newKey(JwsAlgorithm algorithm) {
        return SigningKey.generate(algorithm, CryptoProvider.jdk(), new SecureRandom());
    }

    @AfterEach
    void stop() throws IOException {
        socket.close();
        threads.shutdownNow();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                threads.execute(() -> serve(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    /** One request, whose every octet is recorded before it is looked at. */
    private void serve(Socket connection) {
        try (connection;
                InputStream in = new BufferedInputStream(connection.getInputStream())) {
            String head = "";
            while (!head.endsWith("\r\n\r\n")) {
                head += (char) record(in);
            }
            int length = Arrays.stream(head.split("\r\n", -1))
                    .map(line -> line.toLowerCase(Locale.ROOT))
                    .filter(line -> line.startsWith("content-length:"))
                    .mapToInt(line -> Integer.parseInt(
                            line.substring("content-length:".length()).strip()))
                    .findFirst()
                    .orElse(0);
            for (int octet = 0; octet < length; octet++) {
                record(in);
            }
            String path = head.split(" ", 3)[1];
            String body = answer(path);
            String status = path.equals("/par") ? "201 Created" : path.equals("/api") ? "401 No" : "200 OK";
            connection
                    .getOutputStream()
                    .write(("HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nConnection: close\r\n"
                                    + "WWW-Authenticate: Bearer error=\"invalid_token\"\r\nContent-Length: "
                                    + body.length() + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int record(InputStream in) throws IOException {
        int octet = in.read();
        if (octet < 0) {
            throw new IOException("the client ended the request");
        }
        synchronized (recorded) {
            recorded.write(octet);
        }
        return octet;
    }

    private String answer(String path) {
        JsonObject.Builder json = JsonObject.builder();
        return switch (path) {
            case "/token" ->
                json.put("access_token", "t")
                        .put("token_type", "Bearer")
                        .put("expires_in", 60)
                        .build()
                        .toJson();
            case "/introspect" -> json.put("active", true).build().toJson();
            case "/par" ->
                json.put("request_uri", "urn:example:1")
                        .put("expires_in", 60)
                        .build()
                        .toJson();
            case "/jwks" -> json.put("keys", List.of(ofServer.toJwk())).build().toJson();
            case "/.well-known/oauth-authorization-server" ->
                json.put("issuer", issuer.value())
                        .put("token_endpoint", issuer + "/token")
                        .put("introspection_endpoint", issuer + "/introspect")
                        .put("revocation_endpoint", issuer + "/revoke")
                        .put("pushed_authorization_request_endpoint", issuer + "/par")
                        .put("jwks_uri", issuer + "/jwks")
                        .build()
                        .toJson();
            default -> "{}";
        };
    }

    /** Every flow there is, to the last request. */
    private void run(ClientAuthentication authentication, Optional<SigningKey> ofAssertions) throws Exception {
        OAuthClient client =
                OAuthClient.builder(issuer, authentication).outbound(outbound).build();
        List<Outcome<?>> outcomes = new ArrayList<>();
        outcomes.add(client.token(TokenRequest.clientCredentials()));
        outcomes.add(client.tokenAsync(TokenRequest.clientCredentials()).get());
        if (ofAssertions.isPresent()) {
            SignedAssertions source = SignedAssertions.builder()
                    .issuer("reporter")
                    .subject("alice")
                    .key(ofAssertions.get())
                    .build();
            outcomes.add(client.token(TokenRequest.jwtBearer(source)));
            outcomes.add(client.token(TokenRequest.encryptedJwtBearer(source)));
        }
        outcomes.add(client.token(TokenRequest.refresh(RefreshToken.of("r", replacement -> {}))));
        outcomes.add(client.introspect("t"));
        outcomes.add(client.revoke("t"));
        outcomes.add(client.push(List.of(Map.entry("response_type", "code"))));
        assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome.failure()).isEmpty());
        AuthorizedHttp api = AuthorizedHttp.builder(
                        HttpClient.newBuilder()
                                .version(HttpClient.Version.HTTP_1_1)
                                .build(),
                        TokenSource.of(client, TokenRequest.clientCredentials()))
                .insecureOrigin(URI.create(issuer.value()))
                .build();
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(issuer + "/api")).build();
        assertThat(api.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(401);
        assertThat(api.sendAsync(request, BodyHandlers.discarding()).get().statusCode())
                .isEqualTo(401);
    }

    /** The recording as it is, and with what is base64url in JWTs made readable: claims and headers. */
    private String everything() {
        String octets;
        synchronized (recorded) {
            octets = recorded.toString(StandardCharsets.ISO_8859_1);
        }
        StringBuilder all = new StringBuilder(octets);
        for (String part : octets.split("[^A-Za-z0-9_-]", -1)) {
            if (part.length() > 20 && part.length() % 4 != 1) {
                all.append(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    /** The forms that octets are written in: raw, hexadecimal, decimal, both kinds of base64 wherever they begin. */
    private static List<String> forms(byte[] octets) {
        BigInteger number = new BigInteger(1, octets);
        List<String> forms = new ArrayList<>(List.of(
                new String(octets, StandardCharsets.ISO_8859_1),
                HexFormat.of().formatHex(octets),
                HexFormat.of().withUpperCase().formatHex(octets),
                number.toString(),
                number.toString(16),
                URLEncoder.encode(new String(octets, StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1)));
        for (int shift = 0; shift < 3; shift++) {
            byte[] shifted = new byte[octets.length + shift];
            System.arraycopy(octets, 0, shifted, shift, octets.length);
            for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
                String text = encoder.withoutPadding().encodeToString(shifted);
                // The characters at both ends depend on their neighbours.
                String inside = text.substring(shift == 0 ? 0 : 4, text.length() - 4);
                forms.add(inside);
                forms.add(URLEncoder.encode(inside, StandardCharsets.US_ASCII));
            }
        }
        return forms;
    }

    private static List<String> traces(SigningKey key) {
        JsonObject jwk = key.toPrivateJwk();
        return PRIVATE_MEMBERS.stream()
                .flatMap(name -> jwk.findString(name).stream())
                .flatMap(value -> forms(Base64.getUrlDecoder().decode(value)).stream())
                .toList();
    }

    @ParameterizedTest
    @EnumSource(names = {"ES256", "RS256", "Ed25519"})
    void hold_no_part_of_a_private_key(JwsAlgorithm algorithm) throws Exception {
        SigningKey key = newKey(algorithm);
        run(ClientAuthentication.privateKeyJwt(new ClientId("reporter"), key), Optional.of(key));

        String everything = everything();
        assertThat(everything).contains("client_assertion=", "assertion=", "\"kid\":\"" + key.keyId());
        assertThat(traces(key)).isNotEmpty().noneMatch(everything::contains);
        assertThat(everything).doesNotContain("\"d\":", "PRIVATE KEY");
    }

    @Test
    void hold_no_secret_that_makes_macs() throws Exception {
        run(
                ClientAuthentication.clientSecretJwt(new ClientId("reporter"), SECRET, JwsAlgorithm.HS256),
                Optional.empty());

        assertThat(forms(SECRET.getBytes(StandardCharsets.US_ASCII))).noneMatch(everything()::contains);
    }

    /** The search finds what is there, in whatever form: without this the tests above would show nothing. */
    @Test
    void are_searched_well_enough_to_find_what_is_sent() throws Exception {
        run(ClientAuthentication.clientSecretPost(new ClientId("reporter"), SECRET), Optional.empty());
        assertThat(forms(SECRET.getBytes(StandardCharsets.US_ASCII))).anyMatch(everything()::contains);

        SigningKey key = newKey(JwsAlgorithm.ES256);
        byte[] scalar = Base64.getUrlDecoder().decode(key.toPrivateJwk().requireString("d"));
        for (int before = 0; before < 3; before++) {
            byte[] around = new byte[before + scalar.length + 5];
            System.arraycopy(scalar, 0, around, before, scalar.length);
            String encoded = Base64.getEncoder().encodeToString(around);
            assertThat(traces(key)).anyMatch(encoded::contains);
        }
        assertThat(traces(key)).anyMatch(key.toPrivateJwk().toJson()::contains);
    }
}
