package dev.signet.core.error;

import dev.signet.jwt.Reason;
import java.util.Locale;

/**
 * Why a request or a token was refused, as a stable identifier for log, event and documentation.
 *
 * <p>The identifier is a promise; the rest is text for people and makes {@code docs/errors.md}. It stands beside the name it is
 * about, which makes the file long.
 */
public enum RefusalReason {
    JWT_TOO_LARGE(
            "The JWT is longer than the limit.",
            "It has more than 65 536 characters, often because an issuer lists every group of a subject.",
            "Ask the issuer for a smaller JWT.",
            "Have the issuer leave out claims that nobody here reads."),
    JWT_MALFORMED(
            "The text is not a JWT in compact serialization.",
            "It has not three parts (five if encrypted), kid or typ is not a string, or it is no JWT at all "
                    + "but, say, an opaque token or a file name.",
            "Send the JWT as it was issued, without quotes, line breaks or a Bearer before it.",
            "Look at what the client sends: signet token inspect shows it. An encrypted JWT needs a decryption "
                    + "key here."),
    JWT_BAD_ENCODING(
            "A part of the JWT is not canonical base64url.",
            "It was cut, padded with =, encoded in base64 instead of base64url, or changed on its way.",
            "Send it byte for byte as it was issued.",
            "Look for a proxy or a shell that changes or cuts long headers and forms."),
    JWT_BAD_JSON(
            "The header or the claims of the JWT are not UTF-8, or not one JSON object within the limits.",
            "The issuer writes no valid JSON, too deep or too much of it, or the text was changed.",
            "Have the library that makes the JWT write one JSON object in UTF-8.",
            "Nothing here; tell the issuer."),
    JWT_DUPLICATE_MEMBER(
            "The header or the claims of the JWT name a member twice.",
            "Two members have one name, so that two readers could read two things.",
            "Have the library that makes the JWT write each member once.",
            "Treat it as an attack if the issuer does not do this usually."),
    JWT_UNKNOWN_CRITICAL(
            "The JWT marks a header parameter as critical that is not understood.",
            "The header has crit; no extension that it could name is known here.",
            "Leave crit out.",
            "Nothing here; there is no switch."),
    JWT_UNENCODED_PAYLOAD(
            "The JWT has an unencoded payload.",
            "The header has b64 (RFC 7797), which JWTs must not have.",
            "Leave b64 out.",
            "Nothing here; there is no switch."),
    JWT_COMPRESSED(
            "The JWT is compressed.", "The header has zip.", "Do not compress.", "Nothing here; there is no switch."),
    JWT_ALGORITHM_UNKNOWN(
            "The algorithm of the JWT does not exist here; none is never one.",
            "alg is missing, none, or one that is left out on purpose, such as RSA1_5 or PBES2.",
            "Sign with ES256, PS256, Ed25519 or RS256.",
            "Nothing here; none can't be switched on."),
    JWT_ALGORITHM_NOT_ALLOWED(
            "The algorithm of the JWT is not among those agreed with its issuer.",
            "The sender signs with another algorithm than the one registered for it, or than those accepted "
                    + "from everybody.",
            "Sign with an algorithm that the server's metadata lists, or that you are registered with.",
            "Compare alg with token_endpoint_auth_signing_alg of the client or algorithms of the trusted "
                    + "issuer; add it there if you mean to."),
    JWT_KEY_UNKNOWN(
            "No key of the issuer fits the JWT.",
            "kid names a key that is not published, keys were rotated and the new one was not published first, "
                    + "or the token is of another server or environment.",
            "Publish the key in your JWK Set before you sign with it, and send its kid.",
            "Look at the jwks or jwks_uri of the signer. For own tokens, signet keys list shows which keys are "
                    + "published and since when the others are not."),
    JWT_KEY_AMBIGUOUS(
            "More than one key of the issuer fits the JWT.",
            "The JWT has no kid, or two keys of the set have the same.",
            "Send kid, and give each key one of its own.",
            "Have the key set corrected. For a client that can't send kid, try_all_keys tries its keys, up to five."),
    JWT_KEY_MISMATCH(
            "The key that the JWT names is for another algorithm.",
            "alg and the key that kid names do not belong together, as when an EC key was replaced by an RSA "
                    + "key under the old kid.",
            "Sign with the alg of the key that kid names.",
            "Have the key set state the alg of each key."),
    JWT_KEY_NOT_PINNED(
            "The key is not bound to one algorithm.",
            "An RSA key states no alg, and more than one RSA algorithm is accepted.",
            "State alg in your JWK.",
            "Have the key set state alg, or accept one RSA algorithm only."),
    JWT_BAD_SIGNATURE(
            "The signature or MAC of the JWT is wrong.",
            "It was signed with another key than kid says, changed after it was signed, or made by somebody " + "else.",
            "Sign with the key that is registered; for a MAC, with the secret that is registered.",
            "If the sender is sure, compare the registered key with its own. If it happens often, somebody is "
                    + "trying."),
    JWT_DECRYPTION_FAILED(
            "The encrypted JWT could not be decrypted.",
            "It is encrypted to a key that is not here any more or never was, in an algorithm that was not "
                    + "agreed on, or was changed.",
            "Encrypt to a key of the present JWK Set, by the algorithms that were agreed on.",
            "Keep a replaced decryption key until nobody encrypts to it any more."),
    JWT_NOT_SIGNED(
            "The encrypted JWT holds no signed JWT.",
            "The claims were encrypted without being signed: anybody can do that.",
            "Sign, then encrypt, with cty set to JWT.",
            "Nothing here; there is no switch."),
    JWT_ENCRYPTION(
            "The JWT is encrypted though that was not agreed with its issuer, or is not, or otherwise, though it was.",
            "Encryption is switched on at one end only, or the token was encrypted as was agreed with another "
                    + "issuer.",
            "Get a token from the issuer in the format that the API has agreed on.",
            "Compare the token format of the resource at the issuer with the encryption that the API was built "
                    + "with."),
    JWT_TYPE(
            "The JWT is of another kind than is asked for here.",
            "typ says that it was made for something else: an ID token, a logout token or an assertion where an "
                    + "access token is due, or an access token of a server from before RFC 9068.",
            "Send the kind of JWT that is asked for.",
            "For a server that can't send at+jwt, allowLegacyTyp accepts its tokens at an API. Clients may "
                    + "leave typ out unless require_assertion_typ is on."),
    JWT_ISSUER(
            "The JWT has another issuer than it must have here.",
            "iss is not exactly what is configured: a slash at the end, http for https, another host, another "
                    + "environment. In a client assertion it is not the client_id.",
            "Send the JWT to whom it is for; in a client assertion, set iss to your client_id.",
            "Compare iss with the configuration, character by character."),
    JWT_SUBJECT(
            "The JWT has another subject than it must have here.",
            "sub is not the one that is expected of this sender.",
            "Set sub to what was agreed, in a client assertion to your client_id.",
            "Nothing here."),
    JWT_AUDIENCE(
            "The JWT is meant for somebody else, or for others as well.",
            "aud is the token endpoint instead of the issuer, names several recipients, or is another API or "
                    + "environment.",
            "In an assertion, set aud to the issuer identifier of the server and to nothing else; for an API, "
                    + "ask for a token with its resource.",
            "Compare aud with the issuer or the API's identifier. For senders that can't change, "
                    + "legacy_assertion_audience (client) and accept_token_endpoint_audience (issuer) accept the token "
                    + "endpoint."),
    JWT_MISSING_CLAIM(
            "The JWT lacks a claim that is required here.",
            "A claim that this kind of JWT must have is absent, null or, at a trusted issuer, one of "
                    + "required_claims; the detail names it.",
            "Add the claim; an assertion needs iss, sub, aud, exp and jti.",
            "For an issuer that has no jti, jti_optional does without."),
    JWT_MALFORMED_CLAIM(
            "A claim of the JWT has the wrong JSON type or form.",
            "A claim is of another JSON type than it must be, such as exp as a string; the detail names it.",
            "Write times as numbers of seconds, and identifiers as strings.",
            "Nothing here; tell the issuer."),
    JWT_CLAIM_FORM(
            "A claim of the JWT is not in the form that OAuth gives it.",
            "client_id, jti or scope has characters or a length that OAuth does not give it; the detail names " + "it.",
            "Get a token from a server that keeps to RFC 6749 and RFC 9068.",
            "Tell who runs the issuer."),
    JWT_EXPIRED(
            "The JWT has expired.",
            "It is older than it may be, was kept too long, or the clocks of both ends differ by more than the "
                    + "leeway.",
            "Make a new one for each request; get a new token when expires_in has passed.",
            "Compare the clocks; 30 seconds of difference are allowed."),
    JWT_NOT_YET_VALID(
            "The JWT is not valid yet.",
            "nbf lies ahead: the sender's clock is fast, or the JWT was made for later.",
            "Set the clock, or leave nbf out.",
            "Compare the clocks; 30 seconds of difference are allowed."),
    JWT_ISSUED_IN_FUTURE(
            "The JWT was issued in the future.",
            "iat lies ahead: the sender's clock is fast, or it counts in milliseconds.",
            "Set the clock, and count in seconds.",
            "Compare the clocks; 30 seconds of difference are allowed."),
    JWT_TOO_OLD(
            "The JWT was issued too long ago.",
            "iat lies further back than a JWT may be old: 5 minutes for a client assertion, the maximum "
                    + "lifetime for a trusted issuer.",
            "Make a new one for each request.",
            "For a trusted issuer whose JWTs live longer, raise its maximum lifetime."),
    JWT_LIFETIME_TOO_LONG(
            "The JWT expires later than is allowed here.",
            "exp lies further ahead than is allowed: 5 minutes for a client assertion, the maximum lifetime for "
                    + "a trusted issuer.",
            "Let it live for a minute.",
            "For a trusted issuer whose JWTs live longer, raise its maximum lifetime; until they expire, each "
                    + "use of them is remembered."),

    CLIENT_UNKNOWN(
            "No client with that client_id is registered.",
            "client_id is misspelled, of another environment, or was removed.",
            "Compare client_id with your registration.",
            "Look whether the client is in the configuration or the store of this server."),
    CLIENT_CREDENTIALS_MISSING(
            "The client sent no credentials.",
            "The request names no client, or only names one that has to prove who it is.",
            "Authenticate by the method you are registered for.",
            "A client without credentials can only be one with the method none, where a trusted issuer allows "
                    + "it."),
    CLIENT_CREDENTIALS_MALFORMED(
            "The client_id, the sub of the assertion or the Authorization header cannot be read.",
            "HTTP Basic is not form-encoded before base64, the client_id has characters it can't have, or an "
                    + "assertion has no sub.",
            "Encode client_id and secret as RFC 6749 §2.3.1 says; set sub to your client_id.",
            "Nothing here."),
    CLIENT_SECRET_WRONG(
            "The client secret is wrong.",
            "The secret was changed, cut by a shell, or belongs to another environment.",
            "Compare the secret with the one you were given.",
            "Set a new secret if nobody knows the old one: it is stored hashed. Many of these for one client "
                    + "are somebody guessing."),
    CLIENT_TWO_MECHANISMS(
            "The client authenticated in two ways at once.",
            "The request has, say, HTTP Basic and client_secret or an assertion at once; often a library adds "
                    + "one of them.",
            "Send one kind of credentials.",
            "Nothing here."),
    CLIENT_METHOD_NOT_REGISTERED(
            "The client authenticated by another method than it is registered for.",
            "The credentials come in another way than token_endpoint_auth_method says, such as in the form "
                    + "instead of the header, or the method is switched off.",
            "Authenticate by the registered method.",
            "Change token_endpoint_auth_method of the client, or enable the method."),
    CLIENT_METHOD_NOT_ALLOWED(
            "The client authenticated by a method that is not allowed at this endpoint or for this grant.",
            "The client is registered for the method, but the server takes it elsewhere only; the detail says where not. Who "
                    + "shows no credentials authenticates by none.",
            "Have the client registered for a method that is allowed there; the metadata lists those of each endpoint.",
            "Register the client for another method, or allow its method under client_authentication."),
    CLIENT_ASSERTION_TYPE(
            "The parameters client_assertion and client_assertion_type do not come together, or the type is unknown.",
            "One of the two parameters is missing, or client_assertion_type is not that of JWTs.",
            "Send both, client_assertion_type as urn:ietf:params:oauth:client-assertion-type:jwt-bearer.",
            "Nothing here."),
    CLIENT_ID_MISMATCH(
            "The client_id names another client than the credentials.",
            "The client_id in the form is not that of the credentials.",
            "Leave client_id out, or make it the same.",
            "Nothing here."),
    CLIENT_IDENTITY_OTHER(
            "The JWT by which the client authenticates is about somebody else.",
            "It is a valid one of the issuer that the client is registered with, but a claim is not what federated_identity "
                    + "says: another namespace, service account or job. The detail names the claim.",
            "Authenticate with the JWT of the workload that is registered, and with its client_id.",
            "Compare the claim (signet token inspect shows it) with the conditions of federated_identity, quotes included: "
                    + "text is not a number."),
    CLIENT_DISABLED(
            "The client is not enabled.",
            "enabled is false for the client. Its credentials were right; the sender is not told that. Tokens it has got "
                    + "from before are not active.",
            "Ask who runs the server for how long.",
            "Set enabled to true, or take the line out, when the client is to be served again."),

    ASSERTION_REPLAYED(
            "The assertion was used before.",
            "The sender sent an assertion again, as after a timeout, gives several the same jti, or somebody "
                    + "else has got hold of it.",
            "Make a new assertion with a new jti for each request, retries included.",
            "Look where the first use came from; if the sender did not repeat itself, its assertions leak. "
                    + "allow_assertion_reuse lets a trusted issuer's be used until they expire."),
    ASSERTION_ISSUER_UNTRUSTED(
            "The issuer of the assertion is not trusted.",
            "iss is missing, misspelled or no trusted issuer: a slash at the end makes another one.",
            "Get the JWT from an issuer that the server trusts.",
            "Compare iss with trusted_issuers, character by character."),
    ASSERTION_ISSUER_DISABLED(
            "The issuer of the assertion is not trusted at present.",
            "enabled is false for that trusted issuer; nothing of the assertion was looked at.",
            "Ask who runs the server for how long.",
            "Set enabled to true, or take the line out, when the issuer is to be trusted again."),
    ASSERTION_CONDITION_UNMET(
            "A claim of the assertion is not what was agreed with its issuer.",
            "The job, pod or workload is not one of those that are let in: another branch, project or environment, or "
                    + "the claim has another JSON type; the detail names the claim.",
            "Get the JWT where the conditions hold, such as on the branch that was agreed on.",
            "Compare the claim (signet token inspect shows it) with conditions of the trusted issuer, quotes included: "
                    + "text is not a number."),
    ASSERTION_SUBJECT_REFUSED(
            "The issuer of the assertion may not speak for its subject.",
            "sub fits no pattern and no mapping of the issuer, subject_claim names a claim that is not there as text, "
                    + "or the subject would be the client_id of another client.",
            "Ask for access for that subject.",
            "Extend the subjects of the trusted issuer if it is to speak for this one."),
    SUBJECT_PERMISSION_MISSING(
            "The subject has not granted the client what it asks for.",
            "The assertion is in order, but the SubjectPermission of the program that embeds the server says that the client "
                    + "may not have this for this subject.",
            "Ask the subject, or whoever decides for it, for permission.",
            "Look up what the subject granted to the client, for the scope and the resource that were asked for."),
    ACCOUNT_UNKNOWN(
            "The subject has no account here.",
            "The issuer of the assertion speaks for those only who have an account, and its subject, under the name that the "
                    + "issuer's entry gives it, has none.",
            "Ask for an account.",
            "Add the subject to the users, or switch require_account off for the issuer. The event of a token that was "
                    + "issued shows how subjects are named."),
    ACCOUNT_DISABLED(
            "The account of the subject is not enabled.",
            "enabled is false for the account, whoever asserts the subject.",
            "Ask who runs the server for how long.",
            "Set enabled to true, or take the line out, when tokens are to speak for it again."),

    CODE_UNKNOWN(
            "No such code was issued, or it is forgotten.",
            "The code was cut or changed, is of another server, or its grant was revoked: by the resource owner, the client, or "
                    + "because a code or refresh token was used again.",
            "Begin again with an authorization request.",
            "Look for an earlier grant-reused event of the client. A node with a store in memory forgets all codes when it "
                    + "stops."),
    CODE_EXPIRED(
            "The code is older than a minute.",
            "The client took too long to redeem it, or the clocks of two nodes are apart.",
            "Redeem a code as soon as it comes back; begin again with an authorization request.",
            "Compare the clocks of the nodes."),
    CODE_OF_OTHER_CLIENT(
            "The code was issued to another client.",
            "Two clients were mixed up, or somebody redeems a stolen code as a client of their own. It stays good for its client.",
            "Redeem a code as the client that asked for it.",
            "Treat it as an attack unless one party runs both clients."),
    CODE_REDIRECT_URI(
            "The redirect_uri is missing, or is not that of the authorization request.",
            "The client builds it anew, with another port, case or trailing slash; or a code was injected that was sent to another "
                    + "place.",
            "Send the same redirect_uri as in the authorization request.",
            "Nothing here; there is no switch."),
    CODE_VERIFIER_MISSING(
            "The code_verifier is missing.",
            "The authorization request had a code_challenge, but the client does not prove that it made it; or the client does not "
                    + "authenticate and the request had none.",
            "Send the code_verifier whose hash was the code_challenge.",
            "Nothing here; there is no switch."),
    CODE_VERIFIER_WRONG(
            "The code_verifier is not the one of the authorization request.",
            "It is malformed (43 to 128 letters, digits, - . _ ~), was kept for another request, as with two tabs, or the code was "
                    + "injected.",
            "Keep the verifier with the state of each authorization request.",
            "Many of these for one client are somebody trying stolen codes."),
    CODE_VERIFIER_UNEXPECTED(
            "A code_verifier was sent, though the authorization request had no code_challenge.",
            "Somebody took the challenge out of the authorization request on its way, or the client forgot to send it.",
            "Send code_challenge and code_challenge_method=S256 in the authorization request.",
            "Treat it as an attack unless the client never sends a challenge."),
    CODE_REUSED(
            "The code was used before.",
            "The client redeemed it twice, as after a timeout or with a double click, or somebody else has it. All tokens that came "
                    + "of it are revoked.",
            "Begin again with an authorization request, and redeem a code once.",
            "If the client did not repeat itself, its codes leak: look at redirect URIs, logs and referrers."),
    CODE_REUSE_UNPROVEN(
            "The code was used before, and the sender did not prove to be its client.",
            "Somebody has seen a used code; the detail says what they lack. Nothing was revoked.",
            "Begin again with an authorization request.",
            "Find out where the codes of the client can be seen."),
    REFRESH_TOKEN_UNKNOWN(
            "No such refresh token was issued, or it is forgotten.",
            "It was cut, is of another server or environment, has expired long ago, or its grant was revoked.",
            "Begin again with an authorization request.",
            "Look for an earlier grant-revoked or grant-reused event of the client. A node with a store in memory forgets all "
                    + "refresh tokens when it stops."),
    REFRESH_TOKEN_EXPIRED(
            "The refresh token has expired.",
            "It was not used for longer than refresh_tokens.idle, or the approval is older than refresh_tokens.absolute.",
            "Begin again with an authorization request.",
            "Raise idle or absolute under refresh_tokens; what was issued before keeps its end until it is used."),
    REFRESH_TOKEN_OF_OTHER_CLIENT(
            "The refresh token was issued to another client.",
            "Two clients were mixed up, or somebody uses a stolen refresh token as a client of their own. It stays good for its "
                    + "client.",
            "Use a refresh token as the client that got it.",
            "Treat it as an attack unless one party runs both clients."),
    REFRESH_TOKEN_REUSED(
            "The refresh token was replaced by another before.",
            "The client lost the answer with the new one, or two of its processes share one; or somebody stole it. The grant is "
                    + "revoked with all its tokens.",
            "Begin again with an authorization request. Keep the new refresh token before you use anything of the answer, and use one "
                    + "at a time.",
            "For a client that authenticates, leave rotate_refresh_tokens out, or give it a refresh_token_grace."),
    GRANT_REVOKED(
            "The grant was revoked while the request was under way.",
            "The resource owner or the client revoked it, or a code or refresh token was used again, at the same moment.",
            "Begin again with an authorization request.",
            "Look for the grant-revoked or grant-reused event beside it."),

    GRANT_TYPE_UNSUPPORTED(
            "The grant type is unknown.",
            "grant_type is misspelled or one that this server does not have; the JWT-bearer grant is only there "
                    + "where an issuer is trusted, or clients that make assertions themselves.",
            "Use one of grant_types_supported in the metadata.",
            "Add a trusted issuer for the JWT-bearer grant."),
    GRANT_TYPE_NOT_ALLOWED(
            "The client is not registered for the grant type.",
            "The client is registered for other grants, or may not present assertions of that issuer.",
            "Ask to be registered for it.",
            "Add the grant to grant_types of the client, or the client to those of the trusted issuer."),

    REDIRECT_URI_UNREGISTERED(
            "The redirect URI is none of the client's.",
            "redirect_uri is compared character by character with those that are registered: a slash, a letter's case, a port or a "
                    + "query more makes another one. Only the port of a loopback URI of a native client does not count. Nobody is sent "
                    + "there.",
            "Send a redirect_uri that you are registered with, exactly as it is registered.",
            "Compare redirect_uris of the client; for an app on the machine of its user, set application_type to native."),
    RESPONSE_TYPE_UNSUPPORTED(
            "The response type is none of this server's.",
            "response_type asks for a token in the front channel, or is misspelled; the order of its words does not matter.",
            "Ask for code.",
            "Nothing here; there is no switch."),
    RESPONSE_MODE_UNSUPPORTED(
            "The response mode is none of this server's.",
            "response_mode is misspelled, or one that does not go with a code, such as fragment, or web_message.",
            "Leave it out, or ask for query or form_post.",
            "Nothing here; there is no switch."),
    REQUEST_OBJECT_UNSUPPORTED(
            "The authorization request is in a JWT, or at a URI, which this server does not take.",
            "request is switched off here, or request_uri is none that this server gave out and the client has no request_uris.",
            "Look at request_parameter_supported and request_uri_parameter_supported of the metadata; push the request instead, if "
                    + "there is a pushed_authorization_request_endpoint.",
            "Switch it on under authorization_requests; for a hosted request, register the request_uris of the client as well."),
    REQUEST_OBJECT_TWICE(
            "The authorization request has a request and a request_uri, or has one of them where it must not be.",
            "Both parameters are there, one is inside the request object, or a request_uri was pushed.",
            "Send one of the two; push the parameters or the request object themselves.",
            "Nothing here; there is no switch."),
    REQUEST_OBJECT_REQUIRED(
            "The authorization request is not signed, though it has to be.",
            "The client, or the whole server, is registered with require_signed_request_object. What came unsigned may be anybody's: "
                    + "nobody is sent anywhere.",
            "Send the parameters in a request object that is signed with a registered key.",
            "Take require_signed_request_object away if plain requests are to do."),
    REQUEST_OBJECT_CLIENT(
            "The request object is not about the client that sends it.",
            "client_id is not inside, is another one, or the JWT has the client as sub, as client assertions have.",
            "Put client_id into the request object, the same as outside, and leave sub out.",
            "Treat another client's identifier as an attack unless one party runs both clients."),
    REQUEST_OBJECT_PARAMETER(
            "A parameter in the request object has another JSON type than it must have.",
            "Parameters are strings, but for max_age, a number, resource, a string or an array of strings, and claims and "
                    + "authorization_details; the detail names the parameter.",
            "Write the parameter as a string, or as what its specification says.",
            "For a client that writes numbers as strings, oidc_request_merge takes them."),
    REQUEST_OBJECT_ANSWERED(
            "The authorization request was answered before.",
            "A pushed request, or a request object with a jti, gets one answer: the user went back and said something else, or "
                    + "had two tabs; or somebody else has got hold of it.",
            "Begin again with a new authorization request.",
            "Look where the first answer went if the user did not see two pages."),
    REQUEST_URI_UNKNOWN(
            "There is no such pushed authorization request.",
            "request_uri is misspelled, was pushed by another client, has expired, or was answered; a node with a store in memory "
                    + "forgets all when it stops.",
            "Push the request again, and send the user agent here at once.",
            "Compare the time of the push with that of the request; requests can be begun for 90 seconds unless set otherwise."),
    REQUEST_URI_UNREGISTERED(
            "The request_uri is none of the client's.",
            "It is compared character by character with request_uris, without the fragment; or it is not https. Nothing is fetched.",
            "Send a request_uri that you are registered with.",
            "Compare request_uris of the client."),
    REQUEST_URI_UNAVAILABLE(
            "The request object can't be fetched from the request_uri.",
            "The host can't be reached or may not be, the answer is another status than 200, of another media type than "
                    + "application/oauth-authz-req+jwt, larger than 64 KB or later than 5 seconds; the detail says which.",
            "Host the request object by https at a public address, with its media type.",
            "Try the URI from this machine. allow_request_object_as_application_jwt takes the older media type; "
                    + "outbound.allow_hosts opens internal hosts."),
    PUSHED_REQUEST_REQUIRED(
            "The authorization request was not pushed, though it has to be.",
            "The client, or the whole server, is registered with require_pushed_authorization_requests. Nobody is sent anywhere.",
            "Push the request to the pushed_authorization_request_endpoint, and send the user agent here with the request_uri of the "
                    + "answer.",
            "Take require_pushed_authorization_requests away if other requests are to do."),
    PARAMETER_TOO_LONG(
            "A parameter is longer than it may be.",
            "The detail names the parameter: state may have 4096 octets, nonce 512. Whoever keeps its own state in there should keep "
                    + "it elsewhere.",
            "Send a random identifier and keep under it what you have to remember.",
            "Nothing here."),
    CODE_CHALLENGE_METHOD(
            "The code challenge is not made by S256.",
            "code_challenge_method is plain or misspelled, or is missing, which means plain.",
            "Send code_challenge_method=S256 and the SHA-256 of the verifier, as RFC 7636 §4.2 says.",
            "Nothing here; there is no switch."),
    APPROVAL_UNFIT(
            "The approval of an authorization request is none that a resource owner can give.",
            "The program that embeds the server approves a scope that was not asked for, or in the name of somebody whose identifier "
                    + "is that of a client: nobody could tell their tokens apart.",
            "Nothing; tell who runs the server.",
            "Have the ResourceOwnerPrompt corrected, or give the person or the client another identifier."),

    PARAMETER_MISSING(
            "A required parameter is missing or empty.",
            "The detail names the parameter; an empty one counts as missing.",
            "Send it.",
            "Nothing here."),
    PARAMETER_REPEATED(
            "A parameter comes more than once.",
            "The detail names the parameter; a library or a proxy may add it a second time.",
            "Send each parameter once; only resource may be repeated.",
            "Nothing here."),
    PARAMETER_MALFORMED(
            "A parameter, or the form that holds it, cannot be read.",
            "A value has characters that it can't have, or the percent-encoding is broken.",
            "Encode the form as application/x-www-form-urlencoded in UTF-8.",
            "Nothing here."),
    CONTENT_TYPE(
            "The body is not application/x-www-form-urlencoded in UTF-8.",
            "The body is JSON or multipart, or the header is missing.",
            "Send application/x-www-form-urlencoded.",
            "Nothing here."),
    METHOD_NOT_ALLOWED(
            "The endpoint has another HTTP method.",
            "The endpoint was called by GET instead of POST, or the other way round.",
            "Use a method that the Allow header of the answer names.",
            "Nothing here."),
    BODY_TOO_LARGE(
            "The body is larger than the limit.",
            "A form has more than the server reads.",
            "Send a smaller request; a token request is far below the limit.",
            "Nothing here; the limit guards the memory of the server."),
    CREDENTIALS_IN_QUERY(
            "Credentials came in the query of the request URI.",
            "Credentials in a URI end up in logs of proxies and servers.",
            "Send them in the body or the Authorization header, and replace those that were sent.",
            "Take the credentials for known to others: they are in the logs on the way."),
    ENDPOINT_UNKNOWN(
            "There is no endpoint at that path.",
            "The path is misspelled, or the endpoint is not switched on. Paths begin with that of the issuer.",
            "Take the endpoints from the metadata.",
            "Look whether the proxy changes paths."),

    SCOPE_REFUSED(
            "The scope exceeds what the client or the issuer was granted.",
            "A scope is misspelled, of no resource, or not among those of the client and the trusted issuer.",
            "Ask for scopes that you were granted.",
            "Add the scope to the resource, the client and, for the JWT-bearer grant, the trusted issuer; the "
                    + "least of them counts."),
    SCOPE_MISSING(
            "No scope was asked for, and there is no default.",
            "The resource wants scopes to be named.",
            "Send scope.",
            "Switch scope_required off for the resource if a default will do."),
    SCOPE_AMBIGUOUS(
            "The scopes belong to different resources.",
            "A token is for one resource, and the scopes belong to several or to none in common.",
            "Send resource, or scopes of one resource.",
            "Make one of the resources the default."),
    TARGET_UNKNOWN(
            "The resource is not registered, or not for this client or issuer.",
            "resource is misspelled, not registered, or not among those of the client or of the trusted issuer.",
            "Send resource exactly as it is registered.",
            "Add the resource, or allow it to the client and, for the JWT-bearer grant, to the trusted issuer."),
    TARGET_SEVERAL(
            "More than one resource was asked for.",
            "A token is for one resource only.",
            "Make one request for each resource.",
            "Nothing here."),
    TARGET_MISSING(
            "No resource was asked for, and there is no default.",
            "The request has neither resource nor scope.",
            "Send resource or scope.",
            "Make one resource the default."),
    TARGET_DISABLED(
            "The resource is not enabled.",
            "enabled is false for the resource; tokens for it from before are not active.",
            "Ask who runs the server for how long.",
            "Set enabled to true, or take the line out, when tokens are to be issued for it again."),
    TARGET_MALFORMED(
            "The resource is not an absolute URI without fragment.",
            "resource is not an absolute URI, or has a fragment.",
            "Send an absolute URI.",
            "Nothing here."),

    TOKEN_MISSING(
            "The request has no access token.",
            "The Authorization header is absent, or has another scheme than Bearer.",
            "Send Authorization: Bearer with the token.",
            "Look whether the proxy takes the header away."),
    TOKEN_SEVERAL(
            "The request has more than one access token.",
            "A token came in two headers, or also in the form or the query.",
            "Send it once, in the Authorization header.",
            "Look whether the proxy adds a header."),
    TOKEN_MALFORMED(
            "The Authorization header holds no access token that can be read.",
            "Nothing, or something with blanks or other characters, follows Bearer.",
            "Send the access_token of the token response unchanged.",
            "Nothing here."),
    TOKEN_SCOPE_INSUFFICIENT(
            "The scope of the access token does not allow the request.",
            "The token was asked for with fewer scopes than the request needs; the challenge names them.",
            "Get a token with the scopes of the challenge.",
            "Grant the scopes to the client if it is to do this."),
    TOKEN_GROUP_MISSING(
            "The access token names none of the groups that may do this.",
            "The token's groups do not fit, or it has none because the issuer does not put them in.",
            "Ask for membership.",
            "Look at the claims that the issuer puts into tokens for this resource."),
    TOKEN_ROLE_MISSING(
            "The access token names none of the roles that may do this.",
            "The token's roles do not fit, or it has none because the issuer does not put them in.",
            "Ask for the role.",
            "Look at the claims that the issuer puts into tokens for this resource."),
    TOKEN_ENTITLEMENT_MISSING(
            "The access token names none of the entitlements that may do this.",
            "The token's entitlements do not fit, or it has none because the issuer does not put them in.",
            "Ask for the entitlement.",
            "Look at the claims that the issuer puts into tokens for this resource."),
    TOKEN_ACR_INSUFFICIENT(
            "The access token does not show the class of authentication that this needs.",
            "The person authenticated more weakly than is asked for, or nobody did: a client's own token has no "
                    + "acr.",
            "Send the person to authenticate with the acr_values of the challenge.",
            "Do not require it where clients act for themselves."),
    TOKEN_AUTH_TIME_INSUFFICIENT(
            "The access token does not show an authentication as recent as this needs.",
            "The authentication is longer ago than max_age, or the token does not say when it was.",
            "Send the person to authenticate with the max_age of the challenge.",
            "Compare the clocks if it is always refused."),
    TOKEN_CONFIRMATION_UNPROVEN(
            "The access token is bound to a key that the sender did not prove to have.",
            "The token has cnf: it was issued to be shown with a proof (DPoP, mutual TLS), and the API takes it "
                    + "as a bearer token.",
            "Get a token that is not bound, or use an API that checks proofs.",
            "Have tokens for this API issued unbound."),
    TOKEN_OF_OTHER_CLIENT(
            "The access token was issued to another client than the one that wants it revoked.",
            "A client may revoke its own tokens only.",
            "Revoke as the client that got the token.",
            "Nothing here; who it was issued to is its client_id claim."),
    TOKEN_IRREVOCABLE(
            "Access tokens can't be revoked here: the server was set up so.",
            "allow_irrevocable_access_tokens is on.",
            "Throw the token away; it expires by itself.",
            "Switch it off, and tokens can be revoked."),
    TOKEN_REVOKED(
            "The access token was revoked.",
            "The client that got the token took it back.",
            "Get a new token.",
            "The event token-revoked of the same jti says when."),
    TOKEN_FOR_OTHERS(
            "The access token is meant for another resource than those of the client that asks about it.",
            "An API asks about a token of another API, or a client about one that is not its own.",
            "Ask about tokens that were presented to you and name you as audience.",
            "Add the resource to resource_server_for of the client if it answers for it."),
    TOKEN_INACTIVE(
            "The authorization server says that the access token is not active, or not here.",
            "The API asked, and the token was revoked, has expired, or is not meant for the API that asks.",
            "Get a new token.",
            "The event introspection-answered of the authorization server has the reason. If all tokens are "
                    + "inactive, look at resource_server_for of the client that the API asks as."),
    INTROSPECTION_NOT_ALLOWED(
            "The client is not registered to ask about access tokens.",
            "The client has neither resource_server_for nor introspect_own_tokens.",
            "Ask to be registered as a resource server.",
            "Set resource_server_for to the resources that the client answers for."),
    INTROSPECTION_FORM_IMPOSSIBLE(
            "The answer can't be signed or encrypted as the client is registered for it.",
            "The client is registered for an algorithm that the server does not sign with, or not yet: the first key "
                    + "of a new one signs ten minutes after it was published. Or its jwks_uri has no encryption key for "
                    + "the registered algorithm any more.",
            "Publish an encryption key of the registered algorithm.",
            "Compare the introspection_ members of the client with the signing algorithms and with its keys."),

    REGISTRATION_TOKEN_MISSING(
            "A client wanted to register itself, or to see or change its registration, without a token.",
            "The request has no Authorization header with one Bearer token. Registration is open to nobody without an initial "
                    + "access token unless that is switched on.",
            "Send the initial access token, or the registration_access_token that came with the registration.",
            "signet registration-token create makes an initial access token."),
    REGISTRATION_TOKEN_REFUSED(
            "The token of a client that registers itself, or wants its registration, does not count.",
            "An initial access token is unknown, has expired or was used as often as it may be. A registration access token is "
                    + "another client's, was replaced by an update, or its client is gone.",
            "Use the registration_access_token of the last answer; ask for a new initial access token.",
            "signet registration-token list shows which initial access tokens can still be used."),
    CLIENT_METADATA_REFUSED(
            "The metadata of a client that registers itself, or changes its registration, was refused.",
            "A member is malformed, contradicts another, asks for what this server does not have, or is more than a client may "
                    + "register by itself.",
            "The error_description names the member.",
            "The detail names the member; registration in the configuration says what clients may register."),
    SOFTWARE_STATEMENT_INVALID(
            "The software statement of a client that registers itself was refused.",
            "It names no issuer, or is not the one that the client registered with.",
            "Send the software statement as its issuer gave it to you.",
            "Nothing here; tell whoever made the statement."),
    SOFTWARE_STATEMENT_UNAPPROVED(
            "The software statement is of an issuer whose statements don't count here.",
            "Its iss is no trusted issuer, one that is not enabled, or one without software_statements.",
            "Register without it, or with one of an issuer that the server has approved.",
            "Switch software_statements on for the trusted issuer, if you mean to."),

    KEYS_UNAVAILABLE(
            "The keys of the issuer or client could not be had.",
            "The jwks_uri or the metadata could not be fetched: host down, slow, not public, not allowed, or no "
                    + "valid document. Nothing was judged; the answer is 503.",
            "Try again after Retry-After; serve your keys reliably over https.",
            "The detail says what failed. Internal hosts have to be allowed."),
    INTROSPECTION_UNAVAILABLE(
            "The authorization server gave no answer about the access token that can be believed.",
            "The introspection endpoint is down or slow, refuses the API's credentials, answers in another form, or "
                    + "about another token. The answer is 503.",
            "Try again after Retry-After.",
            "The detail says which it was. Compare the client that the API asks as with its registration, "
                    + "introspection_signed_response_alg included."),
    STORE_UNAVAILABLE(
            "The store did not answer.",
            "The database is down, slow or out of connections. Nothing was issued; the answer is 503.",
            "Try again after Retry-After, with a new assertion.",
            "The cause is in the log; /health/ready tells when it is over."),
    CLAIMS_FAILED(
            "The function that adds claims to access tokens failed.",
            "The AccessTokenClaims of the program that embeds the server threw, or gave more than a token is read with. "
                    + "Nothing was issued.",
            "Try again later.",
            "The cause is in the event: mend the function, and keep it from failing where a claim is not there."),
    CLAIMS_RESERVED(
            "The function that adds claims to access tokens gave one that only the server itself may set.",
            "The AccessTokenClaims of the program that embeds the server returned a name such as sub or scope. "
                    + "Nothing was issued.",
            "Nothing to be done there.",
            "Give the claim a name of its own."),
    RATE_LIMITED(
            "There were too many failed attempts.",
            "Wrong secrets were shown for this client more often than is answered; a right one still passes.",
            "Stop, and compare the secret.",
            "Look for the sender: an old deployment, or somebody guessing."),
    INTERNAL(
            "Something unforeseen failed; the log has the cause.",
            "An error of the server, or of code that was plugged into it.",
            "Try again later.",
            "Report it with the cause in the log line of that correlation.");

    private final String id = name().toLowerCase(Locale.ROOT).replace('_', '-');
    private final String description;
    private final String cause;
    private final String sender;
    private final String operator;

    RefusalReason(String description, String cause, String sender, String operator) {
        this.description = description;
        this.cause = cause;
        this.sender = sender;
        this.operator = operator;
    }

    /** The reason that a refused JWT gives. */
    public static RefusalReason of(Reason reason) {
        return switch (reason) {
            case TOO_LARGE -> JWT_TOO_LARGE;
            case MALFORMED -> JWT_MALFORMED;
            case BAD_ENCODING -> JWT_BAD_ENCODING;
            case BAD_JSON -> JWT_BAD_JSON;
            case DUPLICATE_MEMBER -> JWT_DUPLICATE_MEMBER;
            case UNKNOWN_CRITICAL -> JWT_UNKNOWN_CRITICAL;
            case UNENCODED_PAYLOAD -> JWT_UNENCODED_PAYLOAD;
            case COMPRESSED -> JWT_COMPRESSED;
            case ALGORITHM_UNKNOWN -> JWT_ALGORITHM_UNKNOWN;
            case ALGORITHM_NOT_ALLOWED -> JWT_ALGORITHM_NOT_ALLOWED;
            case KEY_UNKNOWN -> JWT_KEY_UNKNOWN;
            case KEY_AMBIGUOUS -> JWT_KEY_AMBIGUOUS;
            case KEY_MISMATCH -> JWT_KEY_MISMATCH;
            case KEY_NOT_PINNED -> JWT_KEY_NOT_PINNED;
            case BAD_SIGNATURE -> JWT_BAD_SIGNATURE;
            case DECRYPTION_FAILED -> JWT_DECRYPTION_FAILED;
            case NOT_SIGNED -> JWT_NOT_SIGNED;
            case ENCRYPTION -> JWT_ENCRYPTION;
            case TYPE -> JWT_TYPE;
            case ISSUER -> JWT_ISSUER;
            case SUBJECT -> JWT_SUBJECT;
            case AUDIENCE -> JWT_AUDIENCE;
            case MISSING_CLAIM -> JWT_MISSING_CLAIM;
            case MALFORMED_CLAIM -> JWT_MALFORMED_CLAIM;
            case CLAIM_FORM -> JWT_CLAIM_FORM;
            case EXPIRED -> JWT_EXPIRED;
            case NOT_YET_VALID -> JWT_NOT_YET_VALID;
            case ISSUED_IN_FUTURE -> JWT_ISSUED_IN_FUTURE;
            case TOO_OLD -> JWT_TOO_OLD;
            case LIFETIME_TOO_LONG -> JWT_LIFETIME_TOO_LONG;
        };
    }

    /** The stable identifier, such as {@code assertion-replayed}. */
    public String id() {
        return id;
    }

    /** One line that says what it means. */
    public String description() {
        return description;
    }

    /** What leads to it, as a rule. */
    public String cause() {
        return cause;
    }

    /** What who sent the request or the token can do about it. */
    public String forSender() {
        return sender;
    }

    /** What who runs the server or the API can do about it. */
    public String forOperator() {
        return operator;
    }
}
