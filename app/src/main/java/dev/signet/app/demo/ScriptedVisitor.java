package dev.signet.app.demo;

import dev.signet.app.useragent.Page;
import dev.signet.app.useragent.UserAgent;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Goes through the pages by a script, as a person with a browser would, and says what there is to see. */
final class ScriptedVisitor implements Visitor {

    private static final Pattern TITLE = Pattern.compile("(?s)<title>(.*?)</title>");

    private final DemoParties parties;
    private final Conversation talk;

    ScriptedVisitor(DemoParties parties, Conversation talk) {
        this.parties = parties;
        this.talk = talk;
    }

    @Override
    public void visit(URI page) throws IOException, InterruptedException {
        UserAgent browser = new UserAgent();
        Page login = shown(browser.open(page));
        talk.say("  " + DemoParties.PERSON + " types name and password, and presses the button login");
        Page consent = shown(browser.send(
                login, Map.of("username", DemoParties.PERSON, "password", parties.personsPassword(), "login", "")));
        talk.say("  " + DemoParties.PERSON + " presses the button approve");
        shown(browser.send(consent, Map.of("approve", "")));
    }

    private Page shown(Page page) {
        Matcher title = TITLE.matcher(page.html());
        talk.say("  The browser shows: " + (title.find() ? title.group(1) : "a page with status " + page.status()));
        return page;
    }
}
