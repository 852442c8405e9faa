"""The scheme as data: its law, the data dictionary, the measures, and what the publication contains."""
