package dev.signet.app.command;

import dev.signet.app.config.DurationOption;
import dev.signet.app.console.Printable;
import dev.signet.app.console.Terminal;
import dev.signet.app.console.TimeWords;
import dev.signet.app.log.ChangeLog;
import dev.signet.authorizationserver.registration.InitialAccessToken;
import dev.signet.authorizationserver.registration.InitialAccessTokenStore;
import dev.signet.authorizationserver.store.TokenDigest;
import dev.signet.jwt.json.JsonObject;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Groups the commands about initial access tokens. */
@Command(
        name = "registration-token",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Lets clients register themselves.",
            "A client sends the token to the registration endpoint (RFC 7591), which the configuration file switches on by "
                    + "registration."
        })
final class RegistrationTokenCommand implements Runnable {

    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(365);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Terminal terminal;
    private final StoreAccess stores;
    private final Clock clock;

    RegistrationTokenCommand(Terminal terminal, StoreAccess stores, Clock clock) {
        this.terminal = terminal;
        this.stores = stores;
        this.clock = clock;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = "Makes a token and prints it, alone, this once.")
    int create(
            @Mixin ConfigOption config,
            @Parameters(
                            paramLabel = "NAME",
                            description = "what it is called in lists and in the registrations that come of it")
                    String name,
            @Option(
                            names = "--uses",
                            defaultValue = "1",
                            description = "how many clients can register with it: 1 unless given")
                    int uses,
            @Option(
                            names = "--lifetime",
                            converter = DurationOption.class,
                            defaultValue = "1d",
                            description = "how long it can be used, such as 1h: a day unless given")
                    Duration lifetime,
            @Option(
                            names = "--metadata",
                            paramLabel = "FILE",
                            description =
                                    "a file with client metadata as JSON that its clients have whatever they ask for; - is the "
                                            + "standard input")
                    Optional<Path> metadata) {
        if (lifetime.compareTo(SHORTEST) < 0 || lifetime.compareTo(LONGEST) > 0) {
            throw new ParameterException(spec.commandLine(), "--lifetime: expected 1m to 365d");
        }
        if (uses < 1) {
            throw new ParameterException(spec.commandLine(), "--uses: expected 1 at least");
        }
        JsonObject fixed = metadata.map(file -> CommandInput.json(terminal, file, "--metadata"))
                .orElse(JsonObject.empty());
        try (PartyAccess parties = PartyAccess.open(stores, config)) {
            String text = InitialAccessToken.generate(new SecureRandom());
            InitialAccessToken token = PartyAccess.kept(() -> new InitialAccessToken(
                    name, TokenDigest.of(text), clock.instant().plus(lifetime), uses, fixed));
            if (!parties.initialAccessTokens().put(token)) {
                throw PartyAccess.refused("there is a registration token " + name + " already");
            }
            ChangeLog.registrationToken("registration-token-created", name);
            terminal.print(text);
            terminal.complain("the registration token is shown this once");
            if (parties.settings().registration().isEmpty()) {
                terminal.complain(
                        "registration is off: switch it on in the configuration file, and restart the server");
            }
        }
        return ExitCode.OK.number();
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the tokens, without their texts.")
    int list(
            @Mixin ConfigOption config,
            @Option(names = "--json", description = "print JSON, for programs") boolean json) {
        try (PartyAccess parties = PartyAccess.open(stores, config)) {
            List<InitialAccessToken> all = parties.storedInitialAccessTokens();
            if (json) {
                terminal.print(JsonObject.builder()
                        .put(
                                "registration_tokens",
                                all.stream().map(RegistrationTokenCommand::json).toList())
                        .build()
                        .toJson());
            } else {
                all.forEach(token -> terminal.print(line(token, clock.instant())));
            }
            if (!json && all.isEmpty()) {
                terminal.print("there is no registration token");
            }
        }
        return ExitCode.OK.number();
    }

    private static String line(InitialAccessToken token, Instant now) {
        return Printable.text(token.name()) + "  "
                + (token.isUsable(now)
                        ? "for " + token.usesLeft() + (token.usesLeft() == 1 ? " client" : " clients")
                        : "used up or expired")
                + "  until " + TimeWords.of(token.expiresAt(), now)
                + (token.metadata().size() == 0
                        ? ""
                        : "  fixes " + String.join(", ", token.metadata().names()));
    }

    private static JsonObject json(InitialAccessToken token) {
        return JsonObject.builder()
                .put("name", token.name())
                .put("uses_left", token.usesLeft())
                .put("expires_at", token.expiresAt().getEpochSecond())
                .put("metadata", token.metadata())
                .build();
    }

    @Command(
            name = "delete",
            mixinStandardHelpOptions = true,
            description = "Removes a token; the clients that registered with it stay.")
    int delete(@Mixin ConfigOption config, @Parameters(paramLabel = "NAME", description = "its name") String name) {
        try (PartyAccess parties = PartyAccess.open(stores, config)) {
            InitialAccessTokenStore tokens = parties.initialAccessTokens();
            if (!tokens.remove(name)) {
                throw PartyAccess.refused("there is no registration token of that name");
            }
            ChangeLog.registrationToken("registration-token-deleted", name);
            terminal.complain("deleted: " + Printable.text(name));
        }
        return ExitCode.OK.number();
    }
}
