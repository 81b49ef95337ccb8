"""The verbs of app.py: run, sandbox, migrate, doctor."""
