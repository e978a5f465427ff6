-- Plays the requests of a file: wrk … -s load.lua URL -- FILE MODE. Each line is METHOD, PATH, COOKIE and BODY, parted
-- by tabs. "again" plays them in a circle until the time is up; "once" sends each at most once and ends after the last.

local ffi = require("ffi")
ffi.cdef [[
  typedef struct { long seconds; long nanoseconds; } moment;
  int clock_gettime(int clock, moment *now);
  int getpid(void);
  int kill(int process, int signal);
]]
local MONOTONIC, SIGINT = 1, 2
local threads, moment = {}, ffi.new("moment")

local function clock()
  ffi.C.clock_gettime(MONOTONIC, moment)
  return tonumber(moment.seconds) + tonumber(moment.nanoseconds) / 1e9
end

function setup(thread)
  table.insert(threads, thread)
end

local function message(line)
  local method, path, cookie, body = line:match("^(.-)\t(.-)\t(.-)\t(.*)$")
  local headers = {
    ["Accept"] = path:find("^/api/") and "application/json" or "text/html", ["Accept-Encoding"] = "gzip, br", ["Sec-Fetch-Site"] = "same-origin",
  }
  if cookie ~= "" then headers["Cookie"] = cookie end
  if body ~= "" then headers["Content-Type"] = "application/x-www-form-urlencoded" end
  return wrk.format(method, path, headers, body ~= "" and body or nil)
end

function init(args)
  messages, place, answered, began, ended = {}, 0, 0, 0, 0
  for line in io.lines(args[1]) do
    table.insert(messages, message(line))
  end
  is_once = args[2] == "once"
  -- What is still on its way when the last counted answer comes is a request of the list as well, never a repeated one.
  wanted = #messages - tonumber(args[3])
  if is_once then response = count end
end

function request()
  -- wrk asks for one message before it starts, only to look at it.
  place = began == 0 and 1 or place % #messages + 1
  began = began == 0 and -1 or (began == -1 and clock() or began)
  return messages[place]
end

function count()
  answered, ended = answered + 1, clock()
  if answered == wanted then ffi.C.kill(ffi.C.getpid(), SIGINT) end
end

function done(summary, latency)
  local requests, seconds = summary.requests, summary.duration / 1e6
  if threads[1]:get("is_once") then
    requests, seconds = threads[1]:get("answered"), threads[1]:get("ended") - threads[1]:get("began")
  end
  local failed = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  io.write(string.format(
    '{"requests": %d, "seconds": %.6f, "p50": %.3f, "p99": %.3f, "refused": %d, "failed": %d}\n',
    requests, seconds, latency:percentile(50) / 1000, latency:percentile(99) / 1000, summary.errors.status, failed
  ))
end
