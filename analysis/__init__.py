"""Figures and words into findings and documents. pandas, no Flask, no database.

This module and ``period``, ``findings`` and ``settings`` import nothing heavy: processes that serve pages use their types.
"""
