package dev.signet.app.demo;

import dev.signet.app.config.ConfigFile;
import dev.signet.app.config.Environment;
import dev.signet.app.config.Settings;
import dev.signet.app.listener.HttpListener;
import dev.signet.app.listener.ListenAddress;
import dev.signet.app.server.RunningServer;
import dev.signet.app.server.ServerStores;
import dev.signet.core.Issuer;
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
import java.util.List;
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

    static DemoStage build(DemoParties parties, Clock clock, SecureRandom random) throws IOException {
        Path folder = Files.createTempDirectory("signet-demo");
        List<Integer> ports = freePorts();
        Issuer issuer = Issuer.of("http://localhost:" + ports.get(0));
        String audience = "http://localhost:" + ports.get(1) + SampleApi.PATH;
        Path file = folder.resolve("signet.yaml");
        Files.writeString(file, parties.configuration(ports.get(0), audience), StandardCharsets.UTF_8);
        ConfigFile parsed = ConfigFile.parse(file, Environment.of(Map.of()));
        Settings settings = parsed.read(parsed.cryptoChoice()::select, clock);
        RunningServer server = RunningServer.start(
                settings,
                ServerStores.open(settings.store(), settings.signing().crypto().provider(), clock, random),
                clock,
                random);
        OutboundHttp http = OutboundHttp.builder()
                .allowHosts(Set.of("localhost:" + ports.get(0), "localhost:" + ports.get(1)))
                .build();
        AccessTokenValidator validator = AccessTokenValidator.builder()
                .issuer(issuer.value())
                .audience(audience)
                .outbound(http)
                .clock(clock)
                .build();
        HttpListener api = HttpListener.start(
                new ListenAddress("127.0.0.1", ports.get(1), Optional.empty()), new SampleApi(validator));
        return new DemoStage(folder, issuer, http, server, api);
    }

    /** Two at once, so that they differ. */
    private static List<Integer> freePorts() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket one = new ServerSocket(0, 1, loopback);
                ServerSocket two = new ServerSocket(0, 1, loopback)) {
            return List.of(one.getLocalPort(), two.getLocalPort());
        }
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

    OutboundHttp http() {
        return http;
    }

    @Override
    public void close() {
        try {
            api.close();
            server.close();
        } finally {
            delete(folder);
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
