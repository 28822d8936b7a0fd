package io.revoker.client.live;

import io.revoker.client.view.RevocationState;
import io.revoker.client.view.RevocationView;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The connections that the view can't tell about. The service is asked whether their tokens are good, if that is the
 * policy of the view, and again each half bound; an answer holds for a bound. One that has none in time is ended. On
 * the thread of the connections only.
 */
final class Questions {
    private static final int MOST_AT_ONCE = 64;
    private static final int TRIES_IN_A_BOUND = 20;

    private final RevocationView view;
    private final Answers answers;
    private final long bound;
    private final Map<Entry, Question> open = new LinkedHashMap<>();
    private final Deque<Question> due = new ArrayDeque<>();
    private int asked;
    private volatile int size;

    /** What is done with answers. */
    interface Answers {
        /** Runs it on the thread of the connections. */
        void later(Runnable task);

        void isDead(Entry entry);

        boolean isOpen(Entry entry);
    }

    Questions(RevocationView view, Answers answers) {
        this.view = view;
        this.answers = answers;
        this.bound = view.bound().toNanos();
    }

    /** About how many. */
    int size() {
        return size;
    }

    /** The view can't tell, or something has changed since it could not. */
    void add(Entry entry) {
        Question known = open.get(entry);
        if (known == null) {
            Question question = new Question(entry, System.nanoTime() + bound / 2);
            open.put(entry, question);
            due.add(question);
        } else if (known.renew()) {
            due.add(known);
        }
        askNext();
    }

    void remove(Entry entry) {
        open.remove(entry);
        size = open.size();
    }

    /** Looks for those whose time has come. */
    void look() {
        long now = System.nanoTime();
        List<Entry> over = new ArrayList<>();
        open.forEach((entry, question) -> {
            if (question.isOver(now)) {
                over.add(entry);
            } else if (question.wakes(now)) {
                due.add(question);
            }
        });
        over.forEach(this::end);
        askNext();
    }

    private void end(Entry entry) {
        remove(entry);
        answers.isDead(entry);
    }

    private void askNext() {
        while (asked < MOST_AT_ONCE && !due.isEmpty()) {
            Question next = due.remove();
            if (isOpen(next)) {
                look(next);
            }
        }
        size = open.size();
    }

    private boolean isOpen(Question question) {
        boolean isOpen = answers.isOpen(question.entry());
        if (!isOpen) {
            open.remove(question.entry());
        }
        return isOpen && open.containsKey(question.entry());
    }

    private void look(Question question) {
        switch (view.state(question.entry().key())) {
            case REVOKED -> end(question.entry());
            case NOT_REVOKED -> open.remove(question.entry());
            case UNKNOWN -> ask(question);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it fails with nothing
    private void ask(Question question) {
        asked++;
        question.ask(System.nanoTime());
        Entry entry = question.entry();
        view.isRevoked(entry.token(), entry.key())
                .orTimeout(bound / 2, TimeUnit.NANOSECONDS)
                .handle(Questions::answer)
                .thenAccept(answer -> answers.later(() -> answered(question, answer)));
    }

    private static RevocationState answer(Boolean isRevoked, Throwable failure) {
        if (failure != null) {
            return RevocationState.UNKNOWN;
        }
        return isRevoked ? RevocationState.REVOKED : RevocationState.NOT_REVOKED;
    }

    private void answered(Question question, RevocationState answer) {
        asked--;
        if (isOpen(question)) {
            switch (answer) {
                case REVOKED -> end(question.entry());
                case NOT_REVOKED -> question.confirm(bound);
                case UNKNOWN -> question.rest(System.nanoTime() + bound / TRIES_IN_A_BOUND);
            }
        }
        askNext();
    }
}
