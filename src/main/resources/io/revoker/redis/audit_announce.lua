-- Keeps what is about to be done, until its entry in the audit trail is written.
-- KEYS[1] announced acts; ARGV their names and what is known of them
-- Returns 1.
write_first(KEYS[1])
redis.call('HSET', KEYS[1], unpack(ARGV))
return 1
