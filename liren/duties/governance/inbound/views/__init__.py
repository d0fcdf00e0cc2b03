"""Pages of the room: pasting, one task, the duty lists, the burden report, the year calendar, sending."""
