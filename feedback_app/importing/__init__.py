"""Responses from files: a row a response, all of a file or nothing."""
