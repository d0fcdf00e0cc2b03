"""General matters (一般事项): what has no room of its own yet stays in no notebook."""
