"""Table files: one reader and one writer for each of csv, xlsx, ods and parquet. Hostile files are refused here."""
