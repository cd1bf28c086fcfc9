package dev.signet.app.config;

import dev.signet.app.password.PasswordHash;
import dev.signet.authorizationserver.claims.Attributes;
import dev.signet.authorizationserver.resourceowner.Account;
import dev.signet.authorizationserver.resourceowner.KnownAccounts;
import dev.signet.authorizationserver.resourceowner.UserAccount;
import dev.signet.authorizationserver.resourceowner.Username;
import dev.signet.core.ClientId;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code users}: the subjects that have an account here (RFC 7521 §6.3). */
final class UserReader {

    private final References references;

    UserReader(References references) {
        this.references = references;
    }

    KnownAccounts read(Section top) {
        Map<String, UserAccount> accounts = new LinkedHashMap<>();
        Set<Username> usernames = new HashSet<>();
        for (Section section : top.sections("users")) {
            user(section).ifPresent(account -> {
                if (accounts.put(account.subject(), account) != null) {
                    section.fault("sub", "is given to another user above");
                }
                if (ClientId.find(account.subject())
                        .filter(references::isClient)
                        .isPresent()) {
                    section.fault("sub", "is the client_id of a client");
                }
                if (account.username().filter(name -> !usernames.add(name)).isPresent()) {
                    section.fault("username", "is given to another user above");
                }
            });
        }
        return top.faultCount() == 0 ? KnownAccounts.ofUsers(accounts.values()) : KnownAccounts.of(List.of());
    }

    private static Optional<UserAccount> user(Section section) {
        Optional<UserAccount.Builder> builder = section.required(
                        "sub",
                        "1 to " + Account.LONGEST_SUBJECT + " characters, none of them a control character",
                        UserReader::subject)
                .map(UserAccount::builder);
        Optional<Username> username = section.value(
                "username",
                "1 to 128 visible characters, none of them a space",
                text -> Username.find(text).orElseThrow(IllegalArgumentException::new));
        Optional<String> hash = section.value(
                "password_hash",
                "an Argon2id hash as signet user hash-password prints it",
                text -> PasswordHash.find(text)
                        .orElseThrow(IllegalArgumentException::new)
                        .toText());
        Optional<Boolean> enabled = section.flag("enabled");
        Attributes attributes = attributes(section);
        section.done();
        if (section.has("password_hash") && !section.has("username")) {
            section.fault("password_hash", "is of no use without username");
            return Optional.empty();
        }
        return builder.map(user -> {
            username.ifPresent(user::username);
            username.flatMap(name -> hash).ifPresent(user::passwordHash);
            enabled.ifPresent(user::enabled);
            return user.attributes(attributes).build();
        });
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
