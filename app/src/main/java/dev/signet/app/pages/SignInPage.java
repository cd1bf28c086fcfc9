package dev.signet.app.pages;

import dev.signet.app.pages.BrowserSessions.SignedIn;
import dev.signet.core.http.FormParameters;
import dev.signet.core.http.ProtocolResponse;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The page to sign in on, and what comes of it. Thread-safe. */
final class SignInPage {

    private static final String PURPOSE = "sign-in";

    private final PageTemplates templates;
    private final SignIn signIn;
    private final BrowserSessions sessions;
    private final PageCookie formCookie;
    private final SecureRandom random;

    SignInPage(
            PageTemplates templates,
            SignIn signIn,
            BrowserSessions sessions,
            PageCookie formCookie,
            SecureRandom random) {
        this.templates = templates;
        this.signIn = signIn;
        this.sessions = sessions;
        this.formCookie = formCookie;
        this.random = random;
    }

    /** What is wrong. */
    private enum Problem {
        NONE("", 200),
        UNKNOWN("problem.unknown", 403),
        STALE("problem.stale", 403),
        LATER("problem.later", 429);

        private final String text;
        private final int status;

        Problem(String text, int status) {
            this.text = text;
            this.status = status;
        }
    }

    /** What comes of a form that was sent. */
    sealed interface Outcome {

        /** Somebody is signed in, whose user agent needs the cookie. */
        record Done(SignedIn signedIn, String cookie) implements Outcome {}

        /** Nobody is: a page says why. */
        record Again(ProtocolResponse page) implements Outcome {}
    }

    ProtocolResponse show(UserAgent agent, FormTarget target) {
        return page(agent, target, Problem.NONE, "").build();
    }

    /** Whether a form is one that was shown to that user agent, for that. */
    boolean isShown(UserAgent agent, FormTarget target, FormParameters form) {
        return formCookie
                .find(agent)
                .filter(secret -> FormToken.matches(
                        form.all(FormToken.FIELD).stream().findFirst().orElse(""), secret, PURPOSE, target.content()))
                .isPresent();
    }

    /** The page again, after it was open for too long. */
    ProtocolResponse stale(UserAgent agent, FormTarget target) {
        return page(agent, target, Problem.STALE, "").build();
    }

    Outcome submit(UserAgent agent, FormTarget target, FormParameters form) {
        String username = first(form, "username");
        if (!isShown(agent, target, form)) {
            return new Outcome.Again(stale(agent, target));
        }
        SignIn.Outcome outcome = signIn.attempt(username, first(form, "password"), agent.address());
        if (outcome instanceof SignIn.Outcome.Later later) {
            return new Outcome.Again(page(agent, target, Problem.LATER, username)
                    .header("Retry-After", String.valueOf(later.pause().toSeconds() + 1))
                    .build());
        }
        Optional<SignedIn> signedIn = outcome instanceof SignIn.Outcome.Known known
                ? sessions.start(agent, known.account())
                : Optional.empty();
        return signedIn.<Outcome>map(somebody -> new Outcome.Done(somebody, sessions.cookie(somebody)))
                .orElseGet(() -> new Outcome.Again(
                        page(agent, target, Problem.UNKNOWN, username).build()));
    }

    private static String first(FormParameters form, String name) {
        return form.all(name).stream().findFirst().orElse("");
    }

    private ProtocolResponse.Builder page(UserAgent agent, FormTarget target, Problem problem, String username) {
        Optional<String> known = formCookie.find(agent);
        String secret = known.orElseGet(() -> PageCookie.newSecret(random));
        Map<String, Object> model = new HashMap<>();
        model.put("client", target.client().orElse(""));
        model.put("action", target.path());
        model.put("parameters", target.fields());
        model.put("csrf", FormToken.of(secret, PURPOSE, target.content()));
        model.put("problem", problem.text);
        model.put("invalid", problem == Problem.UNKNOWN);
        model.put("username", username.length() <= 128 ? username : "");
        ProtocolResponse.Builder page = templates.page(problem.status, "sign-in", agent, model);
        if (known.isEmpty()) {
            page.header("Set-Cookie", formCookie.set(secret));
        }
        return page;
    }
}
