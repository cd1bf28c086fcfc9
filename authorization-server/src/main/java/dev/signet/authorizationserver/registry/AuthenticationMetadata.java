package dev.signet.authorizationserver.registry;

import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.JwsAlgorithm;
import java.util.List;
import java.util.Set;

/** How a client proves who it is (RFC 7591 §2, OpenID Connect Core 1.0 §9, D-55). */
final class AuthenticationMetadata implements FeatureMetadata {

    private static final String CLIENT_SECRET = "client_secret";
    private static final String METHOD = "token_endpoint_auth_method";
    private static final String ALGORITHM = "token_endpoint_auth_signing_alg";
    private static final String FEDERATED = "federated_identity";
    private static final String LEGACY_AUDIENCE = "legacy_assertion_audience";
    private static final String REQUIRE_TYP = "require_assertion_typ";
    private static final String TRY_ALL_KEYS = "try_all_keys";

    @Override
    public Set<String> members() {
        return Set.of(CLIENT_SECRET, METHOD, ALGORITHM, FEDERATED, LEGACY_AUDIENCE, REQUIRE_TYP, TRY_ALL_KEYS);
    }

    /** The secret is the server's to choose. */
    @Override
    public Set<String> registrable() {
        return Set.of(METHOD, ALGORITHM, REQUIRE_TYP);
    }

    @Override
    public void read(MemberReader metadata, RegisteredClient.Builder client) {
        metadata.text(CLIENT_SECRET, client::secret);
        metadata.text(
                METHOD,
                name -> client.authenticationMethod(
                        MemberReader.supported(METHOD, ClientAuthenticationMethod.find(name))));
        metadata.algorithm(ALGORITHM, client::assertionSigningAlgorithm);
        metadata.object(FEDERATED, identity -> client.federatedIdentity(FederatedIdentity.fromJson(identity)));
        metadata.flag(LEGACY_AUDIENCE, client::legacyAssertionAudience);
        metadata.flag(REQUIRE_TYP, client::requireAssertionTyp);
        metadata.flag(TRY_ALL_KEYS, client::tryAllKeys);
        chooseMethod(metadata, client);
    }

    /** RFC 7591 §2 has HTTP Basic for a default; whoever registers keys, or the issuer that has some, means to use them. */
    private static void chooseMethod(MemberReader metadata, RegisteredClient.Builder client) {
        if (metadata.has(METHOD)) {
            return;
        }
        if (KeysMetadata.areIn(metadata) || metadata.has(FEDERATED)) {
            client.authenticationMethod(ClientAuthenticationMethod.PRIVATE_KEY_JWT);
        } else if (metadata.has(CLIENT_SECRET)) {
            client.authenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC);
        }
    }

    @Override
    public void write(RegisteredClient client, JsonObject.Builder json) {
        json.put(METHOD, client.authenticationMethod().wireName());
        client.assertionSigningAlgorithm().ifPresent(algorithm -> json.put(ALGORITHM, algorithm.joseName()));
        client.federatedIdentity().ifPresent(identity -> json.put(FEDERATED, identity.toJson()));
        if (client.legacyAssertionAudience()) {
            json.put(LEGACY_AUDIENCE, true);
        }
        if (client.requireAssertionTyp()) {
            json.put(REQUIRE_TYP, true);
        }
        if (client.tryAllKeys()) {
            json.put(TRY_ALL_KEYS, true);
        }
    }

    @Override
    public void check(RegisteredClient.Builder client, List<String> faults) {
        if (client.authenticationMethod == null && !client.isAtFault(METHOD)) {
            faults.add("token_endpoint_auth_method is missing");
        }
    }

    @Override
    public void check(RegisteredClient.Builder client, ClientAuthenticationMethod method, List<String> faults) {
        checkSecret(client, method, faults);
        checkAlgorithm(client, method, faults);
        checkFederated(client, method, faults);
        if (!method.usesAssertion() && (client.legacyAssertionAudience || client.requireAssertionTyp)) {
            faults.add("legacy_assertion_audience and require_assertion_typ are for methods with an assertion");
        }
        if (client.tryAllKeys
                && (method != ClientAuthenticationMethod.PRIVATE_KEY_JWT || client.federatedIdentity != null)) {
            faults.add("try_all_keys is for private_key_jwt with keys of the client's own");
        }
    }

    private static void checkSecret(
            RegisteredClient.Builder client, ClientAuthenticationMethod method, List<String> faults) {
        boolean needed = method == ClientAuthenticationMethod.CLIENT_SECRET_BASIC
                || method == ClientAuthenticationMethod.CLIENT_SECRET_POST
                || method == ClientAuthenticationMethod.CLIENT_SECRET_JWT;
        boolean given = client.plainSecret != null || client.secret != null;
        if (needed && !given && !client.isAtFault(CLIENT_SECRET)) {
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

    private static void checkAlgorithm(
            RegisteredClient.Builder client, ClientAuthenticationMethod method, List<String> faults) {
        JwsAlgorithm algorithm = client.assertionSigningAlgorithm;
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
}
