"""Pages of the room: the rates and hot spots, orders by file, what the rates leave out."""
