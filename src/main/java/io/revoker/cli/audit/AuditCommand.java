package io.revoker.cli.audit;

import io.revoker.cli.service.ServerOptions;
import io.revoker.cli.terminal.CommandFailure;
import io.revoker.cli.terminal.CommandIo;
import io.revoker.cli.terminal.StandardOptions;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code audit}: who has done what, and whether the trail is whole. */
@Command(
        name = "audit",
        header = "Lists or copies the entries of the audit trail, or checks that it is whole.",
        exitCodeList = "2:the arguments can't be used")
public final class AuditCommand {
    @Mixin
    final StandardOptions standardOptions = new StandardOptions();

    private final CommandIo io;

    public AuditCommand(CommandIo io) {
        this.io = io;
    }

    @Command(name = "list", header = "Lists entries, the newest first.")
    int list(
            @Mixin AuditOptions which,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "50",
                            description = "the most entries (default: ${DEFAULT-VALUE})")
                    int limit,
            @Mixin ServerOptions server) {
        AuditList list = new AuditList(io, server.isJson());
        AuditEntries.of(server.calls(io), which.query() + "&order=newest").each(limit, list::add);
        list.end();
        return CommandIo.DONE;
    }

    @Command(name = "export", header = "Prints entries as lines of JSON, as they were written, the oldest first.")
    int export(@Mixin AuditOptions which, @Mixin ServerOptions server) {
        AuditEntries.of(server.calls(io), which.query() + "&order=oldest").each(Long.MAX_VALUE, io.out()::println);
        return CommandIo.DONE;
    }

    @Command(
            name = "verify",
            header = "Checks that no entry is missing, altered or moved: all of the service, or those of a file.",
            exitCodeList = "8:the audit trail is not whole")
    int verify(
            @Parameters(arity = "0..1", paramLabel = "FILE", description = "a copy, such as audit.file has one")
                    Optional<Path> file,
            @Option(
                            names = "--ends",
                            paramLabel = "FILE",
                            description =
                                    "what GET /v1/audit/chains answered before: what was signed then must be there")
                    Optional<Path> ends,
            @Mixin ServerOptions server) {
        if (file.isPresent() && ends.isPresent()) {
            throw CommandFailure.usage("--ends: with FILE (expected: without it, for the entries of a service)");
        }
        AuditVerify verify = new AuditVerify(io, server.isJson(), ends);
        return file.map(verify::file).orElseGet(() -> verify.service(server.calls(io)));
    }
}
