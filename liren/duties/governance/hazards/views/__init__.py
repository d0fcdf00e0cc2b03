"""Pages of the room: what is open, one hazard's photos and papers, rounds and check points."""
