"""`python -m guiju_tools`, the same as `guiju`."""

from guiju_tools.cli import main

main()
