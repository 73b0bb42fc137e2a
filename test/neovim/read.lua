-- Reads what Neovim knows of the file that it was started with, and writes it as JSON to $JOBWRIGHT_ANSWER.
local function ready()
  return #vim.diagnostic.get(0) > 0
end
local answer = { diagnostics = {}, version = vim.version().minor }
if vim.wait(20000, ready, 50) then
  for _, one in ipairs(vim.diagnostic.get(0)) do
    table.insert(answer.diagnostics, { line = one.lnum, byte = one.col, code = one.code, message = one.message })
  end
end
vim.fn.search('parallelism')
local responses = vim.lsp.buf_request_sync(0, 'textDocument/hover', vim.lsp.util.make_position_params(0), 20000)
for _, response in pairs(responses or {}) do
  answer.hover = response.result and response.result.contents.value
end
local file = assert(io.open(os.getenv('JOBWRIGHT_ANSWER'), 'w'))
file:write(vim.fn.json_encode(answer))
file:close()
vim.cmd('qall!')
