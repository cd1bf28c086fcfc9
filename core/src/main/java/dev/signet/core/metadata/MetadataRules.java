package dev.signet.core.metadata;

import static dev.signet.core.metadata.AuthorizationServerMetadata.AUTHORIZATION_ENDPOINT;
import static dev.signet.core.metadata.AuthorizationServerMetadata.AUTH_ALGORITHMS;
import static dev.signet.core.metadata.AuthorizationServerMetadata.AUTH_METHODS;
import static dev.signet.core.metadata.AuthorizationServerMetadata.CODE_CHALLENGE_METHODS;
import static dev.signet.core.metadata.AuthorizationServerMetadata.GRANT_TYPES;
import static dev.signet.core.metadata.AuthorizationServerMetadata.INTROSPECTION_ALGORITHMS;
import static dev.signet.core.metadata.AuthorizationServerMetadata.INTROSPECTION_ENCRYPTION;
import static dev.signet.core.metadata.AuthorizationServerMetadata.INTROSPECTION_ENDPOINT;
import static dev.signet.core.metadata.AuthorizationServerMetadata.INTROSPECTION_KEY_MANAGEMENT;
import static dev.signet.core.metadata.AuthorizationServerMetadata.INTROSPECTION_METHODS;
import static dev.signet.core.metadata.AuthorizationServerMetadata.INTROSPECTION_SIGNING;
import static dev.signet.core.metadata.AuthorizationServerMetadata.PUSHED_REQUEST_ENDPOINT;
import static dev.signet.core.metadata.AuthorizationServerMetadata.RESPONSE_MODES;
import static dev.signet.core.metadata.AuthorizationServerMetadata.RESPONSE_TYPES;
import static dev.signet.core.metadata.AuthorizationServerMetadata.REVOCATION_ALGORITHMS;
import static dev.signet.core.metadata.AuthorizationServerMetadata.REVOCATION_ENDPOINT;
import static dev.signet.core.metadata.AuthorizationServerMetadata.REVOCATION_METHODS;
import static dev.signet.core.metadata.AuthorizationServerMetadata.TOKEN_ENDPOINT;

import dev.signet.core.internal.ProtocolUri;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** What must hold between the members of metadata that is to be published (RFC 8414 §2). */
final class MetadataRules {

    private final Map<String, URI> uris;
    private final Map<String, List<String>> lists;
    private final List<String> faults = new ArrayList<>();

    private MetadataRules(Map<String, URI> uris, Map<String, List<String>> lists) {
        this.uris = uris;
        this.lists = lists;
    }

    /** What is missing, contradicts another member, or is no https URI. */
    static List<String> faults(
            Map<String, URI> uris, Map<String, List<String>> lists, RequestObjectSupport requestObjects) {
        MetadataRules rules = new MetadataRules(uris, lists);
        rules.checkValues();
        rules.checkMembers();
        rules.checkRequests(requestObjects);
        return rules.faults;
    }

    private void checkValues() {
        uris.forEach((name, uri) -> {
            try {
                ProtocolUri.parse(name, uri.toString());
            } catch (IllegalArgumentException e) {
                faults.add(e.getMessage());
            }
        });
        lists.forEach((name, values) -> {
            if (new HashSet<>(values).size() < values.size()) {
                faults.add(name + " names a value twice");
            }
        });
    }

    private void checkMembers() {
        boolean authorizes = uris.containsKey(AUTHORIZATION_ENDPOINT);
        requireLike(RESPONSE_TYPES, authorizes, AUTHORIZATION_ENDPOINT);
        requireLike(RESPONSE_MODES, authorizes, AUTHORIZATION_ENDPOINT);
        requireLike(CODE_CHALLENGE_METHODS, authorizes, AUTHORIZATION_ENDPOINT);
        requireLike(GRANT_TYPES, uris.containsKey(TOKEN_ENDPOINT) || authorizes, TOKEN_ENDPOINT);
        checkAuthentication(TOKEN_ENDPOINT, AUTH_METHODS, AUTH_ALGORITHMS);
        checkAuthentication(REVOCATION_ENDPOINT, REVOCATION_METHODS, REVOCATION_ALGORITHMS);
        checkAuthentication(INTROSPECTION_ENDPOINT, INTROSPECTION_METHODS, INTROSPECTION_ALGORITHMS);
        checkIntrospectionForms();
    }

    private void checkRequests(RequestObjectSupport requestObjects) {
        if (uris.containsKey(AUTHORIZATION_ENDPOINT)) {
            return;
        }
        if (uris.containsKey(PUSHED_REQUEST_ENDPOINT)) {
            faults.add(PUSHED_REQUEST_ENDPOINT + " is given, though there is no " + AUTHORIZATION_ENDPOINT);
        }
        if (requestObjects.isSome()) {
            faults.add("request objects are taken, though there is no " + AUTHORIZATION_ENDPOINT);
        }
    }

    private void checkIntrospectionForms() {
        boolean signs = isSaid(INTROSPECTION_SIGNING);
        if (signs && !uris.containsKey(INTROSPECTION_ENDPOINT)) {
            faults.add(INTROSPECTION_SIGNING + " is given, though there is no " + INTROSPECTION_ENDPOINT);
        }
        if (isSaid(INTROSPECTION_KEY_MANAGEMENT) && !signs) {
            faults.add(INTROSPECTION_KEY_MANAGEMENT + " is given, though there is no " + INTROSPECTION_SIGNING);
        }
        requireLike(INTROSPECTION_ENCRYPTION, isSaid(INTROSPECTION_KEY_MANAGEMENT), INTROSPECTION_KEY_MANAGEMENT);
        if (lists.getOrDefault(INTROSPECTION_SIGNING, List.of()).contains("none")) {
            faults.add(INTROSPECTION_SIGNING + " must not hold none");
        }
    }

    private void checkAuthentication(String endpoint, String methodsName, String algorithmsName) {
        requireLike(methodsName, uris.containsKey(endpoint), endpoint);
        List<String> methods = lists.getOrDefault(methodsName, List.of());
        boolean asserts = methods.contains("private_key_jwt") || methods.contains("client_secret_jwt");
        requireLike(algorithmsName, asserts, "a method with an assertion");
        if (lists.getOrDefault(algorithmsName, List.of()).contains("none")) {
            faults.add(algorithmsName + " must not hold none");
        }
    }

    private boolean isSaid(String name) {
        return !lists.getOrDefault(name, List.of()).isEmpty();
    }

    /** A list says something exactly if that is there which it speaks about. */
    private void requireLike(String name, boolean due, String cause) {
        boolean said = isSaid(name);
        if (due && !said) {
            faults.add(name + " is missing, though there is " + cause);
        } else if (said && !due) {
            faults.add(name + " is given, though there is no " + cause);
        }
    }
}
