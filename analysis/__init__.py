"""Figures and words into findings and documents. No Flask, no database.

This module, ``period``, ``findings``, ``settings``, ``asked``, ``layers`` and ``ledger`` import nothing heavy: processes
that serve pages use their types.
"""
