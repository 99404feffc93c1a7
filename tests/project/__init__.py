"""What the project promises about itself: its documentation, its example files, and its checker of pages."""
