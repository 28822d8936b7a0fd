package io.revoker.http.leaks;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.caller.Caller;
import io.revoker.domain.Problem;
import io.revoker.domain.Report;
import io.revoker.domain.Target.Extent;
import io.revoker.http.BulkQueue;
import io.revoker.http.Json;
import io.revoker.http.RequestFields;
import io.revoker.http.single.RevocationLogLine;
import io.revoker.http.single.SilentRevocations;
import io.revoker.http.single.TokenRevocations;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.slf4j.Logger;

/** Revokes the tokens of a report, some at the same time. */
record LeakedTokens(SilentRevocations revocations) {
    private static final int TOGETHER = 16;

    /**
     * One finding of a report.
     *
     * @param type how the scanner names what it looked for
     */
    record Leak(String token, Optional<String> type) {
        private static Leak of(int place, JsonNode finding) {
            String token = RequestFields.text("[" + place + "].token", finding.path("token"));
            return new Leak(
                    token, Optional.ofNullable(finding.path("type").textValue()).map(Leak::writable));
        }

        /** It is sent back, and half of a surrogate pair can't be written. */
        private static String writable(String type) {
            return new String(type.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        }
    }

    /** A leaked refresh token gives access tokens, too: so the other token of its pair is revoked with it. */
    LeakedTokens(TokenRevocations tokens, Logger log) {
        this(new SilentRevocations(tokens, new RevocationLogLine(log), Extent.GRANT));
    }

    /**
     * The tokens of a report: an array of objects that have one each. Whether each is a token of this service is looked
     * up, whatever type the report says. Fails with a {@link Problem}.
     */
    static List<Leak> read(byte[] body) {
        JsonNode findings = Json.read(body);
        if (!findings.isArray() || findings.isEmpty()) {
            throw Problem.invalid("body: not an array of findings (expected: objects with a token, at least one)");
        }
        return IntStream.range(0, findings.size())
                .mapToObj(i -> Leak.of(i, findings.get(i)))
                .toList();
    }

    /**
     * Revokes all. A failure does not stop it, because the other tokens leaked, too; then the future
     * fails with the first one.
     *
     * @return what was found of each, in their order
     */
    Future<List<Report.Outcome>> revoke(List<Leak> leaks, Caller caller) {
        BulkQueue queue = new BulkQueue(() -> TOGETHER);
        List<Future<Report.Outcome>> revoked = leaks.stream()
                .map(leak -> queue.take(1, () -> revocations.revoke(leak.token(), Optional.empty(), caller)))
                .toList();
        return Future.join(revoked)
                .map(all -> revoked.stream().map(Future::result).toList());
    }
}
