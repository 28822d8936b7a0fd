package io.revoker.cli.mcp;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpServerSession;
import io.modelcontextprotocol.spec.McpServerTransport;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import reactor.core.publisher.Mono;

/**
 * The transport over standard input and output, and when it has ended: the library stops reading at the end of the
 * input, and at a line that is no message, and says so by closing its session only.
 */
final class Conversation extends StdioServerTransportProvider {
    private final CountDownLatch ended = new CountDownLatch(1);

    Conversation(McpJsonMapper mapper, InputStream in, OutputStream out) {
        super(mapper, in, out);
    }

    void awaitEnd() throws InterruptedException {
        ended.await();
    }

    @Override
    public void setSessionFactory(McpServerSession.Factory factory) {
        super.setSessionFactory(transport -> factory.create(new Watched(transport, ended)));
    }

    private record Watched(McpServerTransport transport, CountDownLatch ended) implements McpServerTransport {
        @Override
        public void close() {
            ended.countDown();
            transport.close();
        }

        @Override
        public Mono<Void> closeGracefully() {
            ended.countDown();
            return transport.closeGracefully();
        }

        @Override
        public Mono<Void> sendMessage(JSONRPCMessage message) {
            return transport.sendMessage(message);
        }

        @Override
        public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
            return transport.unmarshalFrom(data, type);
        }

        @Override
        public List<String> protocolVersions() {
            return transport.protocolVersions();
        }
    }
}
