"""Reports: a page, a workbook, the terminal and the two folders, all written from one result."""
