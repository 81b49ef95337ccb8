"""Local servers that keep the rules of Telegram's Bot API and Slack's Web API, and a page to try the desk on.

A program of its own: it imports nothing of the desk and speaks only HTTP and WebSocket to it. Tests judge by its
`Record`.
"""
