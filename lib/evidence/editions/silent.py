"""What the processes that chapters are forked from import last: from then on neither they nor what they start print anything.

A worker that starts while the command that wanted it ends would complain that it is gone; whatever else goes wrong in one is told by its error.
"""

import os

_nowhere = os.open(os.devnull, os.O_WRONLY)
for _stream in (1, 2):
    os.dup2(_nowhere, _stream)
os.close(_nowhere)
