package dev.signet.app.demo;

import dev.signet.app.config.ConfigFile;
import dev.signet.app.config.Environment;
import dev.signet.app.config.Settings;
import dev.signet.app.listener.HttpListener;
import dev.signet.app.listener.ListenAddress;
import dev.signet.app.server.RunningServer;
import dev.signet.app.server.ServerStores;
import dev.signet.client.OAuthClient;
import dev.signet.core.Issuer;
import dev.signet.core.clientauth.ClientAuthentication;
import dev.signet.outbound.OutboundHttp;
import dev.signet.resourceserver.AccessTokenValidator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** An authorization server and an API that run on this machine, with all they keep in a folder that goes with them. */
final class DemoStage implements AutoCloseable {

    private final Path folder;
    private final Issuer issuer;
    private final OutboundHttp http;
    private final RunningServer server;
    private final HttpListener api;

    private DemoStage(Path folder, Issuer issuer, OutboundHttp http, RunningServer server, HttpListener api) {
        this.folder = folder;
        this.issuer = issuer;
        this.http = http;
        this.server = server;
        this.api = api;
    }

    /** Where the server and the API are, and what they keep. */
    record Place(Path folder, int serverPort, int apiPort) {

        /** A new folder, and two ports at once, so that they differ. */
        static Place free() throws IOException {
            InetAddress loopback = InetAddress.getLoopbackAddress();
            try (ServerSocket one = new ServerSocket(0, 1, loopback);
                    ServerSocket two = new ServerSocket(0, 1, loopback)) {
                return new Place(Files.createTempDirectory("signet-demo"), one.getLocalPort(), two.getLocalPort());
            }
        }

        Issuer issuer() {
            return Issuer.of("http://localhost:" + serverPort);
        }

        String audience() {
            return "http://localhost:" + apiPort + SampleApi.PATH;
        }
    }

    /** Starts both; when that fails nothing of it stays, the folder included. */
    static DemoStage build(Place place, DemoParties parties, Clock clock, SecureRandom random) throws IOException {
        try {
            RunningServer server = startServer(place, parties, clock, random);
            try {
                OutboundHttp http = OutboundHttp.builder()
                        .allowHosts(Set.of("localhost:" + place.serverPort(), "localhost:" + place.apiPort()))
                        .build();
                return new DemoStage(place.folder(), place.issuer(), http, server, startApi(place, http, clock));
            } catch (RuntimeException failed) {
                server.close();
                throw failed;
            }
        } catch (RuntimeException | IOException failed) {
            delete(place.folder());
            throw failed;
        }
    }

    private static RunningServer startServer(Place place, DemoParties parties, Clock clock, SecureRandom random)
            throws IOException {
        Path file = place.folder().resolve("signet.yaml");
        Files.writeString(file, parties.configuration(place.serverPort(), place.audience()), StandardCharsets.UTF_8);
        ConfigFile parsed = ConfigFile.parse(file, Environment.of(Map.of()));
        Settings settings = parsed.read(parsed.cryptoChoice()::select, clock);
        return RunningServer.start(
                settings,
                ServerStores.open(settings.store(), settings.signing().crypto().provider(), clock, random),
                clock,
                random);
    }

    private static HttpListener startApi(Place place, OutboundHttp http, Clock clock) {
        AccessTokenValidator validator = AccessTokenValidator.builder()
                .issuer(place.issuer().value())
                .audience(place.audience())
                .scopesSupported(DemoParties.SCOPE)
                .outbound(http)
                .clock(clock)
                .build();
        return HttpListener.start(
                new ListenAddress("127.0.0.1", place.apiPort(), Optional.empty()), new SampleApi(validator));
    }

    Issuer issuer() {
        return issuer;
    }

    String tokenEndpoint() {
        return server.tokenEndpoint();
    }

    String apiAddress() {
        return "http://localhost:" + api.port() + SampleApi.PATH;
    }

    /** The library that a client of the server has. */
    OAuthClient client(ClientAuthentication authentication) {
        return OAuthClient.builder(issuer, authentication).outbound(http).build();
    }

    OutboundHttp http() {
        return http;
    }

    @Override
    public void close() {
        try {
            api.close();
        } finally {
            try {
                server.close();
            } finally {
                delete(folder);
            }
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new IllegalStateException("the folder of the demo could not be removed: " + folder, e);
        }
    }
}
