-- Shared by the registering scripts: entries and members expire by themselves, all times in seconds. Every value of a
-- hash begins with its expiry, in four bytes. A shorter value was written by another program, and stays.
-- What is done for a key or a member is not done again for another script of the same group. An expiry that may pass
-- before the group has ended is not remembered: Redis removes at once what has expired by its own clock, which goes on
-- meanwhile, and then nothing was done.
local now = tonumber(time[1])
local LONGEST_GROUP = 60
local kept, indexed, cleaned = {}, {}, {}
local EXPIRED_AT_A_TIME = '16'

-- Redis formats a number among the arguments of a command with seventeen digits, which takes as long as some commands:
-- so they are strings, and each is made once.
local texts = {}
local function text_of(seconds)
  local text = texts[seconds]
  if not text then
    text = string.format('%.0f', seconds)
    texts[seconds] = text
  end
  return text
end

-- Keeps a key until this time at least. Returns whether the key is new.
local function keep(key, expiry)
  if kept[key] and kept[key] >= expiry then
    return false
  end
  local ttl = redis.call('TTL', key)
  if ttl < 0 or now + ttl < expiry then
    redis.call('EXPIREAT', key, text_of(expiry))
  end
  if expiry > now + LONGEST_GROUP then
    kept[key] = expiry
  end
  return ttl < 0
end

-- A hash is cleaned as it is written: every fourth new entry looks at a few random ones and removes those that have
-- expired, so that at most about a quarter of all entries are expired ones.
local turn = time[2] % 4
local function clean(key, but)
  turn = (turn + 1) % 4
  if turn > 0 then
    return
  end
  local sample = redis.call('HRANDFIELD', key, '16', 'WITHVALUES')
  for i = 1, #sample, 2 do
    if sample[i] ~= but and #sample[i + 1] >= 4 and struct.unpack('>I4', sample[i + 1]) <= now then
      redis.call('HDEL', key, sample[i])
    end
  end
end

-- Adds an entry to a hash unless it is there. Returns the unexpired value that was there before, or nil. A value that
-- another program wrote never expires; a function may recognize it by its size.
local function put(key, field, value, is_size)
  if redis.call('HSETNX', key, field, value) == 0 then
    local held = redis.call('HGET', key, field)
    if #held < 4 or (is_size and not is_size(#held)) or struct.unpack('>I4', held) > now then
      return held
    end
    redis.call('HSET', key, field, value)
  end
  if not keep(key, struct.unpack('>I4', value)) then
    clean(key, field)
  end
end

-- Adds a member to an index set, or moves its expiry later, and removes a few expired members.
local function index(key, member, expiry)
  local of_key = indexed[key] or {}
  if of_key[member] and of_key[member] >= expiry then
    return
  end
  redis.call('ZADD', key, 'GT', text_of(expiry), member)
  if keep(key, expiry) then
    cleaned[key] = true
  elseif not cleaned[key] then
    local expired = redis.call('ZRANGEBYSCORE', key, '-inf', time[1], 'LIMIT', '0', EXPIRED_AT_A_TIME)
    if #expired > 0 then
      redis.call('ZREM', key, unpack(expired))
    end
    cleaned[key] = #expired < tonumber(EXPIRED_AT_A_TIME)
  end
  if expiry > now + LONGEST_GROUP then
    of_key[member], indexed[key] = expiry, of_key
  end
end
