-- Notes that a caller receives the counts of sweeps that were kept for the next caller.
-- KEYS[1] targets; ARGV[1] target, the others sweeps
-- Out of memory, Redis refuses a command only while the script has written nothing: so a write that needs no memory
-- goes first.
redis.call('HDEL', KEYS[1], '')
for i = 2, #ARGV do
  drop_sweep(KEYS[1], ARGV[1], ARGV[i])
end
return 1
