"""The command line: commands of a few lines, one file a group. The only package that prints."""

from importlib import import_module


def run() -> None:
    """The entry point of the `jianbao` command.

    The commands are imported when it runs: each worker process imports the script that began the run, and has no use for them.
    """
    import_module("jianbao.cli.main").run()
