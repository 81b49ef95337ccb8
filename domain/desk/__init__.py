"""The use cases by party (customer, staff, clock, papers), each one pure decision on a `State`."""
