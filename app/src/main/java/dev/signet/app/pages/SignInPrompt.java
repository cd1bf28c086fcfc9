package dev.signet.app.pages;

import dev.signet.app.pages.BrowserSessions.SignedIn;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.resourceowner.Consent;
import dev.signet.authorizationserver.resourceowner.ConsentStore;
import dev.signet.authorizationserver.resourceowner.Decision;
import dev.signet.authorizationserver.resourceowner.Question;
import dev.signet.authorizationserver.resourceowner.ResourceOwnerPrompt;
import dev.signet.authorizationserver.rule.ApprovableRequest;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.authorization.RedirectUri;
import dev.signet.core.http.FormParameters;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.http.ProtocolResponse;
import java.util.Optional;

/**
 * Has people sign in and consent on pages (RFC 6749 §3.1). What was consented to is remembered, and asked again when a client wants
 * more or may be another. A form counts only if it was shown to the same user agent for the same request. Thread-safe.
 */
final class SignInPrompt implements ResourceOwnerPrompt {

    private final BrowserSessions sessions;
    private final SignInPage signInPage;
    private final ConsentPage consentPage;
    private final ConsentStore consents;

    SignInPrompt(BrowserSessions sessions, SignInPage signInPage, ConsentPage consentPage, ConsentStore consents) {
        this.sessions = sessions;
        this.signInPage = signInPage;
        this.consentPage = consentPage;
        this.consents = consents;
    }

    @Override
    public Decision decide(Question question) {
        ProtocolRequest http = question.http();
        RegisteredClient client = question.request().client();
        FormTarget target = FormTarget.of(
                http.path(),
                question.request().resent(),
                client.authorization().clientName().orElse(client.clientId().value()));
        UserAgent agent = UserAgent.of(http);
        Optional<String> locales =
                question.request().parameters().all("ui_locales").stream().findFirst();
        if (locales.isPresent()) {
            agent = agent.preferring(locales.get());
        }
        Visit visit = new Visit(agent, target, question.proposal());
        return http.method().equals("POST") ? sent(visit, http.form()) : opened(visit);
    }

    private record Visit(UserAgent agent, FormTarget target, Optional<ApprovableRequest> proposal) {}

    /** A link was followed, or a client sent the user agent here. */
    private Decision opened(Visit visit) {
        Optional<SignedIn> signedIn = sessions.find(visit.agent());
        return signedIn.isPresent()
                ? known(visit, signedIn.get())
                : new Decision.Ask(signInPage.show(visit.agent(), visit.target()));
    }

    private Decision known(Visit visit, SignedIn signedIn) {
        if (visit.proposal().isEmpty()) {
            return new Decision.Denied();
        }
        ApprovableRequest request = visit.proposal().get();
        return isCertain(request) && isRemembered(request, signedIn)
                ? approved(request, signedIn)
                : new Decision.Ask(consentPage
                        .show(visit.agent(), visit.target(), request, signedIn, false)
                        .build());
    }

    /**
     * Whether nobody else can be answered as that client, and somebody has vouched for it: one that registered itself where everybody may
     * can be anybody, whatever it calls itself (RFC 7591 §5). One that does not authenticate, and is answered on the user's own machine, may
     * be any app there. Then a person has to say so each time (RFC 6749 §10.2, RFC 8252 §8.6).
     */
    private static boolean isCertain(ApprovableRequest request) {
        RedirectUri redirectUri = request.redirectable().redirectUri();
        return !request.client().isUnverified()
                && (request.client().authenticationMethod() != ClientAuthenticationMethod.NONE
                        || !(redirectUri.isLoopback() || redirectUri.isPrivateScheme()));
    }

    private boolean isRemembered(ApprovableRequest request, SignedIn signedIn) {
        return consents.find(signedIn.account().subject(), request.client().clientId())
                .filter(consent -> consent.covers(ConsentPage.asked(request)))
                .isPresent();
    }

    private static Decision approved(ApprovableRequest request, SignedIn signedIn) {
        return new Decision.Approved(signedIn.account().subject(), signedIn.authentication(), request.scope());
    }

    private Decision sent(Visit visit, FormParameters form) {
        if (form.names().contains("login")) {
            return signingIn(visit, form);
        }
        if (form.names().contains("cancel")) {
            return signInPage.isShown(visit.agent(), visit.target(), form)
                    ? new Decision.Denied()
                    : new Decision.Ask(signInPage.stale(visit.agent(), visit.target()));
        }
        if (form.names().contains("approve") || form.names().contains("deny")) {
            return consenting(visit, form);
        }
        // A client may send people here by a form of its own. It is of another site, so that no cookie came with it.
        return visit.target()
                .redirect()
                .<Decision>map(there -> new Decision.Ask(there.build()))
                .orElseGet(() -> opened(visit));
    }

    private Decision signingIn(Visit visit, FormParameters form) {
        SignInPage.Outcome outcome = signInPage.submit(visit.agent(), visit.target(), form);
        if (outcome instanceof SignInPage.Outcome.Again again) {
            return new Decision.Ask(again.page());
        }
        SignInPage.Outcome.Done done = (SignInPage.Outcome.Done) outcome;
        // Too long to be sent anywhere: what comes next is shown at once, also what was consented to before.
        return visit.target()
                .redirect()
                .or(() -> visit.proposal()
                        .map(request ->
                                consentPage.show(visit.agent(), visit.target(), request, done.signedIn(), false)))
                .<Decision>map(next -> new Decision.Ask(
                        next.header("Set-Cookie", done.cookie()).build()))
                .orElseGet(Decision.Denied::new);
    }

    private Decision consenting(Visit visit, FormParameters form) {
        Optional<SignedIn> signedIn = sessions.find(visit.agent());
        if (signedIn.isEmpty()) {
            return new Decision.Ask(signInPage.stale(visit.agent(), visit.target()));
        }
        if (visit.proposal().isEmpty()) {
            return new Decision.Denied();
        }
        ApprovableRequest request = visit.proposal().get();
        if (!consentPage.isShown(visit.target(), form, request, signedIn.get())) {
            ProtocolResponse again = consentPage
                    .show(visit.agent(), visit.target(), request, signedIn.get(), true)
                    .build();
            return new Decision.Ask(again);
        }
        if (form.names().contains("deny")) {
            return new Decision.Denied();
        }
        consents.add(new Consent(
                signedIn.get().account().subject(), request.client().clientId(), ConsentPage.asked(request)));
        return approved(request, signedIn.get());
    }
}
