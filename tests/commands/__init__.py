"""The command line, as its users type it: what it prints where, its exit codes, its one clear sentence."""
