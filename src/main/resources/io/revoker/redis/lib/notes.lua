-- What has been done in one step is noted, until its entry in the audit trail is written.

-- Of the key, once for a group of scripts: if another program had written to it, a note would fail that comes last.
local is_checked = false

local function check_notes(key)
  if not is_checked then
    redis.call('HLEN', key)
    is_checked = true
  end
end

-- name: of the act; what: has been done, '' if that is not known
local function note(key, name, what, deadline, facts)
  redis.call('HSET', key, name, what .. deadline .. ' ' .. facts)
end
