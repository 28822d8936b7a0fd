package io.revoker.domain.audit;

/**
 * Who asks for an act, and from where.
 *
 * @param caller as the client file names it; empty if not known
 * @param address of the peer of the connection; empty if there is none
 * @param way how the request came in, such as {@code POST /v1/revocations}
 */
public record Origin(String caller, String address, String way) {
    private static final String SERVICE = "service";

    /** Of several callers that are counted together. */
    public static final Origin SEVERAL = new Origin("", "several", "several");

    /** Of the tokens with which the service measures itself. */
    public static final Origin CANARY = ofService("canary");

    /** Of a sender on the event bus that does not say more. */
    public static Origin ofBus(String caller) {
        return new Origin(caller, "", "event bus");
    }

    /** The same of another caller. */
    public Origin by(String id) {
        return new Origin(id, address, way);
    }

    /** Of the service itself, which acts on what it has found, such as a changed file. */
    public static Origin ofService(String way) {
        return new Origin(SERVICE, "", way);
    }
}
