package dev.signet.app.control;

import dev.signet.app.console.UserFiles;
import dev.signet.jwt.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The files of whoever gave the command, which are read and made over there, with their rights. */
final class CallersFiles implements UserFiles {

    private final Messages messages;

    CallersFiles(Messages messages) {
        this.messages = messages;
    }

    @Override
    public String read(Path file, int most) throws IOException {
        return ask(JsonObject.builder()
                        .put("read", file.toString())
                        .put("most", most)
                        .build())
                .findString("text")
                .orElseThrow(() -> new IOException("the file cannot be read"));
    }

    @Override
    public boolean create(Path file, String content) throws IOException {
        return ask(JsonObject.builder()
                        .put("create", file.toString())
                        .put("text", content)
                        .build())
                .findBoolean("created")
                .orElseThrow(() -> new IOException("the file cannot be made"));
    }

    @Override
    public Optional<String> ask(String question) throws IOException {
        return ask(JsonObject.builder().put("ask", question).build()).findString("typed");
    }

    private JsonObject ask(JsonObject question) throws IOException {
        messages.send(question);
        Optional<JsonObject> answer = messages.receive();
        return answer.orElseThrow(() -> new IOException("whoever gave the command is gone"));
    }
}
