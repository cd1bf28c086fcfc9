package dev.signet.app.config;

import dev.signet.authorizationserver.registry.TokenFormat;
import dev.signet.jwt.EncryptedJwt;
import dev.signet.jwt.key.DecryptionKey;
import dev.signet.jwt.key.EncryptionKey;
import dev.signet.jwt.key.KeyException;
import java.util.Optional;
import java.util.Set;

/** Reads {@code token_format} of a resource, and the {@code encryption} of its tokens (RFC 9068 §6). */
final class TokenFormatReader {

    private static final String ENCRYPTED = "encrypted_jwt";
    private static final String FORMATS = "jwt, " + ENCRYPTED + " or opaque";

    private final NamedFile files;

    TokenFormatReader(NamedFile files) {
        this.files = files;
    }

    /** The format; empty if there is none to be had, which may be a fault. */
    Optional<TokenFormat> read(Section resource) {
        Optional<String> name = resource.value("token_format", FORMATS, TokenFormatReader::known);
        boolean encrypted = name.equals(Optional.of(ENCRYPTED));
        if (encrypted && !resource.has("encryption")) {
            resource.required("encryption", "algorithm, and jwk or key_file of the resource server", text -> text);
        }
        if (!encrypted && resource.has("encryption")) {
            resource.fault("encryption", "is for token_format " + ENCRYPTED + " only");
        }
        Optional<TokenFormat> encryption = resource.section("encryption").flatMap(this::encryption);
        return name.flatMap(format -> switch (format) {
            case "opaque" -> Optional.of(TokenFormat.opaque());
            case ENCRYPTED -> encryption;
            default -> Optional.of(TokenFormat.jwt());
        });
    }

    private static String known(String name) {
        if (!Set.of("jwt", ENCRYPTED, "opaque").contains(name)) {
            throw new IllegalArgumentException();
        }
        return name;
    }

    private Optional<TokenFormat> encryption(Section section) {
        Optional<String> algorithm = section.required(
                "algorithm", oneOf(DecryptionKey.ALGORITHMS), text -> require(DecryptionKey.ALGORITHMS, text));
        Optional<String> content = section.value(
                "content_encryption", oneOf(EncryptedJwt.ENCRYPTIONS), text -> require(EncryptedJwt.ENCRYPTIONS, text));
        boolean inFile = section.has("key_file");
        if (section.has("jwk") == inFile) {
            section.fault("", "expected one of jwk and key_file");
        }
        Optional<EncryptionKey> key = algorithm.flatMap(alg -> inFile ? fromFile(section, alg) : inline(section, alg));
        section.done();
        return key.map(recipient -> TokenFormat.encryptedJwt(recipient, content.orElse("A256GCM")));
    }

    private Optional<EncryptionKey> fromFile(Section section, String algorithm) {
        return section.value("key_file", "the name of a PEM file with a public key", name -> {
            try {
                return EncryptionKey.fromPem(files.read(name), algorithm);
            } catch (KeyException e) {
                throw unfit(algorithm, e);
            }
        });
    }

    private static Optional<EncryptionKey> inline(Section section, String algorithm) {
        try {
            return section.section("jwk").map(jwk -> EncryptionKey.fromJwk(YamlJson.object(jwk.entries()), algorithm));
        } catch (KeyException e) {
            section.fault("jwk", unfit(algorithm, e).reason());
            return Optional.empty();
        }
    }

    private static RefusedValue unfit(String algorithm, KeyException cause) {
        return new RefusedValue("no public key for " + algorithm + ": " + cause.getMessage());
    }

    private static String oneOf(Set<String> names) {
        return "one of " + String.join(", ", names);
    }

    private static String require(Set<String> names, String name) {
        if (!names.contains(name)) {
            throw new IllegalArgumentException();
        }
        return name;
    }
}
