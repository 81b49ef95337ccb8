"""The letter as a document: how it is printed, and the child process in which that happens."""
