package dev.signet.app.config;

import dev.signet.app.config.StoreSettings.Encryption;
import dev.signet.storejdbc.EncryptionKey;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code store} and {@code encryption}: what must outlive the process, and the key that seals its secrets. */
final class StoreReader {

    private static final String EMBEDDED = StoreSettings.EMBEDDED;
    private static final String POSTGRESQL = "jdbc:postgresql:";
    private static final String URLS = EMBEDDED + "… or " + POSTGRESQL + "//…";
    private static final Pattern PASSWORD = Pattern.compile("(?i)[?&;]password=|//[^/@]*:[^/@]*@");
    private static final String WANTED = "base64 of 32 random bytes";

    private final NamedFile files;

    StoreReader(NamedFile files) {
        this.files = files;
    }

    Optional<StoreSettings> read(Section top) {
        if (!top.has("store")) {
            top.required("store", "a mapping with url", text -> text);
        }
        Optional<Section> store = top.section("store");
        Optional<String> url = store.flatMap(section -> section.required("url", URLS, this::url));
        Optional<String> user = store.flatMap(section -> section.text("user"));
        Optional<String> password = store.flatMap(section -> section.text("password"));
        store.ifPresent(Section::done);
        Optional<Encryption> encryption = encryption(top, url);
        if (url.isEmpty() || encryption.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new StoreSettings(url.get(), user, password, encryption.get()));
    }

    /** An H2 file is found from the folder of the configuration file, like every other file it names. */
    private String url(String text) {
        if (PASSWORD.matcher(text).find()) {
            throw new RefusedValue("expected no password in the URL: store.password is the place for it");
        }
        if (text.startsWith(POSTGRESQL + "//")) {
            return text;
        }
        if (!text.startsWith(EMBEDDED) || text.length() == EMBEDDED.length()) {
            throw new IllegalArgumentException("neither of the two");
        }
        String file = text.substring(EMBEDDED.length());
        if (file.contains(";")) {
            throw new RefusedValue("expected no settings after the file's name: those it needs are given by us");
        }
        if (file.startsWith("~")) {
            throw new RefusedValue("expected the file's name written out, without ~");
        }
        return EMBEDDED + files.locate(file).toAbsolutePath().normalize();
    }

    private Optional<Encryption> encryption(Section top, Optional<String> url) {
        if (top.has("encryption")) {
            return top.section("encryption").flatMap(this::encryption);
        }
        if (url.isPresent() && url.get().startsWith(EMBEDDED)) {
            return Optional.of(new Encryption.Generated(Path.of(url.get().substring(EMBEDDED.length()) + ".key")));
        }
        if (url.isPresent()) {
            top.fault("encryption", "is missing: expected key or key_file, with " + WANTED + " that every node shares");
        }
        return Optional.empty();
    }

    private Optional<Encryption> encryption(Section section) {
        Optional<Encryption> given = new SecretKeyReader(files)
                .read(section, "key", WANTED, EncryptionKey::of)
                .map(Encryption.Given::new);
        section.done();
        if (!section.has("key") && !section.has("key_file")) {
            section.fault("", "expected one of key and key_file");
        }
        return given;
    }
}
