"""The stages of a run, one file each, one public generator each."""
