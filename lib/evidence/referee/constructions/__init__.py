"""Constructions: words that bind numbers to each other so that no other reading is left, each kind in a module of its own."""
