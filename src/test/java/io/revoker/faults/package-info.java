/**
 * The fault laboratory. {@link io.revoker.faults.Caller Callers} of two instances of the service register, revoke and check, and write down what they asked and
 * were answered, and when ({@link io.revoker.faults.History}), while a {@link io.revoker.faults.Schedule}, made from a seed, lets servers die, stand still or
 * fill up and connections break in every way. Afterwards {@link io.revoker.faults.Promises} says which promises of the manual were broken. It
 * stays outside of the service: HTTP, real servers, and a {@link io.revoker.faults.FaultProxy} on every way between them.
 */
package io.revoker.faults;
