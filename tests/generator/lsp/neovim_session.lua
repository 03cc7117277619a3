-- One editor session: opens src/shop.ipc of the current folder, does what an author does, and
-- writes a line for each thing that is seen into session.txt. test_lsp_neovim.py reads them.

local PATIENCE = 10000 -- milliseconds; nothing takes a tenth of that
local lines = {}

local function say(name, value)
  table.insert(lines, name .. ": " .. vim.fn.json_encode(value))
end

local function finish(command)
  vim.fn.writefile(lines, "session.txt")
  vim.cmd(command)
end

local function wait(what, condition)
  if not vim.wait(PATIENCE, condition, 20) then
    say("timeout", what)
    finish("cquit!")
  end
end

local function at(pattern)
  vim.fn.cursor(1, 1)
  vim.fn.search(pattern, "cW")
end

-- The first server's answer about the cursor's place.
local function ask(method)
  local parameters = vim.lsp.util.make_position_params()
  parameters.context = { includeDeclaration = true }
  local answers = vim.lsp.buf_request_sync(0, method, parameters, PATIENCE)
  local _, answer = next(answers or {})
  return answer and answer.result
end

-- The syntax group at the first place of each text.
local function colours(texts)
  local found = {}
  for _, text in ipairs(texts) do
    vim.fn.cursor(1, 1)
    vim.fn.search([[\V]] .. text, "cW")
    local group = vim.fn.synID(vim.fn.line("."), vim.fn.col("."), 1)
    found[text] = vim.fn.synIDattr(group, "name")
  end
  return found
end

local function messages()
  return vim.tbl_map(function(found)
    return { found.lnum, found.col, found.message }
  end, vim.diagnostic.get(0))
end

local function session()
  vim.cmd("edit src/shop.ipc")
  local buffer = vim.api.nvim_get_current_buf()
  wait("attach", function()
    return #vim.tbl_values(vim.lsp.buf_get_clients(buffer)) == 1
  end)
  say("filetype", vim.bo.filetype)
  say("colours", colours({
    "// Notes", "module", '"std/time', "as clock", "struct Note", "Stable", "uint64 id",
    "max_bytes", "@3", "2000", "invoke", "result", "edited",
  }))

  at([[Note note]])
  say("hover", ask("textDocument/hover").contents.value)
  say("references", #ask("textDocument/references"))
  say("symbols", #ask("textDocument/documentSymbol"))

  at([[Time? edited]])
  vim.cmd("normal gd")
  wait("definition", function()
    return vim.fn.expand("%:t") == "time.ipc"
  end)
  say("definition", { vim.fn.expand("%:."), vim.fn.line("."), vim.fn.col(".") })
  vim.cmd("buffer " .. buffer)

  say("clean", messages())
  vim.fn.setline(18, "  uint65 id@0;")
  wait("a diagnostic", function()
    return #vim.diagnostic.get(0) > 0
  end)
  say("diagnostics", messages())
  vim.fn.setline(18, "  uint64 id@0;")
  wait("no diagnostic", function()
    return #vim.diagnostic.get(0) == 0
  end)

  vim.fn.append(18, "  Ki")
  vim.fn.cursor(19, 4)
  local items = ask("textDocument/completion")
  local labels = vim.tbl_map(function(item)
    return item.label
  end, items)
  say("completion", vim.tbl_contains(labels, "Kind"))
  vim.fn.deletebufline(buffer, 19)

  at([[struct \zsNote]])
  vim.lsp.buf.rename("Memo")
  wait("rename", function()
    return vim.fn.getline(16) == "struct Memo {"
  end)
  vim.cmd("edit src/user.ipc")
  say("renamed", { vim.fn.search("store.Memo", "nw"), vim.fn.search("store.Note", "nw") })
  vim.cmd("buffer! " .. buffer)

  vim.fn.setline(8, "const   uint32 kMax  = 120;")
  vim.fn.feedkeys(vim.api.nvim_replace_termcodes("<F3>", true, true, true), "x")
  wait("the layout", function()
    return vim.fn.getline(8) == "const uint32 kMax = 120;"
  end)
  finish("quitall!")
end

local ok, problem = xpcall(session, debug.traceback)
if not ok then
  say("problem", problem)
  finish("cquit!")
end
