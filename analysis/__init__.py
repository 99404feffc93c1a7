"""Figures and words into findings and documents. pandas, no Flask, no database.

This module, ``period``, ``findings`` and ``settings`` import nothing heavy, nor do ``asked``, ``counted`` and ``ledger`` of
``releasing``: processes that serve pages use their types.
"""
