"""Where in a sheet or text the table is: its head, its rows, and what surrounds it."""
