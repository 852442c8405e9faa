"""The program: commands, the workbench, the eight calls of a build, and what is put on disk."""
