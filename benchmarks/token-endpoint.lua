-- Token requests for wrk. Arguments after "--": FILES [CLIENT SECRET]. Thread n sends each line of FILES.n once; where
-- FILES is "-", all ask for client credentials. Prints: RESULT requests-a-second p50-ms p99-ms requests failed
local threads = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

local function base64(text)
  local alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
  local out = {}
  for i = 1, #text, 3 do
    local a, b, c = text:byte(i, i + 2)
    local bits = a * 65536 + (b or 0) * 256 + (c or 0)
    for part = 3, 0, -1 do
      local index = math.floor(bits / 64 ^ part) % 64
      local beyond = (part == 1 and not b) or (part == 0 and not c)
      out[#out + 1] = beyond and "=" or alphabet:sub(index + 1, index + 1)
    end
  end
  return table.concat(out)
end

function init(args)
  headers = { ["Content-Type"] = "application/x-www-form-urlencoded" }
  if args[2] then
    headers["Authorization"] = "Basic " .. base64(args[2] .. ":" .. args[3])
  end
  if args[1] == "-" then
    body = "grant_type=client_credentials"
  else
    lines = io.lines(args[1] .. "." .. number)
  end
end

function request()
  if lines then
    body = lines() or error("not enough bodies for this round")
  end
  return wrk.format("POST", nil, headers, body)
end

function done(summary, latency, requests)
  local errors = summary.errors
  local failed = errors.status + errors.connect + errors.read + errors.write + errors.timeout
  io.write(string.format("RESULT %.0f %.2f %.2f %d %d\n", summary.requests / (summary.duration / 1e6),
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, summary.requests, failed))
end
