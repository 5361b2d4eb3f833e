"""How delivered texts become values, in Python and in SQL."""
