package dev.signet.app.server;

import dev.signet.app.console.PrivateFile;
import dev.signet.authorizationserver.registry.ClientSecret;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.store.ClientStore;
import dev.signet.core.ClientId;
import dev.signet.core.Scope;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.token.GrantType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;

/** Where a server lives that was started without a configuration: a folder with everything in it, made at first start. */
public final class DataFolder {

    /** The client that is there from the beginning. */
    public static final ClientId BOOTSTRAP = new ClientId("bootstrap");

    private static final String CONFIG = "signet.yaml";

    private static final String FIRST_CONFIG = """
            # Made by `signet serve` at its first start, and read by each start from this folder. Change it as you like:
            #   signet check --config signet-data/signet.yaml
            # tells every fault in it. File names are looked up from the folder that this file is in.
            issuer: http://localhost:8080
            listen: {host: 127.0.0.1, port: 8080}
            store: {url: "jdbc:h2:file:./signet"}
            signing: {algorithm: ES256}
            resources:
              - {resource: "https://api.example.com", scopes: [read, write], default: true, token_lifetime: 10m}
            # Besides those named here, the store has the client `bootstrap`, whose secret was shown at the first start.
            clients: []
            """;

    private final Path folder;

    private DataFolder(Path folder) {
        this.folder = folder;
    }

    /** The folder, which is made with a first configuration unless it is there. */
    public static DataFolder in(Path folder) {
        try {
            PrivateFile.createFolder(folder);
            if (!Files.exists(folder.resolve(CONFIG))) {
                PrivateFile.create(folder.resolve(CONFIG), FIRST_CONFIG);
            }
            return new DataFolder(folder);
        } catch (IOException e) {
            throw new StartException("the folder " + folder + " cannot be made or written to", e);
        }
    }

    /** The configuration file in it. */
    public Path config() {
        return folder.resolve(CONFIG);
    }

    /**
     * Registers the bootstrap client, unless it is there.
     *
     * @return its secret, which nobody can read again; empty if the client was there
     */
    public static Optional<String> registerBootstrap(ClientStore clients, Scope scope, SecureRandom random) {
        if (clients.find(BOOTSTRAP).isPresent()) {
            return Optional.empty();
        }
        String secret = ClientSecret.generate(random);
        RegisteredClient client = RegisteredClient.builder(BOOTSTRAP)
                .authenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .secret(secret)
                .grantTypes(Set.of(GrantType.CLIENT_CREDENTIALS))
                .scope(scope)
                .random(random)
                .build();
        return clients.put(client) ? Optional.of(secret) : Optional.empty();
    }
}
