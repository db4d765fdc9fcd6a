"""`python -m jianbao` is the `jianbao` command."""

from jianbao.cli.main import run

if __name__ == "__main__":
    run()
