package dev.signet.app.useragent;

import java.net.URI;
import java.util.List;

/**
 * Where a user agent is.
 *
 * @param uri its address
 * @param status of the response it came with; 0 for a page of the client, which is not fetched
 * @param html what is shown
 * @param response what a client is sent with it: the query, or the form that was posted
 */
public record Page(URI uri, int status, String html, String response) {

    /** Its forms that are posted. */
    public List<Form> forms() {
        return Form.in(uri, html);
    }

    /** Whether one of its forms lets that be filled in or pressed. */
    public boolean asksFor(String name) {
        return forms().stream().anyMatch(form -> form.fillable().contains(name));
    }

    /** Where it is, without what is secret about that. */
    @Override
    public String toString() {
        return uri.getPath() + " with status " + status;
    }
}
