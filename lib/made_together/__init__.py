"""What only this book has: what it adds to the engine in `evidence`, a module for each of its seams."""
