package dev.signet.app.command;

import dev.signet.jwt.key.KeyUse;
import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code --use}: which keys of the server are meant, in the words of RFC 7517 §4.2. */
final class KeyUseOption {

    @Option(
            names = "--use",
            paramLabel = "USE",
            converter = Named.class,
            defaultValue = "sig",
            description = "sig: the keys that sign; enc: those that senders encrypt to (default: ${DEFAULT-VALUE})")
    private KeyUse use = KeyUse.SIGNATURE;

    KeyUse use() {
        return use;
    }

    /** Reads the name. */
    static final class Named implements ITypeConverter<KeyUse> {

        @Override
        public KeyUse convert(String name) {
            return Arrays.stream(KeyUse.values())
                    .filter(use -> use.wireName().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("expected sig or enc"));
        }
    }
}
