"""What comes from above (上级交办): read from a pasted message, held against the duty lists, done, and counted as burden."""
