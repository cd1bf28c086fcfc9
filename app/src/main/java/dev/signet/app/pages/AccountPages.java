package dev.signet.app.pages;

import dev.signet.app.pages.BrowserSessions.SignedIn;
import dev.signet.authorizationserver.registry.ProtectedResource;
import dev.signet.authorizationserver.registry.ProtectedResources;
import dev.signet.authorizationserver.resourceowner.Consent;
import dev.signet.authorizationserver.resourceowner.ConsentStore;
import dev.signet.authorizationserver.store.ClientRegistry;
import dev.signet.authorizationserver.store.GrantStore;
import dev.signet.core.ClientId;
import dev.signet.core.http.FormParameters;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.http.ProtocolResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pages that belong to no client: what somebody has allowed, with a way to take it back, and the way out. Thread-safe. */
final class AccountPages {

    private static final String REVOKE = "revoke";
    private static final String SIGN_OUT = "sign-out";

    private final PageTemplates templates;
    private final PagePaths paths;
    private final BrowserSessions sessions;
    private final SignInPage signInPage;
    private final ConsentStore consents;
    private final GrantStore grants;
    private final ClientRegistry clients;
    private final ProtectedResources resources;

    AccountPages(
            PageTemplates templates,
            PagePaths paths,
            BrowserSessions sessions,
            SignInPage signInPage,
            Pages.People people) {
        this.templates = templates;
        this.paths = paths;
        this.sessions = sessions;
        this.signInPage = signInPage;
        this.consents = people.consents();
        this.grants = people.grants();
        this.clients = people.clients();
        this.resources = people.resources();
    }

    /** The account, or the page to sign in to it. */
    ProtocolResponse account(ProtocolRequest http) {
        UserAgent agent = UserAgent.of(http);
        FormTarget target = new FormTarget(paths.account(), List.of(), Optional.empty());
        FormParameters form = http.method().equals("POST") ? http.form() : FormParameters.empty();
        if (form.names().contains("login")) {
            SignInPage.Outcome outcome = signInPage.submit(agent, target, form);
            return outcome instanceof SignInPage.Outcome.Done done
                    ? target.redirect()
                            .orElseThrow()
                            .header("Set-Cookie", done.cookie())
                            .build()
                    : ((SignInPage.Outcome.Again) outcome).page();
        }
        Optional<SignedIn> signedIn = sessions.find(agent);
        if (signedIn.isEmpty()) {
            return signInPage.show(agent, target);
        }
        Optional<ClientId> revoked = form.all(REVOKE).stream().findFirst().flatMap(ClientId::find);
        if (revoked.isEmpty()) {
            return shown(200, agent, signedIn.get(), "", "");
        }
        if (!isShown(form, signedIn.get(), REVOKE, revoked.get().value())) {
            return shown(403, agent, signedIn.get(), "problem.stale", "");
        }
        consents.revoke(signedIn.get().account().subject(), revoked.get());
        grants.revokeAll(revoked.get(), signedIn.get().account().subject());
        PageLog.revoked(signedIn.get().account(), revoked.get());
        return shown(200, agent, signedIn.get(), "", name(revoked.get()));
    }

    private static boolean isShown(FormParameters form, SignedIn signedIn, String purpose, String content) {
        String token = form.all(FormToken.FIELD).stream().findFirst().orElse("");
        return FormToken.matches(token, signedIn.secret(), purpose, content);
    }

    private ProtocolResponse shown(int status, UserAgent agent, SignedIn signedIn, String problem, String done) {
        Map<String, Object> model = new HashMap<>();
        model.put("account", ConsentPage.name(signedIn.account()));
        model.put("problem", problem);
        model.put("done", done);
        model.put(
                "consents",
                consents.of(signedIn.account().subject()).stream()
                        .map(consent -> words(consent, signedIn))
                        .toList());
        model.put("action", paths.account());
        model.put("signOutPath", paths.signOut());
        model.put("signOutCsrf", FormToken.of(signedIn.secret(), SIGN_OUT, ""));
        return templates.page(status, "account", agent, model).build();
    }

    private Map<String, Object> words(Consent consent, SignedIn signedIn) {
        return Map.of(
                "client",
                name(consent.clientId()),
                "clientId",
                consent.clientId().value(),
                "csrf",
                FormToken.of(signedIn.secret(), REVOKE, consent.clientId().value()),
                "resources",
                consent.scopes().entrySet().stream()
                        .map(each -> ConsentPage.words(
                                resources
                                        .find(each.getKey())
                                        .orElseGet(() -> ProtectedResource.builder(each.getKey())
                                                .build()),
                                each.getValue()))
                        .toList());
    }

    /** A client that is gone is called by its identifier. */
    private String name(ClientId clientId) {
        return clients.find(clientId)
                .flatMap(client -> client.authorization().clientName())
                .orElse(clientId.value());
    }

    /** Asks whether somebody wants to leave, and lets those leave who do. */
    ProtocolResponse signOut(ProtocolRequest http) {
        UserAgent agent = UserAgent.of(http);
        Optional<SignedIn> signedIn = sessions.find(agent);
        if (signedIn.isEmpty()) {
            return templates
                    .page(200, "signed-out", agent, Map.of("accountPath", paths.account()))
                    .build();
        }
        FormParameters form = http.method().equals("POST") ? http.form() : FormParameters.empty();
        if (form.names().contains("logout") && isShown(form, signedIn.get(), SIGN_OUT, "")) {
            sessions.end(agent);
            PageLog.signedOut(signedIn.get().account());
            return PageTemplates.secured(ProtocolResponse.builder(303).header("Location", paths.signOut()))
                    .header("Set-Cookie", sessions.endedCookie())
                    .build();
        }
        boolean stale = form.names().contains("logout");
        Map<String, Object> model = new HashMap<>();
        model.put("account", ConsentPage.name(signedIn.get().account()));
        model.put("problem", stale ? "problem.stale" : "");
        model.put("action", paths.signOut());
        model.put("accountPath", paths.account());
        model.put("csrf", FormToken.of(signedIn.get().secret(), SIGN_OUT, ""));
        return templates.page(stale ? 403 : 200, "sign-out", agent, model).build();
    }
}
