package dev.signet.app.command;

import dev.signet.app.console.Terminal;
import dev.signet.app.inspect.Explained;
import dev.signet.app.server.Engine;
import dev.signet.authorizationserver.AuthorizationServer;
import dev.signet.core.ClientId;
import dev.signet.core.explanation.Explanation;
import dev.signet.core.explanation.JwtKind;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Says what the server of a configuration makes of a JWT, by the code that the server decides with. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = {
            "Says why the server would accept or refuse a JWT now.",
            "It tells each check in order: passed, failed with its reason, or not reached. It reads the store of the "
                    + "configuration and leaves nothing in it; what is good once is not used up. Keys are fetched as the "
                    + "server would. A request object is tried as if its client pushed it now."
        })
final class ExplainCommand implements Callable<Integer> {

    private static final Set<JwtKind> OF_CLIENTS = Set.of(JwtKind.CLIENT_ASSERTION, JwtKind.REQUEST_OBJECT);

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Mixin
    private JwtInput input = new JwtInput();

    @Option(
            names = "--as",
            paramLabel = "KIND",
            description =
                    "access-token, client-assertion, grant-assertion or request-object; unless given, it is told by the JWT")
    private Optional<String> as = Optional.empty();

    @Option(
            names = "--client-id",
            paramLabel = "ID",
            description =
                    "the client that sends it, where sub of a client assertion or iss of a request object is not its client_id")
    private Optional<String> clientId = Optional.empty();

    @Option(names = "--json", description = "print JSON, for programs")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Terminal terminal;
    private final StoreAccess stores;
    private final Clock clock;

    ExplainCommand(Terminal terminal, StoreAccess stores, Clock clock) {
        this.terminal = terminal;
        this.stores = stores;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        Optional<JwtKind> named = as.map(this::kind);
        Optional<ClientId> client = clientId.map(this::client);
        if (client.isPresent()
                && named.filter(kind -> !OF_CLIENTS.contains(kind)).isPresent()) {
            throw new ParameterException(
                    spec.commandLine(), "--client-id: is for client assertions and request objects only");
        }
        String jwt = input.read(terminal);
        Explanation explanation = explain(jwt, named, client);
        if (json) {
            terminal.print(explanation.toJson().toJson());
        } else {
            Explained.lines(explanation, "the server").forEach(terminal::print);
        }
        return (explanation.isAccepted() ? ExitCode.OK : ExitCode.REFUSED).number();
    }

    private JwtKind kind(String name) {
        return JwtKind.find(name)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "--as: expected access-token, client-assertion, grant-assertion or request-object"));
    }

    private ClientId client(String name) {
        return ClientId.find(name)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "--client-id: expected 1 to 256 visible characters"));
    }

    private Explanation explain(String jwt, Optional<JwtKind> named, Optional<ClientId> client) {
        try (OpenStore store = stores.openExisting(config)) {
            AuthorizationServer server = Engine.onlooking(store.settings(), store.stores(), clock, new SecureRandom());
            if (client.isPresent()) {
                // Whoever names a client means a JWT that clients send: an assertion, unless it says otherwise.
                JwtKind kind = named.or(() -> server.recognize(jwt))
                        .filter(OF_CLIENTS::contains)
                        .orElse(JwtKind.CLIENT_ASSERTION);
                return server.explain(client.get(), kind, jwt);
            }
            JwtKind kind = named.or(() -> server.recognize(jwt))
                    .orElseThrow(() -> new ParameterException(
                            spec.commandLine(), "what kind of JWT that is can't be told: say it with --as"));
            return server.explain(kind, jwt);
        }
    }
}
