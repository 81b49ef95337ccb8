"""Papers: what the customer signs, and what proves that the number is theirs."""
