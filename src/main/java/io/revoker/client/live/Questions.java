package io.revoker.client.live;

import io.revoker.client.view.RevocationState;
import io.revoker.client.view.RevocationView;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The connections that the view can't tell about; all, when it has heard of nothing for half a bound. The service is
 * asked whether their tokens are good, if that is the policy of the view. If the view gets all that concerns a
 * token, the answer holds until something does; otherwise for a bound, and it is asked again each half of one. A
 * connection that has no answer in time is ended. On the thread of the connections only, but for {@link #isOld} and
 * {@link #state}.
 */
final class Questions {
    /** How often to look for those whose time has come. */
    static final Duration LOOK = Duration.ofMillis(100);

    private static final int MOST_AT_ONCE = 64;
    private static final int TRIES_IN_A_BOUND = 20;

    private final RevocationView view;
    private final Answers answers;
    private final long bound;
    private final Map<Entry, Question> open = new LinkedHashMap<>();
    private final Deque<Question> due = new ArrayDeque<>();
    private int asked;
    private int settled;
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

    /** About how many are asked about again and again. */
    int size() {
        return size;
    }

    private void count() {
        size = open.size() - settled;
    }

    /** Whether what the view knows is too old to wait for more: it may be stale before there is an answer. */
    boolean isOld() {
        return switch (view.whenUnknown()) {
            case ASK -> view.age().toNanos() >= bound / 2;
            case REFUSE -> !view.status().isFresh();
        };
    }

    /** What the view says of a token; unknown, if that is too old to wait for more. */
    RevocationState state(Entry entry) {
        RevocationState known = view.state(entry.key());
        return known == RevocationState.NOT_REVOKED && isOld() ? RevocationState.UNKNOWN : known;
    }

    /** The token of a new connection is good, that of another one was good when what the view knows was so. */
    private long deadline() {
        long left = bound - view.age().toNanos();
        return System.nanoTime() + (left > 0 ? Math.min(left, bound / 2) : bound / 2);
    }

    /** The view can't tell, perhaps not for long, or something has changed since it could not. */
    void add(Entry entry) {
        long deadline = deadline();
        Question known = open.get(entry);
        if (known == null) {
            Question question = new Question(entry, deadline);
            open.put(entry, question);
            due.add(question);
        } else {
            renew(known, deadline);
        }
        askNext();
    }

    private void renew(Question known, long deadline) {
        settled -= known.isSettled() ? 1 : 0;
        if (known.renew(deadline)) {
            due.add(known);
        }
    }

    /** Whether it is asked about again, or ended, by itself. */
    boolean asksAbout(Entry entry) {
        Question known = open.get(entry);
        return known != null && !known.isSettled();
    }

    /** It has ended. */
    void remove(Entry entry) {
        Question removed = open.remove(entry);
        settled -= removed != null && removed.isSettled() ? 1 : 0;
        count();
    }

    /** Looks for those whose time has come. */
    void look() {
        long now = System.nanoTime();
        long next = now + LOOK.toNanos();
        List<Entry> over = new ArrayList<>();
        open.forEach((entry, question) -> {
            if (question.isOver(next)) {
                over.add(entry);
            } else if (question.wakes(now)) {
                due.add(question);
            }
        });
        over.forEach(this::giveUp);
        askNext();
    }

    /** There was no answer in time. Perhaps the view can tell by now. */
    private void giveUp(Entry entry) {
        if (state(entry) == RevocationState.NOT_REVOKED) {
            remove(entry);
        } else {
            end(entry);
        }
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
        count();
    }

    private boolean isOpen(Question question) {
        boolean isOpen = answers.isOpen(question.entry());
        if (!isOpen) {
            remove(question.entry());
        }
        return isOpen && open.containsKey(question.entry());
    }

    private void look(Question question) {
        switch (state(question.entry())) {
            case REVOKED -> end(question.entry());
            case NOT_REVOKED -> remove(question.entry());
            case UNKNOWN -> ask(question);
        }
    }

    /** Whether nothing comes that concerns the token without that the view is told. */
    private boolean follows(Question question) {
        return view.follows(question.entry().key()) && !isOld();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it fails with nothing
    private void ask(Question question) {
        asked++;
        question.ask(System.nanoTime());
        Entry entry = question.entry();
        boolean follows = follows(question);
        view.isRevokedByPolicy(entry.token(), entry.key())
                .orTimeout(bound / 2, TimeUnit.NANOSECONDS)
                .handle(Questions::answer)
                .thenAccept(answer -> answers.later(() -> answered(question, answer, follows)));
    }

    private void confirm(Question question, boolean follows) {
        if (follows && follows(question)) {
            question.settle();
        } else {
            question.confirm(bound);
        }
        settled += question.isSettled() ? 1 : 0;
    }

    private static RevocationState answer(Boolean isRevoked, Throwable failure) {
        if (failure != null) {
            return RevocationState.UNKNOWN;
        }
        return isRevoked ? RevocationState.REVOKED : RevocationState.NOT_REVOKED;
    }

    /** @param follows whether the view got all that concerns the token when it was asked */
    private void answered(Question question, RevocationState answer, boolean follows) {
        asked--;
        if (isOpen(question)) {
            switch (answer) {
                case REVOKED -> end(question.entry());
                case NOT_REVOKED -> confirm(question, follows);
                case UNKNOWN -> question.rest(System.nanoTime() + bound / TRIES_IN_A_BOUND);
            }
        }
        askNext();
    }
}
