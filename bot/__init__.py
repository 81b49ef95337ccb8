"""How people reach the desk: Telegram for customers, Slack for staff, and the clockwork between."""
