"""`guiju map`: what a delivery's columns could be, proposed, asked, and written for people to confirm."""
