"""Survey waves from microdata: a respondent-level export and its codebook become figures with their uncertainty.

Nothing of a respondent leaves this room: what it writes are shares and means of at least as many respondents as the codebook asks for.
The packages it needs are the extra `survey` of lib/pyproject.toml; they are imported where they are used, and no chapter imports them. What makes a wave is in `wave`, which
only its command imports.
"""

from evidence.survey.codebook import Codebook, read_codebook
from evidence.survey.fitting import check_codebook
