package dev.signet.authorizationserver.resourceowner;

import dev.signet.authorizationserver.claims.Attributes;
import dev.signet.jwt.json.JsonException;
import dev.signet.jwt.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An account with what its owner signs in with. Immutable. */
public final class UserAccount {

    private static final int LONGEST_HASH = 512;

    private final Account account;
    private final Optional<Username> username;
    private final Optional<String> passwordHash;

    private UserAccount(Account account, Builder builder) {
        this.account = account;
        this.username = Optional.ofNullable(builder.username);
        this.passwordHash = Optional.ofNullable(builder.passwordHash);
    }

    /** Starts an account that nobody can sign in to. */
    public static Builder builder(String subject) {
        return new Builder(subject);
    }

    /** An account that nobody can sign in to. */
    public static UserAccount of(Account account) {
        return new UserAccount(account, builder(account.subject()));
    }

    /**
     * Reads what {@link #toJson} gave.
     *
     * @throws JsonException if a member is missing, or of another type
     * @throws IllegalArgumentException naming every fault of what is described
     */
    public static UserAccount fromJson(JsonObject json) {
        Builder builder = builder(json.requireString("sub"));
        json.findString("username").ifPresent(name -> builder.username(new Username(name)));
        json.findString("password_hash").ifPresent(builder::passwordHash);
        json.findBoolean("enabled").ifPresent(builder::enabled);
        json.findObject("attributes").ifPresent(values -> builder.attributes(Attributes.of(values)));
        return builder.build();
    }

    /** All of it, under the names of the configuration file. */
    public JsonObject toJson() {
        JsonObject.Builder json = JsonObject.builder().put("sub", subject());
        username.ifPresent(name -> json.put("username", name.value()));
        passwordHash.ifPresent(hash -> json.put("password_hash", hash));
        json.put("enabled", account.isEnabled());
        if (!account.attributes().isEmpty()) {
            json.put("attributes", account.attributes().toJson());
        }
        return json.build();
    }

    /** A builder that starts with this account. */
    public Builder toBuilder() {
        Builder builder = builder(subject()).enabled(account.isEnabled()).attributes(account.attributes());
        builder.username = username.orElse(null);
        builder.passwordHash = passwordHash.orElse(null);
        return builder;
    }

    /** Who it is, for tokens. */
    public Account account() {
        return account;
    }

    /** {@code sub} of its tokens. */
    public String subject() {
        return account.subject();
    }

    /** What its owner signs in with; nobody signs in without. */
    public Optional<Username> username() {
        return username;
    }

    /** The password, as whoever checks it wrote it down, such as {@code $argon2id$…}; nobody signs in by password without. */
    public Optional<String> passwordHash() {
        return passwordHash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof UserAccount that && toJson().equals(that.toJson());
    }

    @Override
    public int hashCode() {
        return subject().hashCode();
    }

    /** The subject only. */
    @Override
    public String toString() {
        return "UserAccount " + subject();
    }

    /** Describes an account. {@link #build()} reports all that is wrong with it at once. */
    public static final class Builder {

        private final String subject;
        private @Nullable Username username;
        private @Nullable String passwordHash;
        private boolean enabled = true;
        private Attributes attributes = Attributes.none();

        private Builder(String subject) {
            this.subject = subject;
        }

        /** What its owner signs in with. */
        public Builder username(Username name) {
            this.username = name;
            return this;
        }

        /** The password, as whoever checks it wrote it down: visible ASCII, 512 characters at most. */
        public Builder passwordHash(String hash) {
            this.passwordHash = hash;
            return this;
        }

        /** Whether it can be used; it can unless said otherwise. */
        public Builder enabled(boolean isEnabled) {
            this.enabled = isEnabled;
            return this;
        }

        /** What is known about its owner; nothing unless given. */
        public Builder attributes(Attributes known) {
            this.attributes = Objects.requireNonNull(known, "attributes");
            return this;
        }

        /**
         * The account.
         *
         * @throws IllegalArgumentException naming every fault
         */
        public UserAccount build() {
            List<String> faults = new ArrayList<>();
            if (!Account.isSubject(subject)) {
                faults.add("sub must have 1 to " + Account.LONGEST_SUBJECT
                        + " characters, none of them a control character");
            }
            if (passwordHash != null && !isHash(passwordHash)) {
                faults.add("password_hash must have 1 to " + LONGEST_HASH + " visible ASCII characters");
            }
            if (passwordHash != null && username == null) {
                faults.add("password_hash is of no use without username");
            }
            if (!faults.isEmpty()) {
                throw new IllegalArgumentException("account: " + String.join("; ", faults));
            }
            return new UserAccount(new Account(subject, enabled, attributes), this);
        }

        private static boolean isHash(String text) {
            return !text.isEmpty()
                    && text.length() <= LONGEST_HASH
                    && text.chars().allMatch(character -> character > 0x20 && character < 0x7F);
        }
    }
}
