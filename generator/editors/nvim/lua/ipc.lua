-- Starts `ipcgen lsp` for .ipc files; needs Neovim 0.7 or newer.
--
--   require("ipc").setup()
--   require("ipc").setup({ roots = { ".", "idl" }, enable = { "is_linux" }, on_attach = f })
--
-- `roots` (relative to the project's folder) and `enable` win over the project's `.ipcgen` file,
-- `cmd` over the compiler beside this folder; `on_attach` and `capabilities` are Neovim's own.
local M = {}

local here = debug.getinfo(1, "S").source:sub(2):match("^(.*)/lua/ipc%.lua$")
local clients = {}

-- In the tree, and where build/install puts this folder; else the PATH has it.
local function ipcgen()
  for _, place in ipairs({ "/../../ipcgen", "/../../../../bin/ipcgen" }) do
    local path = vim.loop.fs_realpath(vim.loop.fs_realpath(here) .. place)
    if path then
      return path
    end
  end
  return "ipcgen"
end

-- The nearest folder above a file that has settings or a repository, else its own.
local function project(path)
  local folder = vim.fn.fnamemodify(path, ":p:h")
  local nearest = folder
  while true do
    for _, name in ipairs({ ".ipcgen", ".git" }) do
      if vim.loop.fs_stat(nearest .. "/" .. name) then
        return nearest
      end
    end
    local above = vim.fn.fnamemodify(nearest, ":h")
    if above == nearest then
      return folder
    end
    nearest = above
  end
end

-- One server a project, for all of its files; Neovim has this itself from 0.8 on.
local function start_once(config, where)
  local id = clients[config.root_dir]
  if not (id and vim.lsp.get_client_by_id(id)) then
    id = vim.lsp.start_client(config)
    clients[config.root_dir] = id
  end
  if id then
    vim.lsp.buf_attach_client(where.bufnr, id)
  end
end

local function attach(options, buffer)
  local root = project(vim.api.nvim_buf_get_name(buffer))
  local given = { roots = options.roots, enable = options.enable }
  local start = vim.lsp.start or start_once
  start({
    name = "ipcgen",
    cmd = options.cmd or { ipcgen(), "lsp" },
    root_dir = root,
    workspace_folders = { { uri = vim.uri_from_fname(root), name = root } },
    init_options = next(given) and given or nil,
    on_attach = options.on_attach,
    capabilities = options.capabilities,
  }, { bufnr = buffer })
  vim.bo[buffer].omnifunc = "v:lua.vim.lsp.omnifunc"
end

function M.setup(options)
  options = options or {}
  vim.api.nvim_create_autocmd({ "BufRead", "BufNewFile" }, {
    pattern = { "*.ipc", "*.mojom" },
    callback = function(event)
      vim.bo[event.buf].filetype = "ipc"
      vim.bo[event.buf].commentstring = "// %s"
      attach(options, event.buf)
    end,
  })
end

return M
