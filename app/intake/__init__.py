"""How an entry comes in, by whichever channel, and what is done to it before anyone reads it."""
