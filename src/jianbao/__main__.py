"""`python -m jianbao` is the `jianbao` command."""

from jianbao.cli import run

if __name__ == "__main__":
    run()
