package io.revoker.cli.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.json.schema.jackson2.DefaultJsonSchemaValidator;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.revoker.Main;
import io.revoker.testing.Jvm;
import io.revoker.testing.RunningService;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Starts the command as assistants do, as a process, and calls its tools by the client of the protocol's library. */
record Assistant(McpSyncClient client) implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    static List<String> command() {
        return Jvm.command("-cp", System.getProperty("java.class.path"), Main.class.getName(), "mcp");
    }

    static Map<String, String> environment(RunningService service) {
        return Map.of("REVOKER_SERVER", service.uri("").toString(), "HOME", "/nonexistent");
    }

    static Assistant start(RunningService service, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(environment(service));
        environment.putAll(more);
        List<String> command = command();
        McpSyncClient client = McpClient.sync(new StdioClientTransport(
                        ServerParameters.builder(command.get(0))
                                .args(command.subList(1, command.size()))
                                .env(environment)
                                .build(),
                        new JacksonMcpJsonMapper(JSON)))
                .requestTimeout(PATIENCE)
                .initializationTimeout(PATIENCE)
                .jsonSchemaValidator(new DefaultJsonSchemaValidator(JSON))
                .build();
        client.initialize();
        return new Assistant(client);
    }

    List<Tool> tools() {
        return client.listTools().tools();
    }

    /** @param arguments JSON with single quotes */
    Result call(String tool, String arguments) {
        Map<String, Object> given = JSON.convertValue(tree(arguments.replace('\'', '"')), new TypeReference<>() {});
        CallToolResult result =
                client.callTool(CallToolRequest.builder(tool).arguments(given).build());
        return new Result(
                Boolean.TRUE.equals(result.isError()),
                result.content().stream()
                        .map(content -> ((TextContent) content).text())
                        .toList(),
                JSON.valueToTree(result.structuredContent()));
    }

    /** @param texts the sentence, and the JSON if there is some */
    record Result(boolean isError, List<String> texts, JsonNode json) {
        String sentence() {
            return texts.get(0);
        }
    }

    static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    @Override
    public void close() {
        client.closeGracefully();
    }
}
