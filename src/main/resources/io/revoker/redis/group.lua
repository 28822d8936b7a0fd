-- Calls scripts one after the other. Each may fail without the others.
-- KEYS the keys of all of them; ARGV[1] for each of them its name, and how many keys and arguments it has; then the
-- arguments of all of them
-- Returns 0, and then the reply of each, which is that of a script called alone.
local replies, key, argument = {0}, 0, 1
for name, keys, arguments in string.gmatch(ARGV[1], '([%l_]+) (%d+) (%d+)') do
  local its_keys, its_arguments = {}, {}
  for i = 1, keys do
    its_keys[i] = KEYS[key + i]
  end
  for i = 1, arguments do
    its_arguments[i] = ARGV[argument + i]
  end
  key, argument = key + keys, argument + arguments
  local ok, reply = pcall(scripts[name], its_keys, its_arguments)
  if not ok then
    reply = failure(reply)
  end
  replies[#replies + 1] = reply or false
end
return replies
