"""The commands, a module each: add_arguments(parser) says what it takes, run(options) does it."""

# In the order of `ipcgen --help`. A module is imported when its command runs.
COMMANDS = {
    "generate": "write code for .ipc files",
    "check": "report mistakes and write nothing",
    "format": "lay files out in one way",
    "lint": "say what is allowed and regretted later",
    "breaking": "say what breaks between two versions",
    "docs": "write reference pages",
    "dump": "print the checked program as JSON",
    "explain": "say more about a diagnostic or a rule",
    "lsp": "serve an editor over stdio (a language server)",
}
