"""What the processes that chapters are forked from import first where other work takes longer: they take of the processor what that leaves."""

import os

os.nice(5)
