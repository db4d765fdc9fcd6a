"""What lexicon editors work with: what is wrong in the lexicons, and what is missing from them."""
