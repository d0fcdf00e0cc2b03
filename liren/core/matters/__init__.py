"""Matters (事项): everything that somebody has to bring to an end, in one ledger with a flow, a clock and a history.

A room declares a `Kind` with its `Flow`; the pages, the answers to machines, the permissions, the diagrams, the
statistics and the tests all follow from that table. `actions.move` is the only code that changes a stage.
"""
