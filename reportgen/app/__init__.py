"""The application: commands, workbench, build pipeline, storage of outputs."""
