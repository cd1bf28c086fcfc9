package dev.signet.app.config;

import dev.signet.authorizationserver.AuthorizationServer;
import dev.signet.authorizationserver.clientauth.AllowedMethods;
import dev.signet.authorizationserver.clientauth.ClientEndpoint;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.token.GrantType;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads {@code client_authentication}: by which methods clients may authenticate at each endpoint and for each grant. */
final class ClientAuthenticationReader {

    /** The grants that a server with a configuration file has. */
    static final Set<String> GRANTS = Set.of(
            GrantType.AUTHORIZATION_CODE, GrantType.CLIENT_CREDENTIALS, GrantType.JWT_BEARER, GrantType.REFRESH_TOKEN);

    private static final String MACS = ClientAuthenticationMethod.CLIENT_SECRET_JWT.wireName();

    private static final String EXPECTED = Arrays.stream(ClientAuthenticationMethod.values())
            .map(ClientAuthenticationMethod::wireName)
            .collect(Collectors.joining(", ", "one of ", ""));

    private final Optional<Section> section;
    private final AllowedMethods allowed;
    private final boolean takesMacs;
    private final boolean readable;

    ClientAuthenticationReader(Section top) {
        int faultsBefore = top.faultCount();
        this.section = top.section("client_authentication");
        this.allowed = section.map(ClientAuthenticationReader::read).orElse(AllowedMethods.all());
        this.takesMacs = section.flatMap(there -> there.flag(MACS)).orElse(false);
        section.ifPresent(Section::done);
        this.readable = top.faultCount() == faultsBefore;
    }

    private static AllowedMethods read(Section section) {
        AllowedMethods allowed = AllowedMethods.all();
        Optional<Section> endpoints = section.section("endpoints");
        for (ClientEndpoint endpoint : ClientEndpoint.values()) {
            Optional<Set<ClientAuthenticationMethod>> methods = endpoints.flatMap(of -> methods(of, endpoint.id()));
            if (methods.isPresent()) {
                allowed = allowed.at(endpoint, methods.get());
            }
        }
        endpoints.ifPresent(Section::done);
        Optional<Section> grants = section.section("grants");
        for (String grant : GRANTS.stream().sorted().toList()) {
            Optional<Set<ClientAuthenticationMethod>> methods = grants.flatMap(of -> methods(of, grant));
            if (methods.isPresent()) {
                allowed = allowed.forGrant(grant, methods.get());
            }
        }
        grants.ifPresent(Section::done);
        return allowed;
    }

    private static Optional<Set<ClientAuthenticationMethod>> methods(Section section, String key) {
        return section.values(
                        key,
                        EXPECTED,
                        name -> ClientAuthenticationMethod.find(name).orElseThrow(IllegalArgumentException::new))
                .map(Set::copyOf);
    }

    /** What is said, before it is held against anything; nothing while that can't be read. */
    AllowedMethods allowed() {
        return readable ? allowed : AllowedMethods.all();
    }

    /** What is said, held against the methods that are enabled. */
    ClientAuthenticationSettings settings(List<RegisteredClient> clients) {
        Set<ClientAuthenticationMethod> enabled = enabled(clients);
        section.ifPresent(
                there -> allowed().faults(enabled, GRANTS).forEach((path, words) -> there.fault(path, words(words))));
        return new ClientAuthenticationSettings(enabled, allowed());
    }

    private static String words(String words) {
        return words.replace("is not enabled", "is not enabled: say client_secret_jwt: true");
    }

    /** MACs are switched on, or by a client that is configured for them: the server then keeps secrets readable. */
    private Set<ClientAuthenticationMethod> enabled(List<RegisteredClient> clients) {
        Set<ClientAuthenticationMethod> enabled = EnumSet.copyOf(AuthorizationServer.DEFAULT_AUTHENTICATION_METHODS);
        if (takesMacs) {
            enabled.add(ClientAuthenticationMethod.CLIENT_SECRET_JWT);
        }
        clients.stream().map(RegisteredClient::authenticationMethod).forEach(enabled::add);
        return enabled;
    }
}
