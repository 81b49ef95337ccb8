"""Lists of numbers: read in a child process where they are long, looked up, kept, and told of."""
