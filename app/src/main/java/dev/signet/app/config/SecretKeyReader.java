package dev.signet.app.config;

import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;

/** Reads a secret key that stands in the configuration or in a file of its own: {@code key} or {@code key_file}. */
final class SecretKeyReader {

    private final NamedFile files;

    SecretKeyReader(NamedFile files) {
        this.files = files;
    }

    /**
     * The key, if there is one.
     *
     * @param name the key of the section; with {@code _file} at its end the one that names the file
     * @param expected what it must be, in words
     * @param parser takes its octets, or refuses them
     */
    <T> Optional<T> read(Section section, String name, String expected, Function<byte[], T> parser) {
        Optional<T> key = section.value(name, expected, text -> parser.apply(octets(text)));
        Optional<T> file = section.value(name + "_file", "the name of a file", fileName -> {
            String text = files.read(fileName);
            try {
                return parser.apply(octets(text));
            } catch (IllegalArgumentException e) {
                throw new RefusedValue("expected the file to hold " + expected);
            }
        });
        if (section.has(name) && section.has(name + "_file")) {
            section.fault("", "expected one of " + name + " and " + name + "_file");
        }
        return key.or(() -> file);
    }

    /** Base64 in either alphabet, as {@code openssl rand -base64 32} and our own key files have it. */
    private static byte[] octets(String text) {
        return Base64.getUrlDecoder()
                .decode(text.strip().replace('+', '-').replace('/', '_').replaceFirst("=*$", ""));
    }
}
