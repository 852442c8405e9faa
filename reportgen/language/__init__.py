"""Templates as a language: their grammar, the sandbox they run in, and what is wrong with them before they run."""
