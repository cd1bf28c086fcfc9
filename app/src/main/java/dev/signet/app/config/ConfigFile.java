package dev.signet.app.config;

import dev.signet.app.config.Settings.Parties;
import dev.signet.app.config.Settings.Site;
import dev.signet.app.config.YamlNode.Entries;
import dev.signet.app.crypto.CryptoChoice;
import dev.signet.app.crypto.CryptoUnavailable;
import dev.signet.app.crypto.SelectedCrypto;
import dev.signet.app.listener.ListenAddress;
import dev.signet.app.log.LogLevel;
import dev.signet.authorizationserver.grant.RefreshTokenLifetimes;
import dev.signet.authorizationserver.registration.RegistrationPolicy;
import dev.signet.authorizationserver.registry.ProtectedResources;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.requestobject.RequestPolicy;
import dev.signet.authorizationserver.resourceowner.KnownAccounts;
import dev.signet.authorizationserver.trust.KeySources;
import dev.signet.authorizationserver.trust.TrustedIssuers;
import dev.signet.core.Issuer;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.outbound.OutboundHttp;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A configuration file: first taken apart, then read into {@link Settings}. Both together report every fault at once.
 *
 * <p>Between the two, {@link #cryptoChoice} says which provider is wanted, so that native code can be loaded meanwhile.
 */
public final class ConfigFile {

    private static final int MAXIMUM_BYTES = 1024 * 1024;

    private final Faults faults;
    private final Section top;
    private final NamedFile files;
    private final CryptoChoice cryptoChoice;

    private ConfigFile(Faults faults, Section top, NamedFile files) {
        this.faults = faults;
        this.top = top;
        this.files = files;
        this.cryptoChoice = top.value("crypto", "auto, jdk or accp", name -> oneOf(CryptoChoice.class, name))
                .orElse(CryptoChoice.AUTO);
    }

    /**
     * Takes a file apart.
     *
     * @throws ConfigException if it can't be read, or is no YAML
     */
    public static ConfigFile parse(Path file, Environment environment) {
        Faults faults = new Faults(file.toString());
        Optional<Entries> entries = Optional.empty();
        try {
            entries = new YamlReader(faults, environment).read(text(file));
        } catch (TooLong e) {
            faults.add(0, "", "is longer than " + MAXIMUM_BYTES + " bytes");
        } catch (NoSuchFileException e) {
            faults.add(0, "", "there is no such file");
        } catch (CharacterCodingException e) {
            faults.add(0, "", "expected text in UTF-8");
        } catch (IOException e) {
            faults.add(0, "", "cannot be read");
        }
        if (entries.isEmpty()) {
            faults.throwIfAny();
        }
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file.toAbsolutePath());
        Section top = Section.top(entries.orElse(new Entries(Map.of(), 1)), faults);
        return new ConfigFile(faults, top, new NamedFile(folder));
    }

    /** A file that is no such thing, a device or a log, is not read to its end. */
    private static String text(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAXIMUM_BYTES + 1);
            if (bytes.length > MAXIMUM_BYTES) {
                throw new TooLong();
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        }
    }

    private static final class TooLong extends IOException {
        TooLong() {
            super("the configuration file is too long");
        }
    }

    /** The provider it asks for. */
    public CryptoChoice cryptoChoice() {
        return cryptoChoice;
    }

    /**
     * Reads the settings.
     *
     * @param crypto asked for once it is needed; as {@link #cryptoChoice} wants it
     * @throws ConfigException with every fault in the file
     */
    public Settings read(Supplier<SelectedCrypto> crypto, Clock clock) {
        Optional<Issuer> issuer = issuer();
        ListenAddress listen = new ListenReader(files).read(top, issuer);
        Optional<StoreSettings> store = new StoreReader(files).read(top);
        LogLevel logLevel = logLevel();
        OutboundHttp outbound = outbound();
        AccessTokenSettings accessTokens = new AccessTokensReader(files).read(top);
        Optional<ProtectedResources> resources = new ResourceReader(files).read(top);
        SigningSettings signing = new SigningReader(files, selected(crypto))
                .read(top, resources.map(ProtectedResources::signingAlgorithms).orElse(Set.of()));
        List<String> decryption = new DecryptionReader().read(top);
        CryptoProvider provider = signing.crypto().provider();
        References references = new References(outbound, signing.algorithms());
        resources.ifPresent(references::resources);
        ClientAuthenticationReader authentication = new ClientAuthenticationReader(top);
        references.allowedMethods(authentication.allowed());
        List<RegisteredClient> clients = new ClientReader(provider, references).read(top);
        references.clients(clients);
        ClientAuthenticationSettings clientAuthentication = authentication.settings(clients);
        KnownAccounts accounts = new UserReader(references).read(top);
        RevocationSettings revocation = new RevocationReader().read(top);
        RefreshTokenLifetimes refreshTokens = new RefreshTokensReader().read(top);
        RequestPolicy requests = new RequestsReader(outbound).read(top);
        Optional<RegistrationPolicy> registration = new RegistrationReader().read(top);
        registration
                .map(references::faults)
                .ifPresent(faulty -> top.section("registration").ifPresent(section -> faulty.forEach(section::fault)));
        Optional<PageSettings> pages = new PageReader(files).read(top, issuer);
        KeySources keys = KeySources.over(outbound, clock, provider);
        TrustedIssuers trusted = new TrustedIssuerReader(keys, references).read(top);
        top.done();
        faults.throwIfAny();
        return new Settings(
                new Site(issuer.orElseThrow(), listen, outbound, keys, logLevel),
                new Parties(resources.orElseThrow(), clients, accounts, trusted),
                clientAuthentication,
                accessTokens,
                signing,
                decryption,
                store.orElseThrow(),
                revocation,
                refreshTokens,
                requests,
                registration,
                pages.orElseThrow());
    }

    /** What fits nowhere in particular, as a fault of the file. */
    public ConfigException fault(String expected) {
        faults.add(0, "", expected);
        try {
            faults.throwIfAny();
        } catch (ConfigException e) {
            return e;
        }
        throw new IllegalStateException("a fault was just added");
    }

    private SelectedCrypto selected(Supplier<SelectedCrypto> crypto) {
        try {
            return crypto.get();
        } catch (CryptoUnavailable e) {
            top.fault("crypto", String.valueOf(e.getMessage()));
            return CryptoChoice.JDK.select();
        }
    }

    private Optional<Issuer> issuer() {
        return top.required("issuer", "an https URL without query and fragment (http for localhost only)", Issuer::of);
    }

    private LogLevel logLevel() {
        Optional<Section> log = top.section("log");
        Optional<LogLevel> level = log.flatMap(
                section -> section.value("level", "error, warn, info or debug", name -> oneOf(LogLevel.class, name)));
        log.ifPresent(Section::done);
        return level.orElse(LogLevel.INFO);
    }

    private OutboundHttp outbound() {
        Optional<Section> section = top.section("outbound");
        Optional<List<String>> hosts =
                section.flatMap(outbound -> outbound.values("allow_hosts", "a host or host:port", host -> {
                    opened(Set.of(host));
                    return host;
                }));
        section.ifPresent(Section::done);
        return opened(Set.copyOf(hosts.orElse(List.of())));
    }

    private static OutboundHttp opened(Set<String> hosts) {
        return OutboundHttp.builder().allowHosts(hosts).build();
    }

    private static <E extends Enum<E>> E oneOf(Class<E> type, String name) {
        if (!name.equals(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("upper case");
        }
        return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
    }
}
