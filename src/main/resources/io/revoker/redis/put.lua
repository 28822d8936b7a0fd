-- Adds a record to a hash unless it is there, and keeps the key until its last record expires.
-- KEYS[1] hash; ARGV[1] field, ARGV[2] value
-- Answers the unexpired value that was there before; nil if the record was added.
return put(KEYS[1], ARGV[1], ARGV[2])
