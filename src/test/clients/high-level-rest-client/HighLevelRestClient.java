import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.http.HttpHost;
import org.apache.http.Header;
import org.apache.http.message.BasicHeader;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.client.RequestOptions;
import org.elasticsearch.client.RestClient;
import org.elasticsearch.client.RestHighLevelClient;
import org.elasticsearch.client.security.CreateTokenRequest;
import org.elasticsearch.client.security.InvalidateTokenRequest;
import org.elasticsearch.client.security.InvalidateTokenResponse;

/** Makes the calls that its arguments name, one after the other, and prints what the client makes of each answer. */
public final class HighLevelRestClient {
    public static void main(String[] args) throws IOException {
        Header[] headers = args[1].isEmpty()
                ? new Header[0]
                : new Header[] {new BasicHeader("Authorization", args[1])};
        try (RestHighLevelClient plain = client(args[0], headers, false);
                RestHighLevelClient compressing = client(args[0], headers, true)) {
            for (int i = 2; i < args.length; i++) {
                boolean gzip = args[i].startsWith("gzip ");
                String call = gzip ? args[i].substring(5) : args[i];
                System.out.println(outcome(gzip ? compressing : plain, call.split("\\|", -1)));
            }
        }
    }

    private static RestHighLevelClient client(String url, Header[] headers, boolean gzip) {
        return new RestHighLevelClient(
                RestClient.builder(HttpHost.create(url)).setDefaultHeaders(headers).setCompressionEnabled(gzip));
    }

    private static String outcome(RestHighLevelClient client, String[] call) {
        try {
            if (call[0].equals("create")) {
                return client.security().createToken(
                        CreateTokenRequest.passwordGrant(call[1], "example".toCharArray()), RequestOptions.DEFAULT)
                        .getAccessToken();
            }
            InvalidateTokenResponse response = call[0].equals("async")
                    ? async(client, request(call)).join()
                    : client.security().invalidateToken(request(call), RequestOptions.DEFAULT);
            return response.getInvalidatedTokens() + "," + response.getPreviouslyInvalidatedTokens() + ","
                    + response.getErrorsCount();
        } catch (IOException | RuntimeException e) {
            Throwable failure = e instanceof CompletionException ? e.getCause() : e;
            String kind = failure instanceof IOException ? "IOException" : failure.getClass().getSimpleName();
            return kind + " " + failure.getMessage();
        }
    }

    private static InvalidateTokenRequest request(String[] call) {
        switch (call[0]) {
            case "access":
                return InvalidateTokenRequest.accessToken(call[1]);
            case "refresh":
                return InvalidateTokenRequest.refreshToken(call[1]);
            case "user":
                return InvalidateTokenRequest.userTokens(call[1]);
            case "realm":
            case "async":
                return InvalidateTokenRequest.realmTokens(call[1]);
            default:
                return new InvalidateTokenRequest(given(call[1]), given(call[2]), given(call[3]), given(call[4]));
        }
    }

    private static String given(String text) {
        return text.isEmpty() ? null : text;
    }

    private static CompletableFuture<InvalidateTokenResponse> async(
            RestHighLevelClient client, InvalidateTokenRequest request) {
        CompletableFuture<InvalidateTokenResponse> answer = new CompletableFuture<>();
        client.security().invalidateTokenAsync(request, RequestOptions.DEFAULT, new ActionListener<>() {
            @Override
            public void onResponse(InvalidateTokenResponse response) {
                answer.complete(response);
            }

            @Override
            public void onFailure(Exception e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }
}
