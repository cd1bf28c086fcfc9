package dev.signet.app.pages;

import dev.signet.app.pages.BrowserSessions.SignedIn;
import dev.signet.authorizationserver.registry.AuthorizationSettings;
import dev.signet.authorizationserver.registry.ProtectedResource;
import dev.signet.authorizationserver.resourceowner.UserAccount;
import dev.signet.authorizationserver.resourceowner.Username;
import dev.signet.authorizationserver.rule.ApprovableRequest;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.http.FormParameters;
import dev.signet.core.http.ProtocolResponse;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The page that says what a client wants, and asks whether it may have it. Thread-safe. */
final class ConsentPage {

    private static final String PURPOSE = "consent";

    private final PageTemplates templates;
    private final PagePaths paths;

    ConsentPage(PageTemplates templates, PagePaths paths) {
        this.templates = templates;
        this.paths = paths;
    }

    /** At which resource what is asked for. */
    static Map<ResourceIndicator, Scope> asked(ApprovableRequest request) {
        Map<ResourceIndicator, Scope> asked = new LinkedHashMap<>();
        request.resources()
                .forEach(resource ->
                        asked.put(resource.resource(), resource.scope().intersect(request.scope())));
        return asked;
    }

    /** @param stale whether it was sent, but not as it was shown */
    ProtocolResponse.Builder show(
            UserAgent agent, FormTarget target, ApprovableRequest request, SignedIn signedIn, boolean stale) {
        Map<String, Object> model = new HashMap<>();
        model.put("client", target.client().orElse(""));
        model.put("unverified", request.client().isUnverified());
        model.put("clientId", request.client().clientId().value());
        model.put("vetter", request.redirectable().read().vetter().orElse(""));
        model.put("links", links(request.client().authorization()));
        model.put("account", name(signedIn.account()));
        model.put("problem", stale ? "problem.stale" : "");
        model.put(
                "resources",
                request.resources().stream()
                        .map(resource -> words(resource, resource.scope().intersect(request.scope())))
                        .toList());
        model.put("action", target.path());
        model.put("parameters", target.fields());
        model.put("csrf", FormToken.of(signedIn.secret(), PURPOSE, content(target, request)));
        model.put(
                "destination", destination(request.redirectable().redirectUri().value()));
        model.put("accountPath", paths.account());
        model.put("signOutPath", paths.signOut());
        return templates.page(stale ? 403 : 200, "consent", agent, model);
    }

    /** What the client says of itself, with the host, since that is the part it can't choose freely. */
    private static List<Map<String, String>> links(AuthorizationSettings client) {
        return client.links().entrySet().stream()
                .map(link -> Map.of(
                        "words",
                        "consent." + link.getKey().wireName(),
                        "address",
                        link.getValue().toASCIIString(),
                        "host",
                        link.getValue().getHost()))
                .toList();
    }

    /** Whether a form is one that was shown in that session, for that. */
    boolean isShown(FormTarget target, FormParameters form, ApprovableRequest request, SignedIn signedIn) {
        String token = form.all(FormToken.FIELD).stream().findFirst().orElse("");
        return FormToken.matches(token, signedIn.secret(), PURPOSE, content(target, request));
    }

    /** The parameters, and what they meant when the page was shown: a client may have got other scopes meanwhile. */
    private static String content(FormTarget target, ApprovableRequest request) {
        return target.content() + " " + asked(request);
    }

    /** What somebody is called. */
    static String name(UserAccount account) {
        Optional<String> username = account.username().map(Username::value);
        Optional<String> name = account.account()
                .attributes()
                .find("name")
                .filter(String.class::isInstance)
                .map(String.class::cast);
        return name.map(called ->
                        username.map(signedIn -> called + " (" + signedIn + ")").orElse(called))
                .or(() -> username)
                .orElse(account.subject());
    }

    /** A resource and its scopes in words. */
    static Map<String, Object> words(ProtectedResource resource, Scope scope) {
        List<Map<String, String>> scopes = scope.tokens().stream()
                .map(token -> Map.of(
                        "token", token, "words", resource.scopeDescriptions().getOrDefault(token, token)))
                .toList();
        return Map.of("name", resource.name().orElse(resource.resource().value()), "scopes", scopes);
    }

    /** Where a redirect URI leads, as far as people can make something of it. */
    private static String destination(String redirectUri) {
        URI uri = URI.create(redirectUri);
        return uri.getHost() == null ? uri.getScheme() : uri.getHost();
    }
}
