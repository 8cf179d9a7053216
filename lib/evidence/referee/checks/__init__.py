"""The checks that a referee runs over any report, each in a module of its own."""
