package dev.signet.authorizationserver.registry;

import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.token.GrantType;
import dev.signet.jwt.key.JwsAlgorithm;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What must hold between the parts of a registration. */
final class RegistrationRules {

    private static final List<String> GRANT_TYPES = List.of(
            GrantType.AUTHORIZATION_CODE, GrantType.CLIENT_CREDENTIALS, GrantType.JWT_BEARER, GrantType.REFRESH_TOKEN);

    private RegistrationRules() {}

    static void check(RegisteredClient.Builder client, List<String> faults) {
        checkGrantTypes(client, faults);
        checkRotation(client, faults);
        if (client.accessTokenLifetime != null && !ProtectedResource.isTokenLifetime(client.accessTokenLifetime)) {
            faults.add("access_token_lifetime must be 60 to 3600 whole seconds");
        }
        ClientAuthenticationMethod method = client.authenticationMethod;
        if (method == null) {
            if (!client.isAtFault("token_endpoint_auth_method")) {
                faults.add("token_endpoint_auth_method is missing");
            }
            return;
        }
        checkSecret(client, method, faults);
        checkKeys(client, method, faults);
        checkAlgorithm(client.assertionSigningAlgorithm, method, faults);
        checkIntrospection(client, faults);
        checkFederated(client, method, faults);
        checkSelfIssued(client, method, faults);
        AuthorizationMetadata.check(client, method, faults);
        RequestObjectMetadata.check(client, method, faults);
        if (!method.usesAssertion() && (client.legacyAssertionAudience || client.requireAssertionTyp)) {
            faults.add("legacy_assertion_audience and require_assertion_typ are for methods with an assertion");
        }
        if (client.tryAllKeys
                && (method != ClientAuthenticationMethod.PRIVATE_KEY_JWT || client.federatedIdentity != null)) {
            faults.add("try_all_keys is for private_key_jwt with keys of the client's own");
        }
        if (method == ClientAuthenticationMethod.NONE
                && (client.introspectOwnTokens || !client.resourceServerFor.isEmpty())) {
            faults.add("resource_server_for and introspect_own_tokens are for clients that authenticate");
        }
        if (method == ClientAuthenticationMethod.NONE && client.grantTypes.contains(GrantType.CLIENT_CREDENTIALS)) {
            faults.add("a client that does not authenticate may not use client_credentials");
        }
    }

    private static void checkGrantTypes(RegisteredClient.Builder client, List<String> faults) {
        if (client.grantTypes.isEmpty()
                && client.resourceServerFor.isEmpty()
                && !client.isAtFault("grant_types")
                && !client.isAtFault("resource_server_for")) {
            faults.add("grant_types is missing");
        }
        if (!GRANT_TYPES.containsAll(client.grantTypes)) {
            faults.add("grant_types has an unsupported value: expected one of " + String.join(", ", GRANT_TYPES));
        }
        if (client.grantTypes.contains(GrantType.REFRESH_TOKEN)
                && !client.grantTypes.contains(GrantType.AUTHORIZATION_CODE)) {
            faults.add("grant_types has refresh_token without authorization_code, which it comes of");
        }
    }

    private static void checkRotation(RegisteredClient.Builder client, List<String> faults) {
        if (client.refreshTokenRotation.equals(RefreshTokenRotation.NONE)) {
            return;
        }
        if (!client.grantTypes.contains(GrantType.REFRESH_TOKEN) && !client.isAtFault("grant_types")) {
            faults.add("rotate_refresh_tokens is given without the grant type refresh_token");
        }
        if (client.authenticationMethod == ClientAuthenticationMethod.NONE) {
            faults.add(
                    "rotate_refresh_tokens and refresh_token_grace are for clients that authenticate: the refresh tokens of others "
                            + "are always rotated, without a grace");
        }
    }

    private static void checkSecret(
            RegisteredClient.Builder client, ClientAuthenticationMethod method, List<String> faults) {
        boolean needed = method == ClientAuthenticationMethod.CLIENT_SECRET_BASIC
                || method == ClientAuthenticationMethod.CLIENT_SECRET_POST
                || method == ClientAuthenticationMethod.CLIENT_SECRET_JWT;
        boolean given = client.plainSecret != null || client.secret != null;
        if (needed && !given && !client.isAtFault("client_secret")) {
            faults.add("client_secret is missing, though the method is " + method.wireName());
        }
        if (given && !needed) {
            faults.add("client_secret is given, though the method is " + method.wireName());
        }
        if (client.plainSecret != null && client.secret != null) {
            faults.add("client_secret is given twice");
        }
        if (needed && client.secret != null && client.secret instanceof MacSecret != isMac(method)) {
            faults.add("client_secret was kept for another method than " + method.wireName());
        }
    }

    private static boolean isMac(ClientAuthenticationMethod method) {
        return method == ClientAuthenticationMethod.CLIENT_SECRET_JWT;
    }

    private static void checkKeys(
            RegisteredClient.Builder client, ClientAuthenticationMethod method, List<String> faults) {
        boolean federated = client.federatedIdentity != null || client.isAtFault("federated_identity");
        boolean needed = method == ClientAuthenticationMethod.PRIVATE_KEY_JWT && !federated;
        if (client.jwks != null && client.jwksUri != null) {
            faults.add("jwks and jwks_uri are both given");
        }
        boolean given = client.jwks != null || client.jwksUri != null;
        if (needed && !given && !client.isAtFault("jwks") && !client.isAtFault("jwks_uri")) {
            faults.add("jwks or jwks_uri is missing, though the method is private_key_jwt without federated_identity");
        }
        boolean signsRequests = client.grantTypes.contains(GrantType.AUTHORIZATION_CODE);
        if (!needed && !federated && given && client.introspectionEncryption == null && !signsRequests) {
            faults.add("jwks or jwks_uri is given, though the method is " + method.wireName());
        }
        if (client.jwks != null) {
            client.jwks.skipped().forEach(reason -> faults.add("jwks: " + reason));
            if (needed && client.jwks.keys().isEmpty() && client.jwks.skipped().isEmpty()) {
                faults.add("jwks has no key");
            }
        }
        if (client.jwksUri != null && !isFetchable(client.jwksUri)) {
            faults.add("jwks_uri must be an https URL without user and fragment");
        }
    }

    /** The form of answers about tokens, for who may ask about some (RFC 9701 §6). */
    private static void checkIntrospection(RegisteredClient.Builder client, List<String> faults) {
        JwsAlgorithm algorithm = client.introspectionSigningAlgorithm;
        ResponseEncryption encryption = client.introspectionEncryption;
        if (algorithm != null && algorithm.isMac()) {
            faults.add("introspection_signed_response_alg is a MAC: answers are signed with a key of the server");
        }
        boolean asks = client.introspectOwnTokens || !client.resourceServerFor.isEmpty();
        if ((algorithm != null || encryption != null) && !asks && !client.isAtFault("resource_server_for")) {
            faults.add(
                    "introspection_signed_response_alg and introspection_encrypted_response_alg are for clients with "
                            + "resource_server_for or introspect_own_tokens");
        }
        if (encryption == null) {
            return;
        }
        if (client.jwks != null
                && client.jwks.encryptionKeys(encryption.algorithm()).isEmpty()) {
            faults.add("jwks has no key with use enc for " + encryption.algorithm());
        }
        if (client.jwks == null
                && client.jwksUri == null
                && !client.isAtFault("jwks")
                && !client.isAtFault("jwks_uri")) {
            faults.add("jwks or jwks_uri is missing, though introspection_encrypted_response_alg is given");
        }
    }

    /** One way to prove who it is: a second one, of other strength, would be the one to attack. */
    private static void checkFederated(
            RegisteredClient.Builder client, ClientAuthenticationMethod method, List<String> faults) {
        if (client.federatedIdentity == null) {
            return;
        }
        if (method != ClientAuthenticationMethod.PRIVATE_KEY_JWT) {
            faults.add("federated_identity is given, though the method is " + method.wireName());
        }
        if (client.jwks != null || client.jwksUri != null) {
            faults.add("federated_identity is given beside jwks or jwks_uri");
        }
        if (client.selfIssuedAssertions != null) {
            faults.add("self_issued_assertions are given, though the client has federated_identity and no keys");
        }
        if (client.assertionSigningAlgorithm != null || client.legacyAssertionAudience || client.requireAssertionTyp) {
            faults.add(
                    "token_endpoint_auth_signing_alg, legacy_assertion_audience and require_assertion_typ are given, though "
                            + "what is agreed with the issuer of federated_identity decides");
        }
    }

    /** Who speaks for others has to be known by a key of its own: a shared secret is known to the server, too. */
    private static void checkSelfIssued(
            RegisteredClient.Builder client, ClientAuthenticationMethod method, List<String> faults) {
        if (client.selfIssuedAssertions == null) {
            return;
        }
        if (method != ClientAuthenticationMethod.PRIVATE_KEY_JWT) {
            faults.add("self_issued_assertions are given, though the method is " + method.wireName());
        }
        if (!client.grantTypes.contains(GrantType.JWT_BEARER) && !client.isAtFault("grant_types")) {
            faults.add("self_issued_assertions are given without the grant type " + GrantType.JWT_BEARER);
        }
    }

    /** Plain http is left for the outgoing connections to refuse, which know the hosts it is allowed for. */
    private static boolean isFetchable(URI uri) {
        return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                && uri.getHost() != null
                && uri.getRawUserInfo() == null
                && uri.getRawFragment() == null;
    }

    private static void checkAlgorithm(
            @Nullable JwsAlgorithm algorithm, ClientAuthenticationMethod method, List<String> faults) {
        if (algorithm == null) {
            return;
        }
        if (!method.usesAssertion()) {
            faults.add("token_endpoint_auth_signing_alg is given, though the method is " + method.wireName());
        } else if (algorithm.isMac() != isMac(method)) {
            faults.add("token_endpoint_auth_signing_alg " + algorithm.joseName() + " does not fit the method "
                    + method.wireName());
        }
    }

    /** A MAC key has at least the length of the hash (RFC 7518 §3.2). */
    static void checkMac(RegisteredClient.Builder client, @Nullable ClientSecret secret, List<String> faults) {
        JwsAlgorithm algorithm = client.assertionSigningAlgorithm;
        if (secret instanceof MacSecret mac
                && algorithm != null
                && algorithm.isMac()
                && mac.keys(Set.of(algorithm)).isEmpty()) {
            faults.add("client_secret is too short for " + algorithm.joseName());
        }
    }
}
