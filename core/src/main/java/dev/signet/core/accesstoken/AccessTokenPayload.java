package dev.signet.core.accesstoken;

import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.core.JwtId;
import dev.signet.core.Scope;
import dev.signet.core.authorization.Authentication;
import dev.signet.jwt.claims.NumericDate;
import dev.signet.jwt.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds the claims of an access token (RFC 9068 §2.2).
 *
 * <pre>{@code
 * JsonObject claims = AccessTokenPayload.builder()
 *         .issuer(issuer).subject("reporter").clientId(new ClientId("reporter"))
 *         .audience(List.of("https://api.example.com/orders"))
 *         .scope(Scope.of("orders.read")).jwtId(JwtId.of(random)).issuedAt(now).lifetime(Duration.ofMinutes(10))
 *         .build();
 * }</pre>
 */
public final class AccessTokenPayload {

    private AccessTokenPayload() {}

    /** Starts the claims of one token. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the claims; all but scope, authentication and further claims are required. */
    public static final class Builder {

        private @Nullable Issuer issuer;
        private @Nullable String subject;
        private @Nullable ClientId clientId;
        private @Nullable JwtId jwtId;
        private @Nullable Instant issuedAt;
        private Duration lifetime = Duration.ZERO;
        private List<String> audience = List.of();
        private Scope scope = Scope.empty();
        private @Nullable Authentication authentication;
        private JsonObject further = JsonObject.empty();

        private Builder() {}

        /** {@code iss}: the authorization server. */
        public Builder issuer(Issuer issuer) {
            this.issuer = issuer;
            return this;
        }

        /** {@code sub}: the resource owner, or the client where there is none. */
        public Builder subject(String subject) {
            this.subject = subject;
            return this;
        }

        /** {@code client_id}: the client that the token is issued to. */
        public Builder clientId(ClientId clientId) {
            this.clientId = clientId;
            return this;
        }

        /** {@code aud}: the resources, each as it was registered. One is written as a string, several as an array. */
        public Builder audience(List<String> audience) {
            this.audience = List.copyOf(audience);
            return this;
        }

        /** {@code scope}; left out if empty. */
        public Builder scope(Scope scope) {
            this.scope = scope;
            return this;
        }

        /** {@code jti}: the identifier of the token. */
        public Builder jwtId(JwtId jwtId) {
            this.jwtId = jwtId;
            return this;
        }

        /** {@code iat}: when the token is issued; a fraction of a second is cut off. */
        public Builder issuedAt(Instant issuedAt) {
            this.issuedAt = issuedAt;
            return this;
        }

        /** {@code exp}, counted from {@code iat}: at least one second, in whole seconds. */
        public Builder lifetime(Duration lifetime) {
            this.lifetime = lifetime;
            return this;
        }

        /** {@code auth_time}, {@code acr}, {@code amr}: how and when the resource owner authenticated (RFC 9068 §2.2.1). */
        public Builder authentication(Authentication authentication) {
            this.authentication = authentication;
            return this;
        }

        /**
         * Further claims, after the others.
         *
         * @throws IllegalArgumentException naming those of {@link AccessTokenProfile#RESERVED_CLAIMS} among them
         */
        public Builder claims(JsonObject further) {
            List<String> reserved = further.size() == 0 ? List.of() : AccessTokenProfile.reservedAmong(further.names());
            if (!reserved.isEmpty()) {
                throw new IllegalArgumentException("claims are reserved: " + String.join(", ", reserved));
            }
            this.further = further;
            return this;
        }

        /**
         * The claims.
         *
         * @throws IllegalArgumentException naming every claim that is missing
         */
        public JsonObject build() {
            if (issuer == null
                    || subject == null
                    || subject.isEmpty()
                    || clientId == null
                    || jwtId == null
                    || issuedAt == null
                    || audience.isEmpty()
                    || lifetime.toSeconds() < 1) {
                throw new IllegalArgumentException("access token claims: " + String.join(", ", faults()));
            }
            JsonObject.Builder json = JsonObject.builder()
                    .put("iss", issuer.value())
                    .put("sub", subject)
                    .put("client_id", clientId.value());
            if (audience.size() == 1) {
                json.put("aud", audience.get(0));
            } else {
                json.put("aud", audience);
            }
            if (!scope.isEmpty()) {
                json.put("scope", scope.toString());
            }
            json.put("iat", NumericDate.of(issuedAt))
                    .put("exp", NumericDate.of(issuedAt) + lifetime.toSeconds())
                    .put("jti", jwtId.value());
            if (authentication != null) {
                put(json, authentication);
            }
            if (further.size() > 0) {
                further.names()
                        .forEach(name -> json.put(name, further.find(name).orElseThrow()));
            }
            return json.build();
        }

        private static void put(JsonObject.Builder json, Authentication authentication) {
            json.put("auth_time", NumericDate.of(authentication.at()));
            authentication.contextClass().ifPresent(acr -> json.put("acr", acr));
            if (!authentication.methods().isEmpty()) {
                json.put("amr", authentication.methods());
            }
        }

        private List<String> faults() {
            List<String> faults = new ArrayList<>();
            addIfMissing(faults, "issuer", issuer);
            addIfMissing(faults, "subject", subject == null || subject.isEmpty() ? null : subject);
            addIfMissing(faults, "clientId", clientId);
            addIfMissing(faults, "audience", audience.isEmpty() ? null : audience);
            addIfMissing(faults, "jwtId", jwtId);
            addIfMissing(faults, "issuedAt", issuedAt);
            if (lifetime.toSeconds() < 1) {
                faults.add("lifetime must be at least 1 s");
            }
            return faults;
        }

        private static void addIfMissing(List<String> faults, String name, @Nullable Object value) {
            if (value == null) {
                faults.add(name + " is missing");
            }
        }
    }
}
