"""The ledger (事项台账) at the desk: lists, the page of one matter, and every form that works on it."""
