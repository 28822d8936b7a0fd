-- Whether an index set has members that have not expired.
-- KEYS[1] index set; ARGV members, at most a page of them
-- Returns 1 or 0 for each member.
local now = tonumber(redis.call('TIME')[1])
local has = {}
for i, member in ipairs(ARGV) do
  local expiry = redis.call('ZSCORE', KEYS[1], member)
  has[i] = expiry and tonumber(expiry) > now and 1 or 0
end
return has
