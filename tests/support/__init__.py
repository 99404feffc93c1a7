"""What tests stand on: databases, a checker of pages, a browser. Nothing here is a test."""
