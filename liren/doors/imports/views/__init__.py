"""The pages of the import door, one noun a file."""
