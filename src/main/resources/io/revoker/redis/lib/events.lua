-- Appends to the log. Old entries are removed, and leases counted, once for a group of scripts.
local has_leases

-- keys: events, trimmed, near
-- stamp: as text, number: as a number, kept: microseconds that the log is kept
-- Returns what the reply ends with.
local function append_event(keys, stamp, number, kept, event)
  redis.call('XADD', keys.events, stamp .. '-0', unpack(event))
  if has_leases == nil then
    local oldest = number - kept
    local horizon = string.format('%.0f', oldest)
    if redis.call('XTRIM', keys.events, 'MINID', '~', horizon) > 0
        and oldest > tonumber(redis.call('GET', keys.trimmed) or '0') then
      redis.call('SET', keys.trimmed, horizon)
    end
    has_leases = redis.call('HLEN', keys.near) > 0
  end
  return has_leases and ' near' or ''
end
