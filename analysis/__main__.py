"""`python -m analysis`: every command, as `callboard` has them."""

from analysis.cli import main

if __name__ == "__main__":
    main()
