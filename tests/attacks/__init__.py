"""Attacks on the promise that nobody can be found in the data, run as tests. See docs/threat-model.md."""
