"""Across articles: keys, blocking, comparison levels, clusters."""
