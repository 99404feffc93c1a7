"""Figures and words into findings and documents. pandas, no Flask, no database.

This module, ``period``, ``findings``, ``settings``, ``asked``, ``counted`` and ``ledger`` import nothing heavy: processes
that serve pages use their types.
"""
