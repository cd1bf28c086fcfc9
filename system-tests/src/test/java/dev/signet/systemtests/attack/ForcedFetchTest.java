package dev.signet.systemtests.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.signet.authorizationserver.registry.AuthorizationSettings;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.registry.RequestObjectSettings;
import dev.signet.authorizationserver.requestobject.RequestObjectFetcher;
import dev.signet.authorizationserver.requestobject.RequestPolicy;
import dev.signet.core.ClientId;
import dev.signet.core.JwtId;
import dev.signet.core.Scope;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.authorization.RedirectUri;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.requestobject.RequestObject;
import dev.signet.core.requestobject.RequestObjectClaims;
import dev.signet.core.token.GrantType;
import dev.signet.jwt.JwtSigner;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.outbound.OutboundHttp;
import dev.signet.outbound.Resolver;
import dev.signet.systemtests.attack.Trap.Answer;
import dev.signet.testkit.AuthorizationCall;
import dev.signet.testkit.FixedKeys;
import dev.signet.testkit.Requirement;
import dev.signet.testkit.ServerFixture;
import dev.signet.testkit.TestClock;
import dev.signet.testkit.TestResourceOwner;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A client that has the server call where it should not. A name whose address changes between check and connection needs a network that
 * does what it is told, and is in {@code outbound}, with all that a certificate may be.
 */
class ForcedFetchTest {

    private static final ClientId ATTACKER = new ClientId("attacker");
    private static final String CALLBACK = "https://attacker.example/callback";

    /** No call takes longer than 5 seconds, however many octets come. */
    private static final Duration BOUND = Duration.ofSeconds(12);

    /** What the names of the attacker lead to. */
    private static final Map<String, List<String>> NAMES = Map.of(
            "loopback.attacker.example", List.of("127.0.0.1"),
            "loopback6.attacker.example", List.of("::1"),
            "mapped.attacker.example", List.of("::ffff:127.0.0.1"),
            "translated.attacker.example", List.of("64:ff9b::7f00:1"),
            "private.attacker.example", List.of("10.0.0.1"),
            "metadata.attacker.example", List.of("169.254.169.254"),
            "unique-local.attacker.example", List.of("fd00::1"),
            "mixed.attacker.example", List.of("1.2.3.4", "127.0.0.1"));

    private static final Resolver RESOLVER = name -> {
        List<String> addresses = NAMES.get(name);
        if (addresses == null) {
            if (name.endsWith(".example")) {
                throw new UnknownHostException(name);
            }
            return InetAddress.getAllByName(name);
        }
        InetAddress[] found = new InetAddress[addresses.size()];
        for (int each = 0; each < found.length; each++) {
            found[each] = InetAddress.getByName(addresses.get(each));
        }
        return found;
    };

    /** How a registration makes the server fetch something. */
    enum Fetch {
        /** The keys that an assertion of the client is checked with. */
        JWKS_URI_FOR_AN_ASSERTION("application/json") {
            @Override
            RegisteredClient.Builder pointing(RegisteredClient.Builder client, URI uri) {
                return client.jwksUri(uri);
            }

            @Override
            String document(ServerFixture fixture) {
                return FixedKeys.publicKeys(FixedKeys.client()).toJson();
            }

            @Override
            void isTaken(ServerFixture fixture, URI uri) {
                fixture.clientCredentials()
                        .assertion(fixture.clientAssertion(ATTACKER))
                        .send()
                        .isIssued();
            }

            @Override
            void isRefused(ServerFixture fixture, URI uri) {
                fixture.clientCredentials()
                        .assertion(fixture.clientAssertion(ATTACKER))
                        .send()
                        .isRefused(503, "temporarily_unavailable");
            }
        },
        /** The keys that a request object of the client is checked with. */
        JWKS_URI_FOR_A_REQUEST_OBJECT("application/json") {
            @Override
            RegisteredClient.Builder pointing(RegisteredClient.Builder client, URI uri) {
                return client.jwksUri(uri);
            }

            @Override
            String document(ServerFixture fixture) {
                return FixedKeys.publicKeys(FixedKeys.client()).toJson();
            }

            @Override
            void isTaken(ServerFixture fixture, URI uri) {
                request(fixture, "request", requestObject()).get().code();
            }

            @Override
            void isRefused(ServerFixture fixture, URI uri) {
                assertThat(request(fixture, "request", requestObject())
                                .get()
                                .response()
                                .status())
                        .isEqualTo(503);
            }
        },
        /** A request object that the client hosts. */
        REQUEST_URI(RequestObject.MEDIA_TYPE) {
            @Override
            RegisteredClient.Builder pointing(RegisteredClient.Builder client, URI uri) {
                return client.jwks(FixedKeys.publicKeys(FixedKeys.client()))
                        .requestObjects(RequestObjectSettings.builder()
                                .requestUris(List.of(uri))
                                .build());
            }

            @Override
            String document(ServerFixture fixture) {
                return requestObject();
            }

            @Override
            void isTaken(ServerFixture fixture, URI uri) {
                request(fixture, "request_uri", uri.toString()).get().code();
            }

            @Override
            void isRefused(ServerFixture fixture, URI uri) {
                request(fixture, "request_uri", uri.toString())
                        .get()
                        .isShown(400, "request_uri")
                        .because(RefusalReason.REQUEST_URI_UNAVAILABLE);
            }
        };

        private final String mediaType;

        Fetch(String mediaType) {
            this.mediaType = mediaType;
        }

        abstract RegisteredClient.Builder pointing(RegisteredClient.Builder client, URI uri);

        /** What is fetched in good order. */
        abstract String document(ServerFixture fixture);

        abstract void isTaken(ServerFixture fixture, URI uri);

        abstract void isRefused(ServerFixture fixture, URI uri);

        private static AuthorizationCall request(ServerFixture fixture, String name, String value) {
            AuthorizationCall call = fixture.validAuthorization();
            for (String other : List.of(
                    "response_type", "redirect_uri", "scope", "state", "code_challenge", "code_challenge_method")) {
                call = call.without(other);
            }
            return call.with("client_id", ATTACKER.value()).with(name, value);
        }

        private static String requestObject() {
            JsonObject parameters = JsonObject.builder()
                    .put("response_type", "code")
                    .put("redirect_uri", CALLBACK)
                    .put("scope", "orders.read")
                    .put("code_challenge", ServerFixture.VERIFIER.challenge().value())
                    .put("code_challenge_method", "S256")
                    .build();
            return JwtSigner.of(FixedKeys.client(), RequestObject.TYPE)
                    .sign(RequestObjectClaims.of(
                            ATTACKER, ServerFixture.ISSUER, parameters, new JwtId("j"), TestClock.START));
        }
    }

    private static ServerFixture server(Set<String> allowed) {
        OutboundHttp http =
                OutboundHttp.builder().resolver(RESOLVER).allowHosts(allowed).build();
        return ServerFixture.withResourceOwner(
                TestResourceOwner.approving(),
                builder -> builder.outbound(http)
                        .requestPolicy(RequestPolicy.builder()
                                .fetchWith(RequestObjectFetcher.over(http))
                                .build()));
    }

    private static RegisteredClient.Builder attacker() {
        return RegisteredClient.builder(ATTACKER)
                .authenticationMethod(ClientAuthenticationMethod.PRIVATE_KEY_JWT)
                .grantTypes(Set.of(GrantType.CLIENT_CREDENTIALS, GrantType.AUTHORIZATION_CODE))
                .scope(Scope.of("orders.read"))
                .authorization(AuthorizationSettings.builder()
                        .redirectUris(List.of(new RedirectUri(CALLBACK)))
                        .build());
    }

    @Nested
    @DisplayName("RFC 9101 §10.4.2: addresses that are not public")
    @Requirement({"9101-10.4-05", "8725b-3.10-03", "D-42"})
    class Addresses {

        private static final List<String> URIS = List.of(
                "https://127.0.0.1:PORT/",
                "https://127.1.2.3:PORT/",
                "http://127.0.0.1:PORT/",
                "https://localhost:PORT/",
                "https://LOCALHOST:PORT/",
                "https://app.localhost:PORT/",
                "https://localhost.:PORT/",
                "https://127.0.0.1.:PORT/",
                "https://0.0.0.0:PORT/",
                "https://[::]:PORT/",
                "https://[::1]:PORT/",
                "https://[::ffff:127.0.0.1]:PORT/",
                "https://[::ffff:7f00:1]:PORT/",
                "https://[::127.0.0.1]:PORT/",
                "https://[64:ff9b::7f00:1]:PORT/",
                "https://[2002:7f00:1::]:PORT/",
                "https://2130706433:PORT/",
                "https://127.1:PORT/",
                "https://0177.0.0.1:PORT/",
                "https://0177.1:PORT/",
                "https://017700000001:PORT/",
                "https://0x7f.0.0.1:PORT/",
                "https://0x7f000001:PORT/",
                "https://127.0.0.1%00.example:PORT/",
                "https://010.0.0.1/",
                "https://169.254.169.254/latest/meta-data/",
                "https://[fe80::1]/",
                "https://10.0.0.1/",
                "https://172.16.0.1/",
                "https://192.168.1.1/",
                "https://100.64.0.1/",
                "https://[fd00::1]/",
                "https://[fec0::1]/",
                "https://user@127.0.0.1:PORT/",
                "file:///etc/passwd",
                "jar:https://127.0.0.1:PORT/x!/y",
                "ftp://127.0.0.1:PORT/",
                "gopher://127.0.0.1:PORT/");

        private static Stream<Arguments> everywhere() {
            Stream<String> named = NAMES.keySet().stream().sorted().map(name -> "https://" + name + ":PORT/");
            List<String> all = Stream.concat(URIS.stream(), named).toList();
            return Arrays.stream(Fetch.values()).flatMap(fetch -> all.stream().map(uri -> Arguments.of(fetch, uri)));
        }

        /** Some of them are refused when they are registered, the others when they are to be fetched. */
        @ParameterizedTest(name = "{0} {1}")
        @MethodSource("everywhere")
        @Requirement("9101-10.4-01")
        void are_not_connected_to(Fetch fetch, String pattern) {
            try (Trap trap = Trap.silent()) {
                String text = pattern.replace("PORT", Integer.toString(trap.port()));
                ServerFixture fixture = server(Set.of());
                if (isRegistered(fixture, fetch, text)) {
                    assertTimeoutPreemptively(BOUND, () -> fetch.isRefused(fixture, URI.create(text)));
                }
                assertThat(trap.connections()).isZero();
            }
        }

        private static boolean isRegistered(ServerFixture fixture, Fetch fetch, String uri) {
            try {
                fixture.and(fetch.pointing(attacker(), URI.create(uri)));
                return true;
            } catch (IllegalArgumentException refused) {
                assertThat(refused.getMessage()).doesNotContain("127.0.0.1", "passwd");
                return false;
            }
        }

        @ParameterizedTest
        @EnumSource(Fetch.class)
        void are_connected_to_where_that_is_allowed(Fetch fetch) {
            ServerFixture documents = server(Set.of());
            try (Trap host = Trap.answering(ok(fetch.mediaType, fetch.document(documents)))) {
                ServerFixture fixture = server(Set.of("127.0.0.1:" + host.port()));
                URI uri = URI.create("http://127.0.0.1:" + host.port() + "/");
                fixture.and(fetch.pointing(attacker(), uri));
                fetch.isTaken(fixture, uri);
                assertThat(host.connections()).isEqualTo(1);
            }
        }
    }

    private static Answer ok(String mediaType, String body) {
        return raw("HTTP/1.1 200 OK\r\nContent-Type: " + mediaType + "\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body);
    }

    private static Answer raw(String text) {
        return out -> out.write(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Nested
    @DisplayName("RFC 9101 §10.4.1: hosts that misbehave")
    @Requirement({"9101-10.4-02", "9101-10.4-03", "9101-10.4-04", "D-42"})
    class Hosts {

        private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: ";

        /** What a host of the attacker does, who knows what is asked for, and where the trap is. */
        private enum Misdeed {
            REDIRECTS_TO_THE_TRAP {
                @Override
                Answer answer(Fetch fetch, String document, int trap) {
                    return raw("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:" + trap
                            + "/\r\nContent-Length: 0\r\n\r\n");
                }
            },
            REDIRECTS_WITH_THE_DOCUMENT {
                @Override
                Answer answer(Fetch fetch, String document, int trap) {
                    return raw("HTTP/1.1 307 Temporary Redirect\r\nLocation: http://127.0.0.1:" + trap
                            + "/\r\nContent-Type: " + fetch.mediaType + "\r\nContent-Length: " + document.length()
                            + "\r\n\r\n" + document);
                }
            },
            NEVER_ENDS {
                @Override
                Answer answer(Fetch fetch, String document, int trap) {
                    return out -> {
                        out.write((HEAD + fetch.mediaType + "\r\n\r\n" + document).getBytes(StandardCharsets.US_ASCII));
                        flood(out, Long.MAX_VALUE);
                    };
                }
            },
            SENDS_TEN_MEGABYTES {
                @Override
                Answer answer(Fetch fetch, String document, int trap) {
                    return out -> {
                        out.write((HEAD + fetch.mediaType + "\r\nContent-Length: 10485760\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                        flood(out, 10_485_760);
                    };
                }
            },
            DRIPS {
                @Override
                Answer answer(Fetch fetch, String document, int trap) {
                    return out -> {
                        out.write((HEAD + fetch.mediaType + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                        drip(out);
                    };
                }
            },
            HAS_ANOTHER_MEDIA_TYPE {
                @Override
                Answer answer(Fetch fetch, String document, int trap) {
                    return ok("text/html", document);
                }
            },
            FAILS {
                @Override
                Answer answer(Fetch fetch, String document, int trap) {
                    return raw("HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n");
                }
            },
            HANGS_UP {
                @Override
                Answer answer(Fetch fetch, String document, int trap) {
                    return out -> {};
                }
            };

            abstract Answer answer(Fetch fetch, String document, int trap);

            private static void flood(OutputStream out, long octets) throws IOException {
                byte[] spaces = " ".repeat(8192).getBytes(StandardCharsets.US_ASCII);
                for (long sent = 0; sent < octets; sent += spaces.length) {
                    out.write(spaces);
                }
            }

            /** An octet now and then, until the other side hangs up. */
            private static void drip(OutputStream out) throws IOException {
                Object never = new Object();
                synchronized (never) {
                    while (true) {
                        out.write(' ');
                        out.flush();
                        try {
                            never.wait(100);
                        } catch (InterruptedException e) {
                            return;
                        }
                    }
                }
            }
        }

        private static Stream<Arguments> all() {
            return Arrays.stream(Fetch.values())
                    .flatMap(fetch -> Arrays.stream(Misdeed.values()).map(misdeed -> Arguments.of(fetch, misdeed)));
        }

        @ParameterizedTest
        @MethodSource("all")
        void are_left_in_time_and_lead_nowhere(Fetch fetch, Misdeed misdeed) {
            ServerFixture documents = server(Set.of());
            try (Trap trap = Trap.silent();
                    Trap host = Trap.answering(misdeed.answer(fetch, fetch.document(documents), trap.port()))) {
                // The trap is at a host that may be called, too: that nobody comes is not owed to its address.
                ServerFixture fixture = server(Set.of("127.0.0.1:" + host.port(), "127.0.0.1:" + trap.port()));
                URI uri = URI.create("http://127.0.0.1:" + host.port() + "/");
                fixture.and(fetch.pointing(attacker(), uri));
                assertTimeoutPreemptively(BOUND, () -> fetch.isRefused(fixture, uri));
                assertThat(host.connections()).isEqualTo(1);
                assertThat(trap.connections()).isZero();
            }
        }
    }

    @Nested
    @DisplayName("RFC 7591 §2: URIs that are there for others")
    class Others {

        /** {@code logo_uri} and its like are for people, and pairwise subjects do not depend on {@code sector_identifier_uri}. */
        @Test
        @Requirement("8725b-3.10-03")
        void are_never_fetched() {
            try (Trap trap = Trap.silent()) {
                String uri = "https://127.0.0.1:" + trap.port() + "/";
                ServerFixture fixture = server(Set.of("127.0.0.1:" + trap.port()));
                fixture.and(RegisteredClient.fromMetadata(
                        JsonObject.builder()
                                .put("client_id", ATTACKER.value())
                                .put("token_endpoint_auth_method", "private_key_jwt")
                                .put("grant_types", List.of(GrantType.CLIENT_CREDENTIALS))
                                .put("scope", "orders.read")
                                .put(
                                        "jwks",
                                        FixedKeys.publicKeys(FixedKeys.client()).toJsonObject())
                                .put("sector_identifier_uri", uri)
                                .put("logo_uri", uri)
                                .put("client_uri", uri)
                                .put("policy_uri", uri)
                                .put("tos_uri", uri)
                                .put("initiate_login_uri", uri)
                                .build(),
                        CryptoProvider.jdk()));
                fixture.clientCredentials()
                        .assertion(fixture.clientAssertion(ATTACKER))
                        .send()
                        .isIssued();
                assertThat(trap.connections()).isZero();
            }
        }
    }
}
