"""The questions, in order, each with its condition; the first needed one without an answer is the next."""
