"""The yardstick: what a data engineer would write by hand for one known file, in two forms."""
