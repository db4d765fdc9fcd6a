"""The command line: commands of a few lines, one file a group. The only package that prints."""
