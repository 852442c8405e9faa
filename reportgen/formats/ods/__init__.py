"""The tables as an OpenDocument spreadsheet."""
