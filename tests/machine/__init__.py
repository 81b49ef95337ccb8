"""The port as a machine: its parties do whatever they can, one step after another, and everything is taken and true."""
