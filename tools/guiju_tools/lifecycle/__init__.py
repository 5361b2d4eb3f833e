"""The lifecycle of a standard: its stages and decisions in a log that shows every change, and the gates."""
