package dev.signet.authorizationserver.registration;

import dev.signet.authorizationserver.registry.ClientSecret;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.registry.SelfRegistration;
import dev.signet.jwt.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** What the body of an update is held to, beyond what every registration is (RFC 7592 §2.2). */
final class UpdateRules {

    /** What the server says and a client must not. */
    private static final List<String> OF_THE_SERVER = List.of(
            "registration_access_token", "registration_client_uri", "client_secret_expires_at", "client_id_issued_at");

    private UpdateRules() {}

    static List<String> faults(RegisteredClient current, JsonObject asked) {
        List<String> faults = new ArrayList<>();
        if (asked.find("client_id").filter(current.clientId().value()::equals).isEmpty()) {
            faults.add("client_id must be that of the client");
        }
        OF_THE_SERVER.stream().filter(asked::has).forEach(name -> faults.add(name + " must not be given"));
        if (asked.find("client_secret")
                .filter(given -> !isSecret(current, given))
                .isPresent()) {
            faults.add("client_secret must be that of the client, or not be given");
        }
        if (asked.find("software_statement")
                .filter(given -> !isStatement(current, given))
                .isPresent()) {
            faults.add("software_statement must be the one that the client registered with, or not be given");
        }
        return faults;
    }

    private static boolean isSecret(RegisteredClient current, Object given) {
        return given instanceof String text
                && current.secret()
                        .filter((ClientSecret kept) -> kept.matches(text))
                        .isPresent();
    }

    private static boolean isStatement(RegisteredClient current, Object given) {
        return current.selfRegistration()
                .flatMap(SelfRegistration::softwareStatement)
                .filter(statement -> statement.text().equals(given))
                .isPresent();
    }
}
