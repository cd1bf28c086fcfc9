package dev.signet.core;

import dev.signet.core.error.ErrorCode;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.internal.Syntax;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What an access token may be used for, as a set of scope tokens (RFC 6749 §3.3).
 *
 * <p>Tokens are compared with letter case. The order in which they were given is kept for the wire, but scopes of
 * different order are equal.
 *
 * @param tokens the scope tokens; may be empty
 */
public record Scope(Set<String> tokens) {

    private static final Scope EMPTY = new Scope(Set.of());

    /** @throws IllegalArgumentException if one of the tokens holds a character that RFC 6749 §3.3 leaves out */
    public Scope {
        for (String token : tokens) {
            if (!Syntax.isScopeToken(token)) {
                throw new IllegalArgumentException("scope token must be visible ASCII without quote and backslash");
            }
        }
        tokens = Collections.unmodifiableSet(new LinkedHashSet<>(tokens));
    }

    /** The scope without tokens. */
    public static Scope empty() {
        return EMPTY;
    }

    /** The scope of these tokens. */
    public static Scope of(String... tokens) {
        return of(List.of(tokens));
    }

    /** The scope of these tokens. */
    public static Scope of(Collection<String> tokens) {
        return new Scope(new LinkedHashSet<>(tokens));
    }

    /**
     * Reads the wire form: tokens with one space between two. The empty text is the empty scope; the grammar has no form
     * for it, but servers write it into responses and tokens.
     *
     * @throws OAuthException {@code invalid_scope} for any other text; a token named twice counts once
     */
    public static Scope parse(String text) {
        if (text.isEmpty()) {
            return EMPTY;
        }
        Set<String> tokens = new LinkedHashSet<>();
        for (String token : text.split(" ", -1)) {
            if (!Syntax.isScopeToken(token)) {
                throw OAuthException.of(
                        ErrorCode.INVALID_SCOPE,
                        "scope is malformed",
                        RefusalReason.PARAMETER_MALFORMED,
                        "scope holds an empty token or a character that is not allowed");
            }
            tokens.add(token);
        }
        return new Scope(tokens);
    }

    /** True if the token is part of the scope. */
    public boolean contains(String token) {
        return tokens.contains(token);
    }

    /** True if every token of the other scope is part of this one. */
    public boolean containsAll(Scope other) {
        return tokens.containsAll(other.tokens);
    }

    /** The tokens that both scopes have, in the order of this one. */
    public Scope intersect(Scope other) {
        return of(tokens.stream().filter(other::contains).toList());
    }

    /** True if there is no token. */
    public boolean isEmpty() {
        return tokens.isEmpty();
    }

    /** The wire form. */
    @Override
    public String toString() {
        return String.join(" ", tokens);
    }
}
