-- Writes a value without a meaning: a replica that has it has everything that was written before.
-- KEYS[1] key; ARGV[1] milliseconds that it lives
-- Out of memory, Redis refuses a command only while the script has written nothing: so a write that needs no memory
-- goes first.
redis.call('DEL', KEYS[1])
redis.call('SET', KEYS[1], 1, 'PX', ARGV[1])
return 1
