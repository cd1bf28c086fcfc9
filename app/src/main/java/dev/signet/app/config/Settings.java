package dev.signet.app.config;

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
import dev.signet.outbound.OutboundHttp;
import java.util.List;
import java.util.Optional;

/**
 * A configuration file that was found good, part by part.
 *
 * @param registration what clients can have that register themselves; empty if they can't
 * @param decryptionAlgorithms what senders may encrypt with; empty if nothing may be encrypted
 */
public record Settings(
        Site site,
        Parties parties,
        ClientAuthenticationSettings clientAuthentication,
        AccessTokenSettings accessTokens,
        SigningSettings signing,
        List<String> decryptionAlgorithms,
        StoreSettings store,
        RevocationSettings revocation,
        RefreshTokenLifetimes refreshTokens,
        RequestPolicy requests,
        Optional<RegistrationPolicy> registration,
        PageSettings pages) {

    /** Copies the list. */
    public Settings {
        decryptionAlgorithms = List.copyOf(decryptionAlgorithms);
    }

    /**
     * Where the server is, and what it may reach.
     *
     * @param outbound for all connections to others
     * @param keys the sources of keys that are fetched over them
     */
    public record Site(
            Issuer issuer, ListenAddress listen, OutboundHttp outbound, KeySources keys, LogLevel logLevel) {}

    /** Whom the server knows. */
    public record Parties(
            ProtectedResources resources,
            List<RegisteredClient> clients,
            KnownAccounts accounts,
            TrustedIssuers trustedIssuers) {
        /** Copies the list. */
        public Parties {
            clients = List.copyOf(clients);
        }
    }

    /** Shows the issuer only. */
    @Override
    public String toString() {
        return "Settings[" + site.issuer() + "]";
    }
}
