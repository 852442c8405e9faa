"""A made-up year of any size, for tests and for whoever tries the program."""
