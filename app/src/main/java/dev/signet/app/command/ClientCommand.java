package dev.signet.app.command;

import dev.signet.app.console.Printable;
import dev.signet.app.console.Terminal;
import dev.signet.app.log.ChangeLog;
import dev.signet.authorizationserver.registry.ClientSecret;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.core.ClientId;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import java.security.SecureRandom;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Groups the commands about clients, of which the short ones are methods here. */
@Command(
        name = "client",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Registers clients and changes them.",
            "Those in the configuration file come first, and are changed there; the store has the others. A change is in "
                    + "force with the next request, on all nodes."
        })
final class ClientCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Terminal terminal;
    private final StoreAccess stores;

    ClientCommand(Terminal terminal, StoreAccess stores) {
        this.terminal = terminal;
        this.stores = stores;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the clients.")
    int list(
            @Mixin ConfigOption config,
            @Option(names = "--json", description = "print JSON, for programs") boolean json) {
        try (PartyAccess parties = PartyAccess.open(stores, config)) {
            PartyList<RegisteredClient> all = new PartyList<>(parties.configuredClients(), parties.storedClients());
            if (json) {
                all.printJson(terminal, "clients", "client", ClientCommand::shown);
            } else {
                all.print(terminal, ClientCommand::line, "no client is registered");
            }
        }
        return ExitCode.OK.number();
    }

    private static String line(RegisteredClient client, String place) {
        return client.clientId() + "  " + (client.isEnabled() ? "enabled" : "disabled") + "  in the " + place + "  "
                + client.authenticationMethod().wireName()
                + client.selfRegistration()
                        .map(registration -> "  registered itself "
                                + registration
                                        .initialAccessToken()
                                        .map(name -> "with " + Printable.text(name))
                                        .orElse("without a token, unverified"))
                        .orElse("")
                + (client.scope().isEmpty() ? "" : "  scope " + client.scope());
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows the metadata of a client (RFC 7591), without its secret.")
    int show(
            @Mixin ConfigOption config,
            @Parameters(paramLabel = "CLIENT_ID", description = "its identifier") String clientId,
            @Option(names = "--json", description = "print JSON on one line, for programs") boolean json) {
        ClientId identifier = ClientOptions.clientId(clientId, spec);
        try (PartyAccess parties = PartyAccess.open(stores, config)) {
            JsonObject client = shown(parties.requireClient(identifier));
            terminal.print(json ? client.toJson() : Printable.indented(client, ""));
        }
        return ExitCode.OK.number();
    }

    /** Nothing that any client proves something by, not even the hash of it. */
    private static JsonObject shown(RegisteredClient client) {
        JsonObject metadata = client.toMetadata();
        return client.selfRegistration()
                .map(registration -> metadata.toBuilder()
                        .put(
                                "self_registration",
                                metadata.requireObject("self_registration").toBuilder()
                                        .remove("registration_access_token")
                                        .put("verified", registration.isVerified())
                                        .build())
                        .build())
                .orElse(metadata);
    }

    @Command(
            name = "disable",
            mixinStandardHelpOptions = true,
            description = "Lets a client do nothing until it is enabled again; its tokens are not active meanwhile.")
    int disable(
            @Mixin ConfigOption config,
            @Parameters(paramLabel = "CLIENT_ID", description = "its identifier") String clientId) {
        change(
                config,
                clientId,
                "disabled",
                client -> client.toBuilder().enabled(false).build());
        return ExitCode.OK.number();
    }

    @Command(
            name = "enable",
            mixinStandardHelpOptions = true,
            description = "Lets a client that was disabled do again what it may.")
    int enable(
            @Mixin ConfigOption config,
            @Parameters(paramLabel = "CLIENT_ID", description = "its identifier") String clientId) {
        change(
                config,
                clientId,
                "enabled",
                client -> client.toBuilder().enabled(true).build());
        return ExitCode.OK.number();
    }

    @Command(
            name = "rotate-secret",
            mixinStandardHelpOptions = true,
            description =
                    "Gives a client a new secret and prints it, this once. The old one is good for nothing from now on.")
    int rotateSecret(
            @Mixin ConfigOption config,
            @Parameters(paramLabel = "CLIENT_ID", description = "its identifier") String clientId) {
        SecureRandom random = new SecureRandom();
        String secret = ClientSecret.generate(random);
        change(config, clientId, "secret-rotated", client -> {
            if (client.secret().isEmpty()) {
                throw PartyAccess.refused("the client " + client.clientId() + " has no secret: it authenticates by "
                        + client.authenticationMethod().wireName());
            }
            return RegisteredClient.fromMetadata(client.toMetadata(), CryptoProvider.jdk())
                    .secret(secret)
                    .random(random)
                    .build();
        });
        ClientOptions.showSecret(secret, terminal);
        return ExitCode.OK.number();
    }

    @Command(
            name = "delete",
            mixinStandardHelpOptions = true,
            description = "Removes a client for good, with what people let it do; its tokens are not active any more.")
    int delete(
            @Mixin ConfigOption config,
            @Parameters(paramLabel = "CLIENT_ID", description = "its identifier") String clientId,
            @Option(names = "--yes", description = "yes, it is meant") boolean yes) {
        ClientId identifier = ClientOptions.clientId(clientId, spec);
        if (!yes) {
            throw new ParameterException(
                    spec.commandLine(), "say --yes to delete it; `client disable` can be taken back");
        }
        try (PartyAccess parties = PartyAccess.open(stores, config)) {
            parties.requireNotConfigured(identifier);
            if (!parties.clients().remove(identifier)) {
                throw PartyAccess.noClient(identifier);
            }
            ChangeLog.client("client-deleted", identifier);
            terminal.complain("deleted: " + identifier);
        }
        return ExitCode.OK.number();
    }

    private void change(ConfigOption config, String clientId, String what, UnaryOperator<RegisteredClient> change) {
        ClientId identifier = ClientOptions.clientId(clientId, spec);
        try (PartyAccess parties = PartyAccess.open(stores, config)) {
            parties.requireNotConfigured(identifier);
            if (parties.clients().change(identifier, change).isEmpty()) {
                throw PartyAccess.noClient(identifier);
            }
            ChangeLog.client("client-" + what, identifier);
            terminal.complain(what.replace('-', ' ') + ": " + identifier);
        }
    }
}
