package dev.signet.authorizationserver.resourceowner;

import dev.signet.core.Scope;
import dev.signet.core.authorization.Authentication;
import dev.signet.core.http.ProtocolResponse;
import java.util.Objects;

/** What a resource owner says to an authorization request. */
public sealed interface Decision {

    /**
     * Yes.
     *
     * @param subject who says so: {@code sub} of the tokens, before it is made pairwise
     * @param authentication how and when that was found out
     * @param scope what is granted: what was asked for, or less
     */
    record Approved(String subject, Authentication authentication, Scope scope) implements Decision {

        /** @throws IllegalArgumentException if the subject can't be one */
        public Approved {
            if (!Account.isSubject(subject)) {
                throw new IllegalArgumentException("subject must be one that an account can have");
            }
            Objects.requireNonNull(authentication, "authentication");
            Objects.requireNonNull(scope, "scope");
        }

        /** Nothing about who it is. */
        @Override
        public String toString() {
            return "Approved " + scope;
        }
    }

    /** No: the client is told {@code access_denied}. */
    record Denied() implements Decision {}

    /**
     * Not known yet.
     *
     * @param response what the user agent gets, such as a page; it is not stored by caches and not shown in frames, whatever it says
     *     about that itself
     */
    record Ask(ProtocolResponse response) implements Decision {

        /** It is needed. */
        public Ask {
            Objects.requireNonNull(response, "response");
        }
    }
}
