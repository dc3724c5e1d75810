"""Plausible bilingual records in any number, for tests and benchmarks: the same seed gives the same records, all marked as examples."""
