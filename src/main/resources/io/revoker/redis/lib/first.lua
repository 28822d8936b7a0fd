-- Out of memory, Redis refuses a command only while the script has written nothing: so a write that needs no memory
-- goes first, once for a group of scripts.
local has_written = false

local function write_first(hash)
  if not has_written then
    redis.call('HDEL', hash, '-')
    has_written = true
  end
end
