package dev.signet.app.pages;

import dev.signet.app.password.PasswordCheck;
import dev.signet.authorizationserver.registry.ProtectedResources;
import dev.signet.authorizationserver.resourceowner.ConsentStore;
import dev.signet.authorizationserver.resourceowner.ErrorPage;
import dev.signet.authorizationserver.resourceowner.ResourceOwnerPrompt;
import dev.signet.authorizationserver.resourceowner.SessionStore;
import dev.signet.authorizationserver.resourceowner.UserAccounts;
import dev.signet.authorizationserver.store.ClientRegistry;
import dev.signet.authorizationserver.store.GrantStore;
import dev.signet.authorizationserver.store.StoreException;
import dev.signet.core.Issuer;
import dev.signet.core.error.ErrorCode;
import dev.signet.core.error.OAuthError;
import dev.signet.core.error.OAuthException;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.http.ProtocolResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that people see of a server: the prompt and the error page of its authorization endpoint, and pages of their own. Thread-safe. */
public final class Pages implements ErrorPage {

    private static final Logger LOG = LoggerFactory.getLogger(Pages.class);

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST");

    private static final OAuthError UNAVAILABLE =
            OAuthError.of(ErrorCode.TEMPORARILY_UNAVAILABLE, "The server is not available at present");

    private final PageTemplates templates;
    private final PagePaths paths;
    private final PageAsset stylesheet;
    private final PageAsset mark;
    private final ResourceOwnerPrompt prompt;
    private final AccountPages accountPages;

    private Pages(Look look, People people, Clock clock, SecureRandom random) {
        this.templates = look.templates();
        this.paths = look.paths();
        this.stylesheet = look.stylesheet();
        this.mark = look.mark();
        BrowserSessions sessions = new BrowserSessions(
                people.sessions(),
                people.accounts(),
                people.sessionLimits(),
                PageCookie.session(look.issuer()),
                clock,
                random);
        SignIn signIn = new SignIn(
                people.accounts(), new PasswordCheck(Runtime.getRuntime().availableProcessors()), clock);
        SignInPage signInPage = new SignInPage(templates, signIn, sessions, PageCookie.form(look.issuer()), random);
        this.prompt = new SignInPrompt(sessions, signInPage, new ConsentPage(templates, paths), people.consents());
        this.accountPages = new AccountPages(templates, paths, sessions, signInPage, people);
    }

    /**
     * What the pages look like.
     *
     * @throws IllegalArgumentException if a file in the folder is of no use
     */
    public static Look look(Issuer issuer, Optional<Path> folder) {
        PageAsset stylesheet = PageAsset.stylesheet(folder);
        PageAsset mark = PageAsset.mark(folder);
        PagePaths paths = PagePaths.of(issuer, stylesheet, mark);
        return new Look(issuer, PageTemplates.of(folder, paths), paths, stylesheet, mark);
    }

    /** What pages look like, read from files and tried out. */
    public record Look(Issuer issuer, PageTemplates templates, PagePaths paths, PageAsset stylesheet, PageAsset mark) {}

    /**
     * Whom the pages are for, and about.
     *
     * @param accounts of those who sign in
     * @param grants what clients got by consents, and lose with them
     */
    public record People(
            UserAccounts accounts,
            SessionStore sessions,
            SessionLimits sessionLimits,
            ConsentStore consents,
            GrantStore grants,
            ClientRegistry clients,
            ProtectedResources resources) {}

    /** The pages of a server. */
    public static Pages of(Look look, People people, Clock clock, SecureRandom random) {
        return new Pages(look, people, clock, random);
    }

    /** Asks resource owners. */
    public ResourceOwnerPrompt prompt() {
        return prompt;
    }

    @Override
    public ProtocolResponse show(Failure failure) {
        return error(failure.http(), failure.error(), failure.correlationId());
    }

    private ProtocolResponse error(ProtocolRequest http, OAuthError error, String correlation) {
        return templates
                .page(
                        error.code().status(),
                        "error",
                        UserAgent.of(http),
                        Map.of(
                                "description", error.description(),
                                "code", error.code().wireName(),
                                "correlation", correlation))
                .build();
    }

    /** What is to be answered to a request that is for one of the pages themselves; empty for any other. */
    public Optional<ProtocolResponse> answer(ProtocolRequest request) {
        String path = request.path();
        if (path.equals(paths.account())) {
            return Optional.of(page(request, accountPages::account));
        }
        if (path.equals(paths.signOut())) {
            return Optional.of(page(request, accountPages::signOut));
        }
        if (path.equals(paths.stylesheet())) {
            return Optional.of(stylesheet.answer(request));
        }
        return path.equals(paths.mark()) ? Optional.of(mark.answer(request)) : Optional.empty();
    }

    private ProtocolResponse page(ProtocolRequest request, Function<ProtocolRequest, ProtocolResponse> page) {
        if (!METHODS.contains(request.method())) {
            return PageTemplates.secured(ProtocolResponse.builder(405).header("Allow", "GET, HEAD, POST"))
                    .build();
        }
        try {
            return page.apply(request);
        } catch (OAuthException refusal) {
            return error(request, refusal.error(), "");
        } catch (StoreException failed) {
            LOG.atError().addKeyValue("event", "page-failed").setCause(failed).log("a page could not be shown");
            return error(request, UNAVAILABLE, "");
        }
    }
}
