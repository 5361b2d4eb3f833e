"""The region's own workbook with its bad cells marked, or an extract of the bad rows where that is too much."""
