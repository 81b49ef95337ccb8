"""Who is told what when something changes, what reminders come, and the desk's digest."""
