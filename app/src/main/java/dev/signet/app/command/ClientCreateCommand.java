package dev.signet.app.command;

import dev.signet.app.console.Terminal;
import dev.signet.app.log.ChangeLog;
import dev.signet.authorizationserver.registry.ApplicationType;
import dev.signet.authorizationserver.registry.ClientSecret;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.core.ClientId;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.token.GrantType;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.SigningKey;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Registers a client in the store. */
@Command(
        name = "create",
        mixinStandardHelpOptions = true,
        description = {
            "Registers a client.",
            "How it authenticates is one of --generate-keys, --jwks, --jwks-uri, --secret and --none, or in the --metadata. "
                    + "What is secret is printed alone, this once; the rest of what there is to say goes to the standard "
                    + "error."
        })
final class ClientCreateCommand implements Callable<Integer> {

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Mixin
    private KeyOptions keys = new KeyOptions();

    @Parameters(paramLabel = "CLIENT_ID", description = "its identifier, which is no subject")
    private String clientId = "";

    @Option(names = "--secret", description = "make a secret, and show it this once")
    private boolean secret;

    @Option(names = "--none", description = "let it go without authentication")
    private boolean none;

    @Option(
            names = "--method",
            paramLabel = "METHOD",
            description = "how a secret is presented: client_secret_basic unless given")
    private Optional<String> method = Optional.empty();

    @Option(
            names = "--grant",
            paramLabel = "TYPE",
            description = "a grant type; authorization_code with --redirect-uri, else client_credentials unless given")
    private List<String> grants = List.of();

    @Option(names = "--scope", paramLabel = "SCOPES", description = "the most it may be granted, with spaces between")
    private Optional<String> scope = Optional.empty();

    @Option(names = "--resource", paramLabel = "URI", description = "a resource it may ask tokens for")
    private List<String> resources = List.of();

    @Option(
            names = "--redirect-uri",
            paramLabel = "URI",
            description = "where it gets the answers of people whom it asks for authorization")
    private List<String> redirectUris = List.of();

    @Option(
            names = "--native",
            description =
                    "let it have redirect URIs on the machine of its user: http to the machine itself, or its own scheme")
    private boolean runsAtUser;

    @Option(
            names = "--metadata",
            paramLabel = "FILE",
            description =
                    "a file with client metadata (RFC 7591) as JSON, which the other options add to; - is the standard input")
    private Optional<Path> metadata = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Terminal terminal;
    private final StoreAccess stores;
    private final Clock clock;

    ClientCreateCommand(Terminal terminal, StoreAccess stores, Clock clock) {
        this.terminal = terminal;
        this.stores = stores;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        checkCommandLine();
        ClientId identifier = ClientOptions.clientId(clientId, spec);
        try (PartyAccess parties = PartyAccess.open(stores, config)) {
            parties.requireNotConfigured(identifier);
            parties.requireNoSubject(identifier);
            requireNew(parties.clients().find(identifier).isEmpty(), identifier);
            SecureRandom random = new SecureRandom();
            Optional<SigningKey> key =
                    keys.generate(parties.settings().signing().crypto().provider(), random);
            Optional<String> made = secret ? Optional.of(ClientSecret.generate(random)) : Optional.empty();
            RegisteredClient client = ClientOptions.fitting(described(key, made), parties, random);
            key.ifPresent(pair -> keys.write(pair, terminal));
            requireNew(PartyAccess.kept(() -> parties.clients().put(client)), identifier);
            ChangeLog.client("client-created", identifier);
            key.ifPresent(pair -> keys.print(pair, terminal));
            made.ifPresent(text -> ClientOptions.showSecret(text, terminal));
            terminal.complain("registered: " + identifier);
        }
        return ExitCode.OK.number();
    }

    private void checkCommandLine() {
        keys.check();
        int ways = keys.named() + (secret ? 1 : 0) + (none ? 1 : 0);
        if (ways > 1 || (ways == 0 && metadata.isEmpty())) {
            throw new ParameterException(
                    spec.commandLine(),
                    "expected one of --generate-keys, --jwks, --jwks-uri, --secret and --none, or else --metadata");
        }
        if (method.isPresent() && !secret) {
            throw new ParameterException(spec.commandLine(), "--method goes with --secret");
        }
    }

    private static void requireNew(boolean isNew, ClientId clientId) {
        if (!isNew) {
            throw PartyAccess.refused("there is a client " + clientId + " already");
        }
    }

    private String usualGrant() {
        if (!redirectUris.isEmpty()) {
            return GrantType.AUTHORIZATION_CODE;
        }
        return none ? GrantType.JWT_BEARER : GrantType.CLIENT_CREDENTIALS;
    }

    private JsonObject described(Optional<SigningKey> key, Optional<String> made) {
        JsonObject given = metadata.map(file -> CommandInput.json(terminal, file, "--metadata"))
                .orElse(JsonObject.empty());
        if (given.find("client_id").filter(other -> !other.equals(clientId)).isPresent()) {
            throw new CommandFailure(ExitCode.REFUSED, "--metadata: client_id is that of another client");
        }
        JsonObject.Builder client = (keys.named() == 0 ? given : keys.in(given, key, terminal))
                .toBuilder()
                        .put("client_id", clientId)
                        // Tokens of another that had the name before are not this one's.
                        .put("client_id_issued_at", clock.instant().getEpochSecond());
        if (!grants.isEmpty()) {
            client.put("grant_types", grants);
        } else if (!given.has("grant_types") && !given.has("resource_server_for")) {
            client.put("grant_types", List.of(usualGrant()));
        }
        if (!redirectUris.isEmpty()) {
            client.put("redirect_uris", redirectUris);
        }
        if (runsAtUser) {
            client.put("application_type", ApplicationType.NATIVE.wireName());
        }
        scope.ifPresent(most -> client.put("scope", most));
        if (!resources.isEmpty()) {
            client.put("resources", resources);
        }
        made.ifPresent(text -> client.put("client_secret", text)
                .put(
                        "token_endpoint_auth_method",
                        method.orElse(ClientAuthenticationMethod.CLIENT_SECRET_BASIC.wireName())));
        if (none) {
            client.put("token_endpoint_auth_method", ClientAuthenticationMethod.NONE.wireName());
        }
        return client.build();
    }
}
