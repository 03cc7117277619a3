"""ipcgen, the compiler of .ipc files: source -> syntax -> sema -> ir -> backends."""
