package dev.signet.app.config;

import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.trust.TrustedIssuer;
import java.util.Map;
import java.util.Optional;

/** What is kept in the store and not in the configuration file, but has to fit to it all the same. */
public final class Registrations {

    private final Settings settings;
    private final References references;

    private Registrations(Settings settings, References references) {
        this.settings = settings;
        this.references = references;
    }

    /** Those that go with these settings. */
    public static Registrations with(Settings settings) {
        References references =
                new References(settings.site().outbound(), settings.signing().algorithms());
        references.resources(settings.parties().resources());
        references.allowedMethods(settings.clientAuthentication().allowed());
        references.clients(settings.parties().clients());
        return new Registrations(settings, references);
    }

    /**
     * A trust in a file of its own, in the words of an entry of {@code trusted_issuers}, as YAML or JSON. It is kept for all
     * nodes, so nothing in it comes from the environment of one.
     *
     * @param file the name for faults
     * @throws ConfigException with every fault in it
     */
    public TrustedIssuer trust(String file, String text) {
        Faults faults = new Faults(file);
        Optional<TrustedIssuer> trust = new YamlReader(faults, Environment.of(Map.of()))
                .read(text)
                .flatMap(entries -> new TrustedIssuerReader(settings.site().keys(), references)
                        .issuer(Section.top(entries, faults)));
        faults.throwIfAny();
        return trust.orElseThrow();
    }

    /** What of a client does not fit to the settings, by member. */
    public Map<String, String> faults(RegisteredClient client) {
        return references.faults(client);
    }
}
