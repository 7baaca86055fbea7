"""`python -m app` is `nomdeplume`."""

from app.cli import main

main()
