package dev.signet.app.demo;

import dev.signet.app.login.Browser;
import java.io.IOException;
import java.net.URI;

/** Sends the person at this machine to the page. */
final class BrowserVisitor implements Visitor {

    private final Browser browser;
    private final DemoParties parties;
    private final Conversation talk;

    BrowserVisitor(Browser browser, DemoParties parties, Conversation talk) {
        this.browser = browser;
        this.parties = parties;
        this.talk = talk;
    }

    @Override
    public void visit(URI page) {
        talk.say("  Sign in there within five minutes (or start the demo with --no-browser):");
        talk.say("    name      " + DemoParties.PERSON);
        talk.say("    password  " + parties.personsPassword());
        try {
            browser.open(page);
        } catch (IOException none) {
            talk.say("  No browser could be opened here; open the address by hand.");
        }
    }
}
