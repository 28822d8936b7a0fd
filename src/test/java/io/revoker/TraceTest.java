package io.revoker;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import io.revoker.domain.Problem;
import io.revoker.testing.OwnRedis;
import io.revoker.testing.RawConnection;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RunningService;
import io.revoker.testing.SpanReceiver;
import io.revoker.wiring.logging.JsonLog;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a receiver of spans gets of requests to a whole service. */
class TraceTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CLIENT = "00f067aa0ba902b7";

    @TempDir
    private Path directory;

    private final SpanReceiver receiver = SpanReceiver.start();

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void followsARevocationThroughHttpTheEventBusAndRedis() {
        List<Span> spans = spansOf("", Requests.register("r", "u", "t1"), traced(Requests.invalidateRealm("r"), "01"));

        List<Span> trace = spans.stream()
                .filter(span -> hex(span.getTraceId()).equals(TRACE))
                .toList();
        Span http = only(trace, "DELETE /_security/oauth2/token");
        assertThat(hex(http.getParentSpanId())).isEqualTo(CLIENT);
        assertThat(http.getKind()).isEqualTo(SpanKind.SPAN_KIND_SERVER);
        assertThat(attribute(http, "http.response.status_code")).isEqualTo("int_value: 200");
        Span asked = childOf(http, trace);
        assertThat(asked.getName()).isEqualTo("send revoker.revoke");
        assertThat(asked.getKind()).isEqualTo(SpanKind.SPAN_KIND_CLIENT);
        Span worked = childOf(asked, trace);
        assertThat(worked.getName()).isEqualTo("send revoker.revoke");
        assertThat(worked.getKind()).isEqualTo(SpanKind.SPAN_KIND_SERVER);
        assertThat(trace.stream().filter(span -> span.getParentSpanId().equals(worked.getSpanId())))
                .hasSize(trace.size() - 3)
                .allMatch(span -> span.getKind() == SpanKind.SPAN_KIND_CLIENT)
                .extracting(Span::getName)
                .contains("redis append", "redis page", "redis sweep", "redis end")
                .allMatch(name -> name.startsWith("redis "));
    }

    @Test
    void beginsATraceForWhoBringsNone() {
        List<Span> spans = spansOf("", Requests.register("t1"));

        Span http = only(spans, "POST /v1/tokens");
        assertThat(http.getParentSpanId()).isEqualTo(ByteString.EMPTY);
        assertThat(spans)
                .hasSizeGreaterThan(3)
                .allMatch(span -> span.getTraceId().equals(http.getTraceId()));
    }

    /** They share one message to the work, which therefore has the trace of none. */
    @Test
    void tracesAChecksRequestOnly() {
        List<Span> spans = spansOf("", traced(Requests.check("t1"), "01"), traced(Requests.check("t2"), "01"));

        assertThat(spans).hasSize(2).allSatisfy(span -> {
            assertThat(span.getName()).isEqualTo("GET /v1/check/*");
            assertThat(attribute(span, "http.response.status_code")).isEqualTo("int_value: 401");
            assertThat(hex(span.getParentSpanId())).isEqualTo(CLIENT);
        });
    }

    @Test
    void leavesToTheClientWhetherItIsTraced() {
        assertThat(spansOf(
                        "--tracing.sample-ratio=0",
                        traced(Requests.register("t1"), "00"),
                        Requests.register("t2"),
                        traced(Requests.check("t1"), "01")))
                .extracting(Span::getName)
                .containsExactly("GET /v1/check/*");
    }

    @Test
    void namesWhatIsOnNoRouteByItsMethodOnly() {
        List<Span> spans =
                spansOf("", Requests.get("/no/such/path"), Requests.body("BREW", "/v1/check/pot", "a/b", ""));

        assertThat(spans).extracting(Span::getName).contains("GET", "HTTP /v1/check/*");
    }

    @Test
    void tellsThatARequestFailed() {
        try (RunningService service = RunningService.start(receiver.options("--http.max-in-flight=1"))) {
            try (RawConnection pending = service.connect();
                    RawConnection refused = service.connect()) {
                pending.send(Requests.head("POST", Requests.TOKENS, Requests.JSON, "Content-Length: 9"));
                until("a request at work", () -> service.inFlight() == 1);
                assertThat(refused.exchange(Requests.register("t1")).status()).isEqualTo(503);
            }
        }
        assertThat(receiver.spans().stream()
                        .filter(span ->
                                attribute(span, "http.response.status_code").equals("int_value: 503")))
                .singleElement()
                .extracting(span -> span.getStatus().getCode())
                .isEqualTo(StatusCode.STATUS_CODE_ERROR);
    }

    @Test
    void tellsOfACallThatFailedNoMoreThanThatItDid() throws Exception {
        try (OwnRedis redis = OwnRedis.start(directory);
                RunningService service = RunningService.on(redis.url(), receiver.options());
                RawConnection connection = service.connect()) {
            redis.freeze();
            assertThat(connection.exchange(Requests.register("r", "u", "t1")).status())
                    .isEqualTo(503);
            redis.thaw();
        }
        assertThat(receiver.spans().stream().filter(span -> span.getName().startsWith("redis ")))
                .isNotEmpty()
                .allSatisfy(span -> {
                    assertThat(span.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
                    assertThat(span.getStatus().getMessage()).isEmpty();
                    assertThat(attribute(span, "error.type")).contains(Problem.class.getName());
                    assertThat(span.getEventsList()).isEmpty();
                });
    }

    /** A sweep of many makes many calls: a trace of them all would push the others out. */
    @Test
    void tracesTheFirstCallsOfARequestOnly() {
        // Users with longer names have hashes of their own.
        String[] registrations = IntStream.range(0, 300)
                .mapToObj(i -> Requests.register("r", "user".repeat(15) + i, "token" + i))
                .toArray(String[]::new);
        try (JsonLog log = JsonLog.open();
                RunningService service = RunningService.start(receiver.options("--sweep.batch-size=1"))) {
            exchange(service, registrations);
            exchange(service, traced(Requests.invalidateRealm("r"), "01"));
            assertThat(log.text().lines().filter(line -> line.contains("\"sweep ended\"")))
                    .as("the line at the end, after all the calls")
                    .singleElement()
                    .asString()
                    .contains("\"trace_id\":\"" + TRACE + "\"");
        }
        assertThat(receiver.spans().stream()
                        .filter(span -> hex(span.getTraceId()).equals(TRACE))
                        .filter(span -> span.getName().startsWith("redis ")))
                .hasSize(256);
    }

    @Test
    void saysWhoseSpansTheyAreAndWhoSendsThem() {
        spansOf(
                "--tracing.service-name=gate",
                "--tracing.otlp.headers=Authorization=Bearer of-spans",
                Requests.get("/"));

        assertThat(receiver.resources().get(0).getResource().getAttributesList())
                .anySatisfy(attribute -> {
                    assertThat(attribute.getKey()).isEqualTo("service.name");
                    assertThat(attribute.getValue().getStringValue()).isEqualTo("gate");
                });
        assertThat(receiver.heads())
                .allMatch(head -> head.startsWith("POST /v1/traces"))
                .allMatch(head -> head.replace('\n', ' ').matches("(?i).*authorization=Bearer of-spans.*"));
    }

    /** The rest of what a client may send along is its own words, kilobytes of them. */
    @Test
    void keepsNoStateAndNoBaggageOfTheClient() {
        String ours = "\r\ntracestate: a=state-71\r\nbaggage: b=baggage-72\r\n";

        List<Span> spans =
                spansOf("", traced(Requests.register("t1"), "01").replaceFirst("(traceparent: \\S+)\r\n", "$1" + ours));

        assertThat(spans)
                .hasSizeGreaterThan(3)
                .allMatch(span -> hex(span.getTraceId()).equals(TRACE));
        assertThat(receiver.raw()).doesNotContain("state-71", "baggage-72");
    }

    @Test
    void namesTheRouteOfAClientThatLeaves() {
        try (RunningService service = RunningService.start(receiver.options())) {
            try (RawConnection leaving = service.connect()) {
                leaving.send(Requests.head("POST", Requests.TOKENS, Requests.JSON, "Content-Length: 9"));
                until("at work", () -> service.inFlight() == 1);
            }
            until("gone", () -> service.inFlight() == 0);
        }
        assertThat(receiver.spans()).extracting(Span::getName).containsExactly("POST /v1/tokens");
    }

    @Test
    void aLineOfATraceThatIsNotKeptNamesNone() {
        try (JsonLog log = JsonLog.open();
                RunningService service = RunningService.start(receiver.options())) {
            exchange(service, traced(Requests.invalidateRealm("kept"), "01"));
            exchange(service, traced(Requests.invalidateRealm("dropped"), "00"));
            assertThat(log.text().lines().filter(line -> line.contains("\"message\":\"revocation\"")))
                    .hasSize(2)
                    .filteredOn(line -> line.contains("trace_id"))
                    .singleElement()
                    .asString()
                    .contains("\"trace_id\":\"" + TRACE + "\"");
        }
    }

    @Test
    void tracesNoProbes() {
        try (RunningService service = RunningService.start(receiver.options())) {
            assertThat(service.readiness().status()).isEqualTo(200);
            exchange(service, Requests.check("t1"));
        }
        assertThat(receiver.spans()).extracting(Span::getName).containsExactly("GET /v1/check/*");
    }

    /** On every kind of Redis there is: its calls come from where they were asked for. */
    @Test
    void followsRequestsInACluster() {
        String url = RedisServers.cluster().url();
        try (RunningService service = RunningService.on(url, receiver.options())) {
            exchange(service, traced(Requests.register("r", "u", "t1"), "01"));
        }
        List<Span> trace = receiver.spans();
        Span worked = childOf(childOf(only(trace, "POST /v1/tokens"), trace), trace);
        assertThat(trace.stream().filter(span -> span.getName().startsWith("redis ")))
                .hasSizeGreaterThan(2)
                .allMatch(span -> span.getParentSpanId().equals(worked.getSpanId()));
    }

    /** Each of the arguments is a request, unless it is an option. */
    private List<Span> spansOf(String... requests) {
        String[] options =
                List.of(requests).stream().filter(text -> text.startsWith("--")).toArray(String[]::new);
        try (RunningService service = RunningService.start(receiver.options(options))) {
            exchange(
                    service,
                    List.of(requests).stream()
                            .filter(text -> text.contains("HTTP/1.1"))
                            .toArray(String[]::new));
        }
        return receiver.spans();
    }

    private static void exchange(RunningService service, String... requests) {
        for (String request : requests) {
            try (RawConnection connection = service.connect()) {
                assertThat(connection.exchange(request).status()).isLessThan(500);
            }
        }
    }

    private static String traced(String request, String flags) {
        return request.replaceFirst(
                "Host: localhost\r\n",
                "Host: localhost\r\ntraceparent: 00-" + TRACE + "-" + CLIENT + "-" + flags + "\r\n");
    }

    private static Span only(List<Span> spans, String name) {
        List<Span> named =
                spans.stream().filter(span -> span.getName().equals(name)).toList();
        assertThat(named).hasSize(1);
        return named.get(0);
    }

    private static Span childOf(Span parent, List<Span> spans) {
        List<Span> children = spans.stream()
                .filter(span -> span.getParentSpanId().equals(parent.getSpanId()))
                .toList();
        assertThat(children).hasSize(1);
        return children.get(0);
    }

    private static String attribute(Span span, String name) {
        return span.getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals(name))
                .map(attribute -> attribute.getValue().toString().strip())
                .collect(Collectors.joining());
    }

    private static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }
}
