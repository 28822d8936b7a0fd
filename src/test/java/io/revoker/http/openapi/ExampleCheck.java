package io.revoker.http.openapi;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether the example answers of a description are real answers. */
record ExampleCheck(Description description) {

    /** Exchanges that have the name of an example, and another answer. */
    List<String> faults(Exchange exchange) {
        Operation operation =
                description.operation(exchange.path(), exchange.method()).orElseThrow();
        List<String> faults = new ArrayList<>();
        for (int status : operation.statuses()) {
            operation.answers(status).stream()
                    .filter(example -> example.name().equals(exchange.name()))
                    .filter(example -> !agrees(status, example, exchange))
                    .forEach(example -> faults.add(exchange + ": answers "
                            + exchange.answer().status() + " "
                            + exchange.answer().body() + " (expected: " + status
                            + " " + example.value() + ")"));
        }
        return faults;
    }

    /** Example answers that no exchange has the name of. */
    Set<String> unseen(List<Exchange> exchanges) {
        Set<String> unseen = new HashSet<>();
        for (Operation operation : description.operations()) {
            for (int status : operation.statuses()) {
                operation
                        .answers(status)
                        .forEach(example -> unseen.add(operation.place(status) + " " + example.name()));
            }
        }
        exchanges.forEach(exchange -> unseen.remove(description
                        .operation(exchange.path(), exchange.method())
                        .orElseThrow()
                        .place(exchange.answer().status())
                + " " + exchange.name()));
        return unseen;
    }

    private static boolean agrees(int status, Operation.Example example, Exchange exchange) {
        Answer answer = exchange.answer();
        if (exchange.method().equals("head")) {
            return status == answer.status();
        }
        String expected = Bodies.write(example.mediaType(), example.value());
        return status == answer.status()
                && example.mediaType().equals(answer.mediaType())
                && Bodies.settled(example.mediaType(), expected)
                        .equals(Bodies.settled(answer.mediaType(), answer.body()));
    }
}
