"""Bench (测速): how fast import, search and pages are, at the size of a community and of a city."""
