"""How much the application bears: ``make bench``. What it does and how to read it is in docs/bench.md."""
