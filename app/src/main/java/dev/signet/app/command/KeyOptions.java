package dev.signet.app.command;

import dev.signet.app.console.Terminal;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.SigningKey;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Where the keys of a client come from: made here, and then only the public half is kept, or known, or published somewhere. */
final class KeyOptions {

    @Option(
            names = "--generate-keys",
            arity = "0..1",
            fallbackValue = "ES256",
            paramLabel = "ALG",
            description =
                    "make a key pair for that algorithm (ES256 unless named) and hand out the private key this once")
    private Optional<String> algorithm = Optional.empty();

    @Option(
            names = "--jwks",
            paramLabel = "FILE",
            description = "the public keys, as a JWK Set; - is the standard input")
    private Optional<Path> jwks = Optional.empty();

    @Option(names = "--jwks-uri", paramLabel = "URI", description = "where the client publishes its keys")
    private Optional<String> jwksUri = Optional.empty();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "a new file for the private key that only its owner may read; unless given, it is printed")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--format", paramLabel = "FORMAT", description = "of the private key: jwk or pem; jwk unless given")
    private Optional<String> format = Optional.empty();

    @Spec(Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    /** How many of the ways were named. */
    int named() {
        return (int) Stream.of(algorithm.isPresent(), jwks.isPresent(), jwksUri.isPresent())
                .filter(given -> given)
                .count();
    }

    /** Refuses what makes no sense on the command line, before anything is done. */
    void check() {
        if (algorithm.isEmpty() && (out.isPresent() || format.isPresent())) {
            throw new ParameterException(spec.commandLine(), "--out and --format go with --generate-keys");
        }
        if (format.filter(name -> !name.equals("jwk") && !name.equals("pem")).isPresent()) {
            throw new ParameterException(spec.commandLine(), "--format: expected jwk or pem");
        }
        algorithm.ifPresent(this::signing);
    }

    private JwsAlgorithm signing(String name) {
        return JwsAlgorithm.find(name)
                .filter(known -> !known.isMac())
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "--generate-keys: expected a JWS algorithm such as ES256, after ="));
    }

    /** The new key pair, if one is to be made. */
    Optional<SigningKey> generate(CryptoProvider provider, SecureRandom random) {
        return algorithm.map(name -> SigningKey.generate(signing(name), provider, random));
    }

    /** Puts the keys into a client's metadata, in place of others; of a new key pair the public half. */
    JsonObject in(JsonObject metadata, Optional<SigningKey> generated, Terminal terminal) {
        JsonObject.Builder changed = metadata.toBuilder().remove("jwks").remove("jwks_uri");
        generated.ifPresent(key ->
                changed.put("jwks", JwkSet.of(List.of(key.verificationKey())).toJsonObject()));
        jwks.ifPresent(file -> changed.put("jwks", CommandInput.json(terminal, file, "--jwks")));
        jwksUri.ifPresent(uri -> changed.put("jwks_uri", uri));
        return changed.build();
    }

    /** Writes the private key to its file, if it has one: before anything is kept that nobody could use without it. */
    void write(SigningKey key, Terminal terminal) {
        out.ifPresent(file -> {
            boolean created;
            try {
                created = terminal.files().create(file, text(key));
            } catch (IOException e) {
                throw new CommandFailure(ExitCode.REFUSED, "--out: the file cannot be made");
            }
            if (!created) {
                throw new CommandFailure(
                        ExitCode.REFUSED, "--out: there is a file of that name, which is left as it is");
            }
        });
    }

    /** Prints the private key, unless it is in a file. */
    void print(SigningKey key, Terminal terminal) {
        if (out.isEmpty()) {
            terminal.print(text(key).stripTrailing());
        }
        terminal.complain("the private key " + key.keyId() + " is "
                + (out.isPresent() ? "in the file" : "shown this once")
                + ": only its public half was kept");
    }

    private String text(SigningKey key) {
        return format.filter("pem"::equals).isPresent()
                ? key.toPrivatePem()
                : key.toPrivateJwk().toJson() + "\n";
    }
}
