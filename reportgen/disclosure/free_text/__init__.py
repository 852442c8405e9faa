"""Screening of comments for quoting: names of people and firms, and other identifying details."""
