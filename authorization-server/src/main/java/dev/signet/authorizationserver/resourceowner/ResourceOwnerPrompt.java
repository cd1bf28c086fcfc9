package dev.signet.authorizationserver.resourceowner;

/**
 * Finds out who the resource owner is, and whether the client may have what it asks for (RFC 6749 §3.1, §4.1.1). There is no default:
 * a server without one has no authorization endpoint. Replace it to let people sign in to the application that the server is
 * embedded in.
 *
 * <pre>{@code
 * ResourceOwnerPrompt prompt = question -> {
 *     Optional<User> user = application.signedIn(question.http());
 *     if (user.isEmpty()) {
 *         return new Decision.Ask(application.loginPage(question));
 *     }
 *     return application.consent(user.get(), question);
 * };
 * }</pre>
 *
 * <p>It is asked on each request to the authorization endpoint, as often as the user agent comes back. A page that it shows sends the
 * parameters of the request again, with whatever fields it needs beside them: by POST to the authorization endpoint, or in the query
 * of its URL. Thread-safe.
 */
@FunctionalInterface
public interface ResourceOwnerPrompt {

    /**
     * The decision.
     *
     * @throws dev.signet.authorizationserver.store.StoreException if it can't be had now
     */
    Decision decide(Question question);
}
