"""The values that flow from stage to stage. Imports no other room."""
