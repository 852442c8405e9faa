"""Every published number as open data: CSV with a description for machines, and the figures that the words quote."""
