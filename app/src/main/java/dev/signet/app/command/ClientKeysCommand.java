package dev.signet.app.command;

import dev.signet.app.console.Terminal;
import dev.signet.app.log.ChangeLog;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.core.ClientId;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.SigningKey;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Gives a client other keys. */
@Command(
        name = "set-keys",
        mixinStandardHelpOptions = true,
        description = {
            "Replaces the keys of a client, by one of --generate-keys, --jwks and --jwks-uri.",
            "The old ones are good for nothing from now on; a client that publishes its keys at a --jwks-uri changes them "
                    + "without an outage."
        })
final class ClientKeysCommand implements Callable<Integer> {

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Mixin
    private KeyOptions keys = new KeyOptions();

    @Parameters(paramLabel = "CLIENT_ID", description = "its identifier")
    private String clientId = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Terminal terminal;
    private final StoreAccess stores;

    ClientKeysCommand(Terminal terminal, StoreAccess stores) {
        this.terminal = terminal;
        this.stores = stores;
    }

    @Override
    public Integer call() {
        keys.check();
        if (keys.named() != 1) {
            throw new ParameterException(spec.commandLine(), "expected one of --generate-keys, --jwks and --jwks-uri");
        }
        ClientId identifier = ClientOptions.clientId(clientId, spec);
        try (PartyAccess parties = PartyAccess.open(stores, config)) {
            parties.requireNotConfigured(identifier);
            RegisteredClient before =
                    parties.clients().find(identifier).orElseThrow(() -> PartyAccess.noClient(identifier));
            Optional<SigningKey> key =
                    keys.generate(parties.settings().signing().crypto().provider(), new SecureRandom());
            JsonObject given = keys.in(JsonObject.empty(), key, terminal);
            // Refuses what does not fit before a key is written that would belong to nobody.
            ClientOptions.withKeys(before, given, parties);
            key.ifPresent(pair -> keys.write(pair, terminal));
            if (PartyAccess.kept(() -> parties.clients()
                            .change(identifier, client -> ClientOptions.withKeys(client, given, parties)))
                    .isEmpty()) {
                throw PartyAccess.noClient(identifier);
            }
            ChangeLog.client("client-keys-set", identifier);
            key.ifPresent(pair -> keys.print(pair, terminal));
            terminal.complain("keys set: " + identifier);
        }
        return ExitCode.OK.number();
    }
}
