package dev.signet.app.config;

/**
 * One thing that is wrong in the configuration file.
 *
 * @param file the file's name as it was given
 * @param line counted from one; zero when the fault is about the file as a whole
 * @param path the key, such as {@code clients[0].jwks}; empty at the top of the file
 * @param expected what is wrong and what was expected; never the value of a secret
 */
public record Fault(String file, int line, String path, String expected) {

    /** One line, such as {@code signet.yaml:12: clients[0].jwks: is required with private_key_jwt}. */
    @Override
    public String toString() {
        String place = line == 0 ? file : file + ":" + line;
        return place + ": " + (path.isEmpty() ? expected : path + ": " + expected);
    }
}
