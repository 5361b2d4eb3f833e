"""Evaluation (效果评估): what the registry says of a published or piloted standard, and what to revise."""
