"""The judge's machinery: tables, plans, scans, folding and findings on DuckDB."""
