"""Whether what a file holds may be kept: one module for each kind of file."""
