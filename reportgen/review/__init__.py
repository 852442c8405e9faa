"""Tools for reviewers: differences between two builds."""
