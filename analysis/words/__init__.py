"""What young people say in their own words: tone as a hint for sorting, and signs that somebody should read it first."""
