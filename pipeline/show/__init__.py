"""Prints every stage of one document as readable text: for the terminal in colour, for review and golden tests plain."""
