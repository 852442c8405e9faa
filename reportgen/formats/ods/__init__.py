"""Tables as an OpenDocument spreadsheet."""
