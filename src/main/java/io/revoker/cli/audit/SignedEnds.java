package io.revoker.cli.audit;

import io.revoker.audit.chain.ChainCheck;
import io.revoker.domain.audit.AuditRequests.Chain;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The signatures of the ends of chains. Nobody without the key can alter what comes before a signed entry. */
final class SignedEnds {
    private final EndKeys keys;
    private final Set<String> forged = new TreeSet<>();
    private int valid;
    private int unknown;

    private SignedEnds(EndKeys keys) {
        this.keys = keys;
    }

    static SignedEnds of(EndKeys keys) {
        return new SignedEnds(keys);
    }

    /** What was signed must be in what is checked. */
    void add(List<Chain> chains, ChainCheck check) {
        chains.forEach(chain -> chain.signature().ifPresent(signature -> add(chain.id(), signature, check)));
    }

    private void add(String chain, String signature, ChainCheck check) {
        EndKeys.Checked checked = keys.check(chain, signature);
        checked.end().ifPresent(end -> check.expect(chain, end));
        switch (checked.trust()) {
            case SIGNED -> valid++;
            case UNKNOWN_KEY -> unknown++;
            case FORGED -> forged.add(chain);
        }
    }

    boolean isEmpty() {
        return valid + unknown + forged.size() == 0;
    }

    int valid() {
        return valid;
    }

    /** By keys that the service does not publish, such as those of which it has made new ones. */
    int unknown() {
        return unknown;
    }

    /** The chains whose signatures are none. */
    List<String> forged() {
        return List.copyOf(forged);
    }

    /** How many of them can be relied on; absent if there are none. */
    Optional<String> sentence() {
        if (isEmpty()) {
            return Optional.empty();
        }
        String others = unknown == 0 ? "" : ", " + unknown + " by keys that are not published";
        return Optional.of("signatures of ends: " + valid + " valid" + others);
    }
}
