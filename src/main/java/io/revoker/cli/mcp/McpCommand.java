package io.revoker.cli.mcp;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.json.schema.jackson2.DefaultJsonSchemaValidator;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.revoker.cli.service.ServerOptions;
import io.revoker.cli.terminal.CommandIo;
import io.revoker.cli.terminal.StandardOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code mcp}: serves tools to an assistant until its input ends. */
@Command(
        name = "mcp",
        header = "Offers look-up, preview and revocation to an assistant, by the Model Context Protocol.",
        description = "An assistant starts it, and talks to it by standard input and output.")
public final class McpCommand implements Callable<Integer> {
    private static final String INSTRUCTIONS = "Revoker makes tokens stop working. A revocation can't be undone: call"
            + " preview_revocation first, show the person which tokens would be hit, and how many, and call revoke"
            + " with the approval of that preview only if the person agrees.";

    @Mixin
    private final ServerOptions server = new ServerOptions();

    private final CommandIo io;

    public McpCommand(CommandIo io) {
        this.io = io;
    }

    @Override
    public Integer call() throws InterruptedException {
        keepOutputClean();
        JsonMapper json = new JsonMapper();
        JacksonMcpJsonMapper mapper = new JacksonMcpJsonMapper(json);
        Conversation conversation = new Conversation(mapper, io.in(), io.out());
        McpSyncServer running = McpServer.sync(conversation)
                .serverInfo("revoker", StandardOptions.version())
                .instructions(INSTRUCTIONS)
                .capabilities(ServerCapabilities.builder().tools(false).build())
                .jsonMapper(mapper)
                .jsonSchemaValidator(new DefaultJsonSchemaValidator(json))
                .tools(new RevokerTools(server.calls(io), new Approvals(System::nanoTime)).all())
                .build();
        conversation.awaitEnd();
        running.closeGracefully();
        return CommandIo.DONE;
    }

    /** What a library logs must not get between the messages. */
    private void keepOutputClean() {
        if (io.out() == System.out) {
            System.setOut(System.err);
        }
    }
}
