"""A region's desk month after month: runs kept by period, compared, and listed until they are mended."""
