"""Request, order and number: what they hold, the phases they go through, and why a carrier refuses."""
