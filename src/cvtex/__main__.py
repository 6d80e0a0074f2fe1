"""`python -m cvtex`."""

from cvtex.cli import main

if __name__ == "__main__":  # a worker process imports the main module, too
    main()
