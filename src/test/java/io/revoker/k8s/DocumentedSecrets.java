package io.revoker.k8s;

import io.revoker.testing.Manual;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Secrets that the manual tells the reader to make; none is in the manifests. */
final class DocumentedSecrets {
    private static final Pattern COMMAND = Pattern.compile("kubectl .*create secret generic (\\S+)(.*)");
    private static final Pattern KEY = Pattern.compile("--from-(?:file|literal)=([^= ]+)=");

    private DocumentedSecrets() {}

    /** The keys of each. */
    static Map<String, Set<String>> keys() {
        String manual = Manual.text().replace("\\\n", " ");
        Map<String, Set<String>> secrets = new HashMap<>();
        for (Matcher command = COMMAND.matcher(manual); command.find(); ) {
            Set<String> keys = secrets.computeIfAbsent(command.group(1), name -> new HashSet<>());
            for (Matcher key = KEY.matcher(command.group(2)); key.find(); ) {
                keys.add(key.group(1));
            }
        }
        return secrets;
    }
}
