package dev.signet.testkit;

import dev.signet.authorizationserver.resourceowner.Decision;
import dev.signet.authorizationserver.resourceowner.Question;
import dev.signet.authorizationserver.resourceowner.ResourceOwnerPrompt;
import dev.signet.authorizationserver.rule.ApprovableRequest;
import dev.signet.core.Scope;
import dev.signet.core.authorization.Authentication;
import dev.signet.core.http.ProtocolResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A resource owner who is signed in by a password and approves whatever is asked for, until a test has her do something else.
 * Thread-safe.
 */
public final class TestResourceOwner implements ResourceOwnerPrompt {

    /** Who she is. */
    public static final String SUBJECT = "alice";

    /** What the page says that is shown while she is away. */
    public static final String PAGE = "Who are you?";

    private final List<Question> asked = new CopyOnWriteArrayList<>();
    private volatile ResourceOwnerPrompt answer = TestResourceOwner::approved;

    private TestResourceOwner() {}

    /** Somebody who approves. */
    public static TestResourceOwner approving() {
        return new TestResourceOwner();
    }

    private static Decision approved(Question question) {
        return approved(question.proposal().map(ApprovableRequest::scope).orElse(Scope.empty()));
    }

    private static Decision approved(Scope scope) {
        return new Decision.Approved(SUBJECT, Authentication.byPassword(TestClock.START), scope);
    }

    /** Approves whatever is asked for from now on. */
    public TestResourceOwner approves() {
        answer = TestResourceOwner::approved;
        return this;
    }

    /** Approves that scope from now on. */
    public TestResourceOwner approves(Scope scope) {
        answer = question -> approved(scope);
        return this;
    }

    /** Denies from now on. */
    public TestResourceOwner denies() {
        answer = question -> new Decision.Denied();
        return this;
    }

    /** Is not signed in from now on, and shown {@link #PAGE}. */
    public TestResourceOwner leaves() {
        answer = question -> new Decision.Ask(ProtocolResponse.builder(200)
                .body("text/html; charset=utf-8", ("<p>" + PAGE + "</p>").getBytes(StandardCharsets.UTF_8))
                .build());
        return this;
    }

    /** What she was asked. */
    public List<Question> asked() {
        return List.copyOf(asked);
    }

    @Override
    public Decision decide(Question question) {
        asked.add(question);
        return answer.decide(question);
    }

    /** How often she was asked. */
    @Override
    public String toString() {
        return "TestResourceOwner, asked " + asked.size() + " times";
    }
}
