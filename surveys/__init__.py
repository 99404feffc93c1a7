"""What a survey is: its questions, their order and their words. No Flask, no database."""
