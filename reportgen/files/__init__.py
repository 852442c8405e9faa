"""Tables in files: one reader and one writer for each of csv, xlsx, ods and parquet; hostile files are refused here."""
