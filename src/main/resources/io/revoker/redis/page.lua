-- Reads the next members of an index set, by their expiry. A member only ever moves to a later expiry: so each member
-- that is there from the first page to the last is returned at least once, whatever is registered in the meantime, and
-- on whatever server.
-- KEYS[1] index set; ARGV[1] the last member of the page before, ARGV[2] its expiry ('' to begin), ARGV[3] size of a
-- page
-- Returns members and expiries alternately; none after the last page.
local from
if ARGV[2] == '' then
  from = redis.call('ZCOUNT', KEYS[1], '-inf', redis.call('TIME')[1])
elseif redis.call('ZSCORE', KEYS[1], ARGV[1]) == ARGV[2] then
  from = redis.call('ZRANK', KEYS[1], ARGV[1]) + 1
else
  from = redis.call('ZCOUNT', KEYS[1], '-inf', '(' .. ARGV[2])
end
return redis.call('ZRANGE', KEYS[1], from, from + ARGV[3] - 1, 'WITHSCORES')
