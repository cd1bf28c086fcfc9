package dev.signet.app.command;

import dev.signet.app.console.Terminal;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.core.ClientId;
import dev.signet.jwt.json.JsonObject;
import java.security.SecureRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What the commands that register clients and change them have in common. */
final class ClientOptions {

    private ClientOptions() {}

    /** The client that a command is about. */
    static ClientId clientId(String argument, CommandSpec spec) {
        return ClientId.find(argument)
                .orElseThrow(() ->
                        new ParameterException(spec.commandLine(), "CLIENT_ID: expected 1 to 256 visible characters"));
    }

    /** The client that the metadata describe, which has to fit to the configuration. */
    static RegisteredClient fitting(JsonObject metadata, PartyAccess parties, SecureRandom random) {
        return fitting(() -> read(metadata, parties).random(random), parties);
    }

    /** The same client with the keys of other metadata. */
    static RegisteredClient withKeys(RegisteredClient client, JsonObject keys, PartyAccess parties) {
        JsonObject.Builder metadata =
                client.toMetadata().toBuilder().remove("jwks").remove("jwks_uri");
        keys.names().forEach(name -> metadata.put(name, keys.find(name).orElseThrow()));
        return fitting(
                () -> {
                    RegisteredClient.Builder builder = read(metadata.build(), parties);
                    client.secret().ifPresent(builder::secret);
                    return builder;
                },
                parties);
    }

    private static RegisteredClient.Builder read(JsonObject metadata, PartyAccess parties) {
        return RegisteredClient.fromMetadata(
                metadata, parties.settings().signing().crypto().provider());
    }

    private static RegisteredClient fitting(Supplier<RegisteredClient.Builder> description, PartyAccess parties) {
        RegisteredClient client;
        try {
            client = description.get().build();
        } catch (IllegalArgumentException unfit) {
            throw PartyAccess.refused(String.valueOf(unfit.getMessage()));
        }
        requireFitting(client, parties);
        return client;
    }

    private static void requireFitting(RegisteredClient client, PartyAccess parties) {
        String faults = parties.registrations().faults(client).entrySet().stream()
                .map(fault -> fault.getKey() + ": " + fault.getValue())
                .collect(Collectors.joining("; "));
        if (!faults.isEmpty()) {
            throw PartyAccess.refused("client " + client.clientId() + ": " + faults);
        }
        if (!parties.takes(client.authenticationMethod())) {
            throw PartyAccess.refused("client " + client.clientId() + ": "
                    + client.authenticationMethod().wireName()
                    + " is not enabled: the configuration has to say so in client_authentication");
        }
    }

    /** A secret that nobody can read again, alone on its line. */
    static void showSecret(String secret, Terminal terminal) {
        terminal.print(secret);
        terminal.complain("the client_secret is shown this once");
    }
}
