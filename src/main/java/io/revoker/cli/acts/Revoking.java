package io.revoker.cli.acts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.cli.service.ServiceAnswer;
import io.revoker.cli.service.ServiceCalls;
import io.revoker.cli.service.Unreachable;
import io.revoker.cli.terminal.CommandFailure;
import io.revoker.cli.terminal.CommandIo;
import io.revoker.cli.terminal.Shown;
import java.io.Console;
import java.util.Map;
import java.util.Optional;

/** One revocation, from the question to the sentence about what was done. */
record Revoking(CommandIo io, RevokeOptions how) {
    static final String PATH = "/v1/revocations";

    int of(Aim aim) {
        return of(aim, Optional.empty());
    }

    /** @param until makes it a lock */
    int of(Aim aim, Optional<String> until) {
        ObjectNode document = aim.document().deepCopy();
        how.addTo(document);
        if (!how.isDryRun()
                && !how.isDecided(aim)
                && io.console().isEmpty()
                && aim.retyped().isPresent()) {
            throw new CommandFailure(
                    CommandIo.NOT_CONFIRMED,
                    aim + ": not confirmed (expected: " + RevokeOptions.decision(aim) + " where there is no terminal)");
        }
        ServiceCalls calls = how.server().calls(io);
        if (how.isDryRun()) {
            return new RevocationOutcome(io, how.server().isJson(), aim).ofDryRun(count(calls, document));
        }
        if (!how.isDecided(aim)) {
            io.console().ifPresent(console -> ask(aim, console, count(calls, document)));
        }
        until.ifPresent(time -> document.put("until", time));
        return revoke(calls, document, aim);
    }

    private static ServiceAnswer count(ServiceCalls calls, ObjectNode document) {
        ObjectNode question = document.deepCopy().put("dry_run", true);
        question.remove("expected_max");
        return calls.post(PATH, question);
    }

    /** A realm may be too large to be counted in time: that must not keep anybody from revoking it. */
    private void ask(Aim aim, Console console, ServiceAnswer count) {
        if (!count.isSuccess() && count.status() != 404 && count.status() != 503) {
            throw count.failure();
        }
        io.err()
                .println(
                        count.status() == 503
                                ? Shown.text(aim + ": could not be counted: " + count.reason())
                                : RevocationOutcome.sentence(aim, count));
        aim.retyped().ifPresent(name -> {
            String typed = console.readLine("This can't be undone. Type %s to revoke them: ", Shown.text(name));
            if (typed == null || !typed.strip().equals(name)) {
                throw new CommandFailure(CommandIo.NOT_CONFIRMED, aim + ": not confirmed, nothing was done");
            }
        });
    }

    private int revoke(ServiceCalls calls, ObjectNode document, Aim aim) {
        String key = how.key();
        ServiceAnswer answer = post(calls, document, key);
        RevocationOutcome outcome = new RevocationOutcome(io, how.server().isJson(), aim);
        int status = outcome.isSweep(answer) && how.waits()
                ? outcome.ofSweep(answer, new SweepWatch(calls, io))
                : outcome.of(answer);
        return status == CommandIo.DONE ? new FollowerOutcome(io, aim).of(answer.body()) : status;
    }

    private String query() {
        return how.followers()
                .map(time -> "&wait_for=followers&" + ServiceCalls.parameter("timeout", time))
                .orElse("");
    }

    private ServiceAnswer post(ServiceCalls calls, ObjectNode document, String key) {
        try {
            return calls.post(
                    PATH + "?wait_for_completion=false" + query(),
                    document,
                    Map.of("Idempotency-Key", '"' + key + '"'));
        } catch (Unreachable nothingSent) {
            throw new CommandFailure(nothingSent.exitStatus(), nothingSent.text() + "; nothing was done");
        } catch (CommandFailure failure) {
            throw new CommandFailure(
                    failure.exitStatus(),
                    failure.text() + "; whether it was done is not known, repeat it with --idempotency-key=" + key);
        }
    }
}
