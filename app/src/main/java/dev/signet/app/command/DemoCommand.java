package dev.signet.app.command;

import dev.signet.app.console.Terminal;
import dev.signet.app.demo.Demo;
import dev.signet.app.log.JsonLog;
import dev.signet.app.log.LogLevel;
import dev.signet.app.login.Browser;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the main job on this machine. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what an authorization server, an API and a client say to each other.",
            "Both servers are started on this machine and left running, with commands to go on by hand."
        })
final class DemoCommand implements Callable<Integer> {

    @Option(
            names = "--exit",
            description = "end after the flows: with status 0 only if every step went as expected, refusals included")
    private boolean exit;

    @Option(
            names = "--no-browser",
            description = "let a script sign in, instead of you with your browser; --exit does so, too")
    private boolean noBrowser;

    private final Terminal terminal;
    private final Clock clock;
    private final Browser browser;

    DemoCommand(Terminal terminal, Clock clock, Browser browser) {
        this.terminal = terminal;
        this.clock = clock;
        this.browser = browser;
    }

    @Override
    public Integer call() throws InterruptedException {
        JsonLog.start(terminal.log(), LogLevel.ERROR);
        Demo demo;
        try {
            demo = exit || noBrowser
                    ? Demo.start(clock, new SecureRandom(), terminal::print)
                    : Demo.start(clock, new SecureRandom(), terminal::print, browser);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.STORE, "no folder for the demo could be made");
        }
        if (exit) {
            try (demo) {
                return (demo.run() ? ExitCode.OK : ExitCode.REFUSED).number();
            }
        }
        Runtime.getRuntime().addShutdownHook(new Thread(demo::close, "stop"));
        demo.run();
        demo.printCommands();
        new CountDownLatch(1).await(); // until the process is told to stop
        return ExitCode.OK.number();
    }
}
