package dev.signet.app.command;

import dev.signet.app.console.Terminal;
import dev.signet.app.inspect.Explained;
import dev.signet.app.inspect.InspectedJwt;
import dev.signet.app.inspect.NotAJwt;
import dev.signet.core.Issuer;
import dev.signet.core.explanation.Explanation;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.KeyException;
import dev.signet.outbound.DiscoveredKeys;
import dev.signet.outbound.KeySource;
import dev.signet.outbound.OutboundHttp;
import dev.signet.resourceserver.AccessTokenValidator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** Shows a JWT and, where it is said what is expected, each check of an access token. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what is in a JWT.",
            "With --issuer and --audience it also says what an API makes of it, check by check (RFC 9068), with keys that are "
                    + "found through the issuer's metadata, or are in a file."
        })
final class TokenInspectCommand implements Callable<Integer> {

    @Mixin
    private JwtInput input = new JwtInput();

    @Option(names = "--issuer", paramLabel = "URL", description = "the authorization server it should be from")
    private Optional<String> issuer = Optional.empty();

    @Option(names = "--audience", paramLabel = "URI", description = "the API it should be for")
    private Optional<String> audience = Optional.empty();

    @Option(names = "--jwks", paramLabel = "FILE", description = "a JWK Set, instead of what the metadata names")
    private Optional<Path> jwks = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Terminal terminal;
    private final Clock clock;

    TokenInspectCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        if (issuer.isPresent() != audience.isPresent() || (jwks.isPresent() && issuer.isEmpty())) {
            throw new ParameterException(spec.commandLine(), "--issuer and --audience go together");
        }
        InspectedJwt jwt;
        try {
            jwt = InspectedJwt.parse(input.read(terminal));
        } catch (NotAJwt e) {
            throw new CommandFailure(ExitCode.REFUSED, "not a JWT: " + e.getMessage());
        }
        jwt.lines(clock.instant()).forEach(terminal::print);
        if (issuer.isEmpty() || audience.isEmpty()) {
            terminal.print("Nothing of this was checked (--issuer and --audience make the checks).");
            return ExitCode.OK.number();
        }
        return verdicts(jwt, issuer.get(), audience.get());
    }

    private int verdicts(InspectedJwt jwt, String issuer, String audience) {
        Explanation explanation = AccessTokenValidator.builder()
                .issuer(issuer)
                .audience(audience)
                .keys(keys(issuer))
                .clock(clock)
                .build()
                .explain(jwt.compact());
        Explained.lines(explanation, "an API").forEach(terminal::print);
        return (explanation.isAccepted() ? ExitCode.OK : ExitCode.REFUSED).number();
    }

    private KeySource keys(String identifier) {
        Issuer known;
        try {
            known = Issuer.of(identifier);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--issuer: " + e.getMessage());
        }
        if (jwks.isPresent()) {
            return KeySource.of(jwkSet(jwks.get()));
        }
        // Whoever types the issuer means it, also when it is on this machine or network.
        OutboundHttp http = OutboundHttp.builder()
                .allowHosts(Set.of(known.uri().getAuthority()))
                .build();
        return DiscoveredKeys.builder(known, http).clock(clock).build();
    }

    private static JwkSet jwkSet(Path file) {
        try {
            return JwkSet.parse(Files.readAllBytes(file), CryptoProvider.jdk());
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.REFUSED, file + ": cannot be read");
        } catch (KeyException e) {
            throw new CommandFailure(ExitCode.REFUSED, file + ": " + e.getMessage());
        }
    }
}
