-- Finds the refresh tokens of the pairs whose access tokens have an id that begins like this.
-- KEYS[1] records; ARGV[1] the first eight bytes of the access token's id
-- Returns the first eight bytes of the ids of the refresh tokens. The entries are named p, access token, refresh token.
local found = {}
for _, name in ipairs(redis.call('HKEYS', KEYS[1])) do
  if #name == 17 and string.sub(name, 1, 1) == 'p' and string.sub(name, 2, 9) == ARGV[1] then
    found[#found + 1] = string.sub(name, 10)
  end
end
return found
