"""How strong evidence is, by a rule that anybody can follow: of a finding from what its source states, of a page from what it uses."""

from evidence.grading.findings import check_findings
from evidence.grading.page_grades import PAGE_RULE, PageStrength, page_strength
from evidence.grading.rule import DESIGNS, RULE, SCALE, Strength, check_strengths, strength_beside, strengths
from evidence.grading.topics import mechanism_of, named, outcomes_of, topics
