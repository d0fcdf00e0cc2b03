"""Measurements of the people app (测量): run by hand and by bin/bench, never by the product."""
