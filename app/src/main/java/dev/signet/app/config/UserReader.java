package dev.signet.app.config;

import dev.signet.authorizationserver.claims.Attributes;
import dev.signet.authorizationserver.resourceowner.Account;
import dev.signet.authorizationserver.resourceowner.KnownAccounts;
import dev.signet.core.ClientId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads {@code users}: the subjects that have an account here (RFC 7521 §6.3). */
final class UserReader {

    private final References references;

    UserReader(References references) {
        this.references = references;
    }

    KnownAccounts read(Section top) {
        Map<String, Account> accounts = new LinkedHashMap<>();
        for (Section section : top.sections("users")) {
            Optional<String> subject = section.required(
                    "sub",
                    "1 to " + Account.LONGEST_SUBJECT + " characters, none of them a control character",
                    UserReader::subject);
            boolean enabled = section.flag("enabled").orElse(true);
            Attributes attributes = attributes(section);
            section.done();
            subject.ifPresent(sub -> {
                if (accounts.put(sub, new Account(sub, enabled, attributes)) != null) {
                    section.fault("sub", "is given to another user above");
                }
                if (ClientId.find(sub).filter(references::isClient).isPresent()) {
                    section.fault("sub", "is the client_id of a client");
                }
            });
        }
        return KnownAccounts.of(accounts.values());
    }

    private static String subject(String text) {
        if (!Account.isSubject(text)) {
            throw new IllegalArgumentException("no subject");
        }
        return text;
    }

    private static Attributes attributes(Section section) {
        Optional<Section> attributes = section.section("attributes");
        try {
            return attributes
                    .map(given -> Attributes.of(YamlJson.object(given.entries())))
                    .orElse(Attributes.none());
        } catch (IllegalArgumentException unfit) {
            section.fault("attributes", String.valueOf(unfit.getMessage()).replaceFirst("^attributes: ", ""));
            return Attributes.none();
        }
    }
}
