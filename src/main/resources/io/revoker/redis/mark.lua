-- Writes something that means nothing: the replicas that have it have all that was written before.
-- KEYS[1] key; ARGV[1] milliseconds that it lives
-- Redis refuses only the first write of a script for want of memory: a command that takes none goes first.
redis.call('DEL', KEYS[1])
redis.call('SET', KEYS[1], 1, 'PX', ARGV[1])
return 1
