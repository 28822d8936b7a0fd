-- Notes that a caller was told the counts of sweeps that had ended unheard.
-- KEYS[1] targets; ARGV[1] target, the others sweeps
-- Redis refuses only the first write of a script for want of memory: a command that takes none goes first.
redis.call('HDEL', KEYS[1], '')
for i = 2, #ARGV do
  drop_sweep(KEYS[1], ARGV[1], ARGV[i])
end
return 1
