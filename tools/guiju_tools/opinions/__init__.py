"""Opinions (征求意见): read out of the forms that units send, answered, and written as one table."""
