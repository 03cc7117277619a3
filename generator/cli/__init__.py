"""The command line: arguments in, files and messages out. Only this package touches the disk."""
