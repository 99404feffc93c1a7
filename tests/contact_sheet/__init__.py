"""Screenshots of what a young person sees, side by side, to be looked at. ``make contact-sheet`` takes them."""
