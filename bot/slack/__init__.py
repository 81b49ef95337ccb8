"""Staff's side: Slack's client, its front door, what its payloads say, what the desk shows there and sends there."""
