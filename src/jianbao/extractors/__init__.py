"""One file per label: what its mentions look like."""
