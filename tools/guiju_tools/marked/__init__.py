"""The region's own workbook with its bad cells marked, or its bad rows extracted where that is too much."""
