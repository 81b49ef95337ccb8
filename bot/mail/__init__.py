"""Copies by e-mail, for customers who want them: through the one mail server that SMTP_URL names."""
