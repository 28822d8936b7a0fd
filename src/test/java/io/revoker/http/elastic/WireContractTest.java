package io.revoker.http.elastic;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.Call;
import io.revoker.testing.OnEveryRedis;
import io.revoker.testing.RedisServers.Server;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** Every row of the contract, over the wire. */
@OnEveryRedis
class WireContractTest {
    private final Api api;

    WireContractTest(Server redis) {
        api = new Api(RunningService.shared(redis));
    }

    @EveryContractRow
    void answersAsElasticsearchDoes(String row, Exchange exchange, int status, String body) {
        Exchange sent = status == 200 ? aboutARegisteredToken(exchange) : exchange;

        Reply reply = call(sent).send();

        assertThat(reply).as(row).hasToString(status + " " + body);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json; charset=UTF-8");
        assertThat(reply.header("X-elastic-product")).isEqualTo("Elasticsearch");
    }

    /** The rows that pass name the tokens "abc" and "a": here they get one that is registered. */
    private Exchange aboutARegisteredToken(Exchange row) {
        String token = '"' + api.access("contract", "joe") + '"';
        String body = row.body().replace("\"abc\"", token).replace("\"a\"", token);
        return new Exchange(row.contentTypes(), row.query(), body);
    }

    private Call call(Exchange exchange) {
        String query = exchange.query().entrySet().stream()
                .map(entry -> entry.getKey() + '=' + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "?", ""));
        Call call = api.service()
                .call("DELETE", Exchange.PATH + (query.length() > 1 ? query : ""))
                .body(exchange.body());
        exchange.contentTypes().forEach(type -> call.header("Content-Type", type));
        return call;
    }
}
