"""A standard printed as one text, in the order of GB/T 1.1, for people who read and judge its sentences."""
