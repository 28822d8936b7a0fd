import co.elastic.clients.elasticsearch.ElasticsearchAsyncClient;
import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch.security.InvalidateTokenRequest;
import co.elastic.clients.elasticsearch.security.InvalidateTokenResponse;
import co.elastic.clients.json.SimpleJsonpMapper;
import co.elastic.clients.transport.rest_client.RestClientTransport;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import org.apache.http.Header;
import org.apache.http.HttpHost;
import org.apache.http.message.BasicHeader;
import org.elasticsearch.client.RestClient;

/** Makes the calls that its arguments name, one after the other, and prints what the client makes of each answer. */
public final class ElasticsearchJava {
    public static void main(String[] args) throws IOException {
        Header[] headers = args[1].isEmpty()
                ? new Header[0]
                : new Header[] {new BasicHeader("Authorization", args[1])};
        try (RestClientTransport plain = transport(args[0], headers, false);
                RestClientTransport compressing = transport(args[0], headers, true)) {
            for (int i = 2; i < args.length; i++) {
                boolean gzip = args[i].startsWith("gzip ");
                String call = gzip ? args[i].substring(5) : args[i];
                System.out.println(outcome(gzip ? compressing : plain, call.split("\\|", -1)));
            }
        }
    }

    private static RestClientTransport transport(String url, Header[] headers, boolean gzip) {
        return new RestClientTransport(
                RestClient.builder(HttpHost.create(url))
                        .setDefaultHeaders(headers)
                        .setCompressionEnabled(gzip)
                        .build(),
                SimpleJsonpMapper.INSTANCE);
    }

    private static String outcome(RestClientTransport transport, String[] call) {
        try {
            if (call[0].equals("create")) {
                return new ElasticsearchClient(transport)
                        .security()
                        .getToken(request -> request.username(call[1]))
                        .accessToken();
            }
            InvalidateTokenResponse response = call[0].equals("async")
                    ? new ElasticsearchAsyncClient(transport).security().invalidateToken(request(call)).join()
                    : new ElasticsearchClient(transport).security().invalidateToken(request(call));
            return response.invalidatedTokens() + "," + response.previouslyInvalidatedTokens() + ","
                    + response.errorCount();
        } catch (IOException | RuntimeException e) {
            return outcome(e instanceof CompletionException ? e.getCause() : e);
        }
    }

    private static String outcome(Throwable failure) {
        if (failure instanceof ElasticsearchException) {
            ElasticsearchException known = (ElasticsearchException) failure;
            return "ElasticsearchException " + known.status() + " " + known.error().type() + " "
                    + known.error().reason();
        }
        String kind = failure instanceof IOException ? "IOException" : failure.getClass().getSimpleName();
        return kind + " " + failure.getMessage();
    }

    private static InvalidateTokenRequest request(String[] call) {
        switch (call[0]) {
            case "access":
                return InvalidateTokenRequest.of(request -> request.token(call[1]));
            case "refresh":
                return InvalidateTokenRequest.of(request -> request.refreshToken(call[1]));
            case "user":
                return InvalidateTokenRequest.of(request -> request.username(call[1]));
            case "realm":
            case "async":
                return InvalidateTokenRequest.of(request -> request.realmName(call[1]));
            default:
                return fields(call);
        }
    }

    private static InvalidateTokenRequest fields(String[] call) {
        InvalidateTokenRequest.Builder request = new InvalidateTokenRequest.Builder();
        if (!call[1].isEmpty()) {
            request.token(call[1]);
        }
        if (!call[2].isEmpty()) {
            request.refreshToken(call[2]);
        }
        if (!call[3].isEmpty()) {
            request.realmName(call[3]);
        }
        if (!call[4].isEmpty()) {
            request.username(call[4]);
        }
        return request.build();
    }
}
