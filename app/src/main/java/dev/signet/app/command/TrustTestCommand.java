package dev.signet.app.command;

import dev.signet.app.console.Printable;
import dev.signet.app.console.Terminal;
import dev.signet.app.inspect.Explained;
import dev.signet.app.server.Engine;
import dev.signet.authorizationserver.explanation.Rehearsal;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.explanation.Finding;
import dev.signet.core.http.FormParameters;
import dev.signet.core.http.ParameterName;
import dev.signet.jwt.json.JsonObject;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tries what would come of a request that presents a JWT of a trusted issuer. */
@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        description = {
            "Says what would come of a JWT that is exchanged for an access token.",
            "It tells each check in order, and what the token would say. Nothing is issued or used up. Keys are fetched as the "
                    + "server would."
        })
final class TrustTestCommand implements Callable<Integer> {

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Mixin
    private JwtInput input = new JwtInput();

    @Option(
            names = "--client",
            paramLabel = "CLIENT_ID",
            description = "who presents it, as if it had authenticated; unless given, somebody who has not")
    private Optional<String> client = Optional.empty();

    @Option(names = "--scope", paramLabel = "SCOPES", description = "what is asked for, with spaces between")
    private Optional<String> scope = Optional.empty();

    @Option(names = "--resource", paramLabel = "URI", description = "the resource that the token is wanted for")
    private Optional<String> resource = Optional.empty();

    @Option(names = "--json", description = "print JSON, for programs")
    private boolean json;

    private final Terminal terminal;
    private final StoreAccess stores;
    private final Clock clock;

    TrustTestCommand(Terminal terminal, StoreAccess stores, Clock clock) {
        this.terminal = terminal;
        this.stores = stores;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        List<Map.Entry<String, String>> form = new ArrayList<>();
        form.add(Map.entry(ParameterName.ASSERTION, input.read(terminal)));
        client.ifPresent(value -> form.add(Map.entry(ParameterName.CLIENT_ID, value)));
        scope.ifPresent(value -> form.add(Map.entry(ParameterName.SCOPE, value)));
        resource.ifPresent(value -> form.add(Map.entry(ParameterName.RESOURCE, value)));
        Rehearsal rehearsal = rehearsal(FormParameters.parse(FormParameters.encode(form)));
        print(rehearsal);
        return (rehearsal.explanation().isAccepted() ? ExitCode.OK : ExitCode.REFUSED).number();
    }

    private Rehearsal rehearsal(FormParameters form) {
        try (OpenStore store = stores.openExisting(config)) {
            return Engine.onlooking(store.settings(), store.stores(), clock, new SecureRandom())
                    .rehearseExchange(form);
        } catch (OAuthException malformed) {
            throw new CommandFailure(ExitCode.USAGE, malformed.error().description());
        }
    }

    private void print(Rehearsal rehearsal) {
        if (json) {
            JsonObject.Builder all = rehearsal.explanation().toJson().toBuilder();
            rehearsal.claims().ifPresent(claims -> all.put("token", claims));
            terminal.print(all.build().toJson());
            return;
        }
        Explained.lines(rehearsal.explanation(), "the server").forEach(terminal::print);
        rehearsal.claims().ifPresent(claims -> {
            terminal.print("the access token would say");
            terminal.print(Printable.indented(claims, ""));
        });
        if (client.isEmpty()
                && rehearsal
                        .explanation()
                        .refusal()
                        .flatMap(Finding::reason)
                        .filter(RefusalReason.CLIENT_CREDENTIALS_MISSING::equals)
                        .isPresent()) {
            terminal.complain("tried as somebody who has not authenticated: say --client for one who has");
        }
    }
}
