package dev.signet.app.command;

import dev.signet.app.config.DurationOption;
import dev.signet.app.console.Terminal;
import dev.signet.app.login.Browser;
import dev.signet.app.login.LoopbackCallback;
import dev.signet.app.login.RequestStrength;
import dev.signet.client.Failure;
import dev.signet.client.IssuedToken;
import dev.signet.client.OAuthClient;
import dev.signet.client.Outcome;
import dev.signet.client.authorization.AuthorizationRequest;
import dev.signet.client.authorization.AuthorizationResponse;
import dev.signet.client.authorization.AuthorizationResponse.Code;
import dev.signet.client.authorization.AuthorizationResponse.NoCode;
import dev.signet.client.authorization.BegunAuthorization;
import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.clientauth.ClientAuthentication;
import dev.signet.core.error.OAuthException;
import dev.signet.core.metadata.AuthorizationServerMetadata;
import dev.signet.core.token.TokenResponse;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.KeyException;
import dev.signet.jwt.key.SigningKey;
import dev.signet.outbound.OutboundHttp;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Gets an access token for the person at this machine, at any authorization server with the code flow. */
@Command(
        name = "login",
        mixinStandardHelpOptions = true,
        description = {
            "Signs you in through the browser and prints the access token.",
            "The client is registered with the redirect URI http://127.0.0.1/callback for any port; it is a public one "
                    + "(token_endpoint_auth_method: none), or with --key one that has that key (private_key_jwt). The request "
                    + "is signed with the key, and pushed, where the server takes that. With a command after --, the token is in its environment as "
                    + LoginCommand.VARIABLE + " and is not printed; its exit code is that of this command."
        })
final class LoginCommand implements Callable<Integer> {

    static final String VARIABLE = "SIGNET_ACCESS_TOKEN";

    @Option(names = "--issuer", paramLabel = "URL", required = true, description = "the authorization server")
    private String issuer = "";

    @Option(names = "--client-id", paramLabel = "ID", required = true, description = "the client")
    private String clientId = "";

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "the client's private key, as a JWK: it authenticates the client, and signs its request")
    private Optional<Path> keyFile = Optional.empty();

    @Option(names = "--scope", paramLabel = "SCOPES", description = "what to ask for, with spaces between")
    private String scope = "";

    @Option(names = "--resource", paramLabel = "URI", description = "the API that the token is for (RFC 8707)")
    private Optional<String> resource = Optional.empty();

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "the port to come back to; any that is free, unless given")
    private int port;

    @Option(names = "--no-browser", description = "print the address only, to open it by hand")
    private boolean noBrowser;

    @Option(names = "--plain", description = "neither sign nor push the request, unless the server demands it")
    private boolean plain;

    @Option(
            names = "--allow-unadvertised-pkce",
            description =
                    "go to a server whose metadata does not say that it has PKCE by S256; it is used all the same")
    private boolean unadvertisedPkceAllowed;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "5m",
            converter = DurationOption.class,
            description = "how long to wait for you: ${DEFAULT-VALUE} unless given")
    private Duration timeout = Duration.ofMinutes(5);

    @Option(
            names = "--json",
            description = "print the whole answer of the token endpoint, with the refresh token if there is one")
    private boolean json;

    @Parameters(paramLabel = "-- COMMAND", arity = "0..*", description = "a command to run with the token")
    private List<String> command = new ArrayList<>();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Terminal terminal;
    private final Clock clock;
    private final Browser browser;

    LoginCommand(Terminal terminal, Clock clock, Browser browser) {
        this.terminal = terminal;
        this.clock = clock;
        this.browser = browser;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (json && !command.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--json is of no use with a command");
        }
        if (port < 0 || port > 0xFFFF) {
            throw new ParameterException(spec.commandLine(), "--port: expected 0 to 65535");
        }
        Optional<SigningKey> key = keyFile.map(this::key);
        OAuthClient client = client(key);
        List<String> refreshTokens = new ArrayList<>(1);
        IssuedToken token;
        try (LoopbackCallback callback = new LoopbackCallback(port)) {
            Code code = approved(request(client, key, callback), callback);
            token = require(client.token(code.tokenRequest(refreshTokens::add)));
        }
        return command.isEmpty() ? print(token, refreshTokens.stream().findFirst()) : run(token);
    }

    private SigningKey key(Path file) {
        JsonObject jwk = CommandInput.json(terminal, file, "--key");
        return parsed("--key", () -> SigningKey.fromJwk(jwk, CryptoProvider.jdk()));
    }

    private OAuthClient client(Optional<SigningKey> key) {
        return parsed("--issuer", () -> {
            Issuer known = Issuer.of(issuer);
            // Whoever types the issuer means it, also when it is on this machine or network.
            OutboundHttp http = OutboundHttp.builder()
                    .allowHosts(Set.of(known.uri().getAuthority()))
                    .build();
            ClientId id = parsed("--client-id", () -> new ClientId(clientId));
            ClientAuthentication authentication = key.map(own -> ClientAuthentication.privateKeyJwt(id, own))
                    .orElseGet(() -> ClientAuthentication.none(id));
            return OAuthClient.builder(known, authentication)
                    .outbound(http)
                    .clock(clock)
                    .build();
        });
    }

    private AuthorizationRequest request(OAuthClient client, Optional<SigningKey> key, LoopbackCallback callback) {
        AuthorizationRequest.Builder request = AuthorizationRequest.builder(client, callback.redirectUri())
                .scope(parsed("--scope", () -> Scope.parse(scope)));
        resource.ifPresent(uri -> request.resource(parsed("--resource", () -> new ResourceIndicator(uri))));
        if (unadvertisedPkceAllowed) {
            request.allowUnadvertisedPkce();
        }
        RequestStrength strength = plain ? RequestStrength.plain() : strongest(require(client.metadata()), key);
        strength.apply(request);
        terminal.complain("the request is " + strength);
        return request.build();
    }

    private static RequestStrength strongest(AuthorizationServerMetadata server, Optional<SigningKey> key) {
        return key.map(own -> RequestStrength.strongest(server, own))
                .orElseGet(() -> RequestStrength.strongest(server));
    }

    private <T> T parsed(String option, Supplier<T> value) {
        try {
            return value.get();
        } catch (OAuthException malformed) {
            throw new ParameterException(
                    spec.commandLine(), option + ": " + malformed.error().description());
        } catch (IllegalArgumentException | KeyException malformed) {
            throw new ParameterException(spec.commandLine(), option + ": " + malformed.getMessage());
        }
    }

    private Code approved(AuthorizationRequest request, LoopbackCallback callback) throws InterruptedException {
        BegunAuthorization begun = require(request.begin());
        callback.expect(begun.pending());
        terminal.complain("sign in at this address"
                + begun.expiresAt()
                        .map(end -> " within "
                                + Duration.between(clock.instant(), end).toSeconds() + " seconds")
                        .orElse("")
                + ":");
        terminal.complain(begun.uri().toString());
        if (!noBrowser) {
            show(begun);
        }
        AuthorizationResponse response = callback.await(timeout)
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.REFUSED,
                        "nobody came back from the server in time (--timeout says how long to wait)"));
        if (response instanceof Code code) {
            return code;
        }
        NoCode none = (NoCode) response;
        throw new CommandFailure(ExitCode.REFUSED, none.detail() + "\n" + none.advice());
    }

    private void show(BegunAuthorization begun) {
        try {
            browser.open(begun.uri());
        } catch (IOException none) {
            terminal.complain("no browser could be opened: open the address by hand");
        }
    }

    private static <T> T require(Outcome<T> outcome) {
        return outcome.value().orElseThrow(() -> {
            Failure failure = outcome.failure().orElseThrow();
            return new CommandFailure(
                    ExitCode.REFUSED, failure.endpoint() + ": " + failure.detail() + "\n" + failure.advice());
        });
    }

    private int print(IssuedToken token, Optional<String> refreshToken) {
        if (json) {
            Optional<Duration> left = token.expiresAt().map(end -> Duration.between(clock.instant(), end));
            terminal.print(new TokenResponse(
                            token.value(), TokenResponse.BEARER, left, Optional.of(token.scope()), refreshToken)
                    .toJson()
                    .toJson());
        } else {
            terminal.print(token.value());
        }
        return ExitCode.OK.number();
    }

    private int run(IssuedToken token) throws InterruptedException {
        ProcessBuilder process = new ProcessBuilder(command).inheritIO();
        process.environment().put(VARIABLE, token.value());
        try {
            return process.start().waitFor();
        } catch (IOException none) {
            throw new CommandFailure(ExitCode.USAGE, "the command after -- can't be run");
        }
    }
}
