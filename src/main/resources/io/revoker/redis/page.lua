-- Reads the next members of an index set, by their expiry. A member only ever moves to a later expiry: so each member
-- that is there from the first page to the last is returned at least once, whatever is registered in the meantime, and
-- on whatever server; and again only if it has moved.
-- KEYS[1] index set; ARGV[1] the last member of the page before, ARGV[2] its expiry ('' to begin), ARGV[3] size of a
-- page
-- Returns members and expiries alternately; none after the last page.
local set, member, expiry = KEYS[1], ARGV[1], ARGV[2]

-- Members of the same expiry are in the order of their bytes; Lua's own comparison follows the locale of the server.
local function is_behind(other)
  for i = 1, math.min(#other, #member) do
    local theirs, ours = string.byte(other, i), string.byte(member, i)
    if theirs ~= ours then
      return theirs > ours
    end
  end
  return #other > #member
end

-- The rank of the first one behind a member that has gone.
local function behind()
  local low, high = redis.call('ZCOUNT', set, '-inf', '(' .. expiry), redis.call('ZCOUNT', set, '-inf', expiry)
  while low < high do
    local middle = math.floor((low + high) / 2)
    if is_behind(redis.call('ZRANGE', set, middle, middle)[1]) then
      high = middle
    else
      low = middle + 1
    end
  end
  return low
end

local from
if expiry == '' then
  from = redis.call('ZCOUNT', set, '-inf', redis.call('TIME')[1])
elseif redis.call('ZSCORE', set, member) == expiry then
  from = redis.call('ZRANK', set, member) + 1
else
  from = behind()
end
return redis.call('ZRANGE', set, from, from + ARGV[3] - 1, 'WITHSCORES')
