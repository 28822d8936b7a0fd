package io.revoker.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.Main;
import io.revoker.testing.Api;
import io.revoker.testing.NeedsTools;
import io.revoker.testing.Processes;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RunningService;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher beside a jar that leads to the classes under test. */
class LauncherTest {
    private static final RunningService SERVICE = RunningService.shared(RedisServers.embedded());

    @TempDir
    private Path directory;

    private Path launcher;

    @BeforeEach
    void install() throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.put(Attributes.Name.MAIN_CLASS, Main.class.getName());
        main.put(
                Attributes.Name.CLASS_PATH,
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                        .map(entry -> Path.of(entry).toUri().toString())
                        .collect(Collectors.joining(" ")));
        new JarOutputStream(Files.newOutputStream(directory.resolve("revoker.jar")), manifest).close();
        launcher = Files.createDirectory(directory.resolve("bin")).resolve("revoker");
        Files.copy(Path.of("src/main/bin/revoker"), launcher);
    }

    @Test
    void runsTheJarFromAnywhereAndByALink() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), launcher);

        assertThat(run(link, "--version")).isEqualTo("revoker unknown: not run from its jar\n0");
    }

    @Test
    void readsNamesInUtf8WhateverTheLocale() throws IOException {
        String user = Api.fresh("jörg");
        new Api(SERVICE).access("corp", user);

        assertThat(run(launcher, "revoke", "user", user, "--dry-run"))
                .isEqualTo("user " + user + " in every realm: 1 live token would be invalidated\n0");
    }

    @Test
    @NeedsTools
    void showsATerminalOnlyWhatItCanShow() throws IOException {
        String user = Api.fresh("jörg");
        new Api(SERVICE).access("corp", user);
        Path script = Files.writeString(
                directory.resolve("script"), "'" + launcher + "' revoke user '" + user + "' --dry-run\n");

        String shown = output(List.of("script", "-qefc", "sh " + script, "/dev/null"));

        assertThat(shown)
                .contains("user " + user.replace("ö", "?") + " in every realm: 1 live token would be invalidated");
    }

    @Test
    void handsTheExitStatusOn() throws IOException {
        assertThat(run(launcher, "revoke", "realm", "corp")).endsWith("\n4");
    }

    /** What it prints, and its exit status, in the plainest locale; a shell writes the words in UTF-8. */
    private String run(Path program, String... arguments) throws IOException {
        Path script = Files.writeString(
                directory.resolve("script"),
                Stream.concat(Stream.of(program.toString()), Stream.of(arguments))
                                .map(word -> "'" + word + "'")
                                .collect(Collectors.joining(" "))
                        + "\n");
        return output(List.of("sh", script.toString()));
    }

    private String output(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("LANG");
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("HOME", directory.toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("REVOKER_SERVER", SERVICE.uri("").toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return output + Processes.awaitEnd(process);
    }
}
