-- Keeps what is about to be done, until its entry in the audit trail is written.
-- KEYS[1] announced acts; ARGV their names and what is known of them
-- Returns 1.
-- Out of memory, Redis refuses a command only while the script has written nothing: so a write that needs no memory
-- goes first.
redis.call('HDEL', KEYS[1], '')
redis.call('HSET', KEYS[1], unpack(ARGV))
return 1
