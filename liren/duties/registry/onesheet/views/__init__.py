"""Pages of 一表通."""
