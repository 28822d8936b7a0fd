package io.revoker.caller;

/** How a client proves who it is. */
public enum Proof {
    /** By its secret. */
    SECRET,
    /** By what it has signed. */
    KEYS,
    /** By the certificate of its connection. */
    CERTIFICATE
}
