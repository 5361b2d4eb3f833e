"""A region's desk: what `region.yaml` says, and what a run keeps so that the next one can be compared."""
