"""Generate a synthetic year of any size, for tests and for trying the program."""
