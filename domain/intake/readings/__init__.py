"""How each question's answer is read, one module for each stage of the conversation."""
