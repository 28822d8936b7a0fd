package io.revoker.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.revoker.cli.terminal.CommandIo;
import io.revoker.testing.RunningService;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A command that was run in this process, in a pipe. */
public record CommandRun(int status, String out, String err) {

    /** Without a file of contexts, for a service. */
    public static CommandRun of(RunningService service, String... arguments) {
        return with(service, "", Map.of(), arguments);
    }

    static CommandRun with(RunningService service, String input, Map<String, String> variables, String... arguments) {
        Map<String, String> environment =
                new HashMap<>(Map.of("REVOKER_SERVER", service.uri("").toString()));
        environment.putAll(variables);
        return in(environment, input, arguments);
    }

    static CommandRun in(Map<String, String> environment, String input, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Map<String, String> variables = new HashMap<>(Map.of("HOME", "/nonexistent"));
        variables.putAll(environment);
        CommandIo io = new CommandIo(
                new ByteArrayInputStream(input.getBytes(UTF_8)),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                variables);
        int status = new Commands(io, (options, given) -> List.of())
                .run(List.of(arguments))
                .orElseThrow();
        return new CommandRun(status, out.toString(UTF_8), err.toString(UTF_8));
    }
}
