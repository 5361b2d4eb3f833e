"""Bundles (结果包): what a region hands in, sealed so that a change is noticed, without a row of its data."""
