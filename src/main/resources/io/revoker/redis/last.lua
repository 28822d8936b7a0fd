-- Notes the stamp of a mark as the newest one, if it is.
-- KEYS[1] last; ARGV[1] stamp
-- Out of memory, Redis refuses a command only while the script has written nothing: so a write that needs no memory
-- goes first.
redis.call('PERSIST', KEYS[1])
if tonumber(redis.call('GET', KEYS[1]) or '0') < tonumber(ARGV[1]) then
  redis.call('SET', KEYS[1], ARGV[1])
end
return 1
