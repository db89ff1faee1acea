"""`python -m outreach` does what the command `outreach` does."""

from outreach.cli import main

if __name__ == "__main__":
    main()
