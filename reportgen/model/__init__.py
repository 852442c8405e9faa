"""Values passed from stage to stage. Imports no other room."""
