package dev.signet.app.login;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What shows a page to the person at this machine. */
@FunctionalInterface
public interface Browser {

    /**
     * Shows that page.
     *
     * @throws IOException if there is no browser that could
     */
    void open(URI page) throws IOException;

    /** The one that an operating system of that name opens addresses with. */
    static Browser of(String operatingSystem) {
        List<String> opener = opener(operatingSystem.toLowerCase(Locale.ROOT));
        return page -> {
            List<String> command = new ArrayList<>(opener);
            // One argument, which no shell reads.
            command.add(page.toString());
            new ProcessBuilder(command)
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
        };
    }

    private static List<String> opener(String system) {
        if (system.startsWith("mac")) {
            return List.of("open");
        }
        return system.startsWith("windows") ? List.of("rundll32", "url.dll,FileProtocolHandler") : List.of("xdg-open");
    }
}
