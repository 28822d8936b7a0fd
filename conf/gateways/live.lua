-- What nginx-live.lua and haproxy-live.lua have in common: how long a connection may stay open. Its token is known to
-- be good up to a time: while nothing changes that may concern the kept answer, that up to which the gateway has
-- followed; else that at which Revoker was asked. When that time is half a bound ago, Revoker is asked; when it is a
-- bound ago, the connection ends.
local feed = require "feed"

local M = {}

-- Whether a connection may stay open; it is_due if it should be asked about. This does not wait for anything.
--   connection: text, the kept answer about its token; good, up to when it is known to be that; next, before which it
--               is not asked about again
--   host: now(), bound, look (seconds between two looks), as_of(), epoch(), newest(hash), and ask(connection), which
--         returns a status and a new text
function M.may_stay(connection, host)
  -- Before what has changed: it says that all of that is known.
  local now, as_of = host.now(), host.as_of()
  if connection.text and not feed.unpack(connection.text, host.epoch(), host.newest) then
    connection.text, connection.next = nil, now
  end
  if connection.text then
    connection.good = math.max(connection.good, as_of)
  end
  local is_old = now - connection.good >= host.bound / 2
  connection.is_due = now >= connection.next and (is_old or not connection.text)
  return not connection.is_dead and now - connection.good < host.bound - host.look
end

-- Asks about a connection that is due.
function M.ask(connection, host)
  local now = host.now()
  connection.is_due, connection.next = false, now + host.bound / 2
  local status, text = host.ask(connection)
  if status == 200 then
    connection.text, connection.good = text, now
  elseif status == 401 then
    connection.is_dead = true
  else
    connection.next = host.now() + host.bound / 20
  end
end

return M
