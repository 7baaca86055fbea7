"""The demo: the Balint Society's essay prize with invented people and essays, in two years at once."""
