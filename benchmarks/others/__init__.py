"""Other tools on the same file, each used as its documentation says for speed."""
